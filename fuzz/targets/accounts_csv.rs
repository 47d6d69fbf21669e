//! Whatever stands in a list of accounts: errors of one line each, with place and code and nothing else of
//! the file; or accounts, which written out again are the same accounts.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_endpoint::fuzzing;
use partner_endpoint::store::accounts::{AccountRecord, IdentifierKind};

const HEADER: [&str; 9] = [
    "superadmin_email",
    "dc",
    "zoid",
    "zgid",
    "zuids",
    "user_emails",
    "service",
    "user_licences",
    "shop",
];

fuzz_target!(|csv: &[u8]| {
    let (accounts, errors) = fuzzing::accounts(csv);
    for error in &errors {
        let shown = error.to_string();
        assert!(
            !error.column.is_empty() && !shown.contains(char::is_control),
            "{shown:?}"
        );
        assert!(shown.len() < 200, "{shown}");
    }
    if !errors.is_empty() {
        return;
    }
    let mut accounts: Vec<AccountRecord> = accounts.into_iter().map(|(_, one)| one).collect();
    for account in &mut accounts {
        // Kept as compared, in ASCII: a label may be longer there than what people may write.
        account.domains.clear();
    }
    let (again, errors) = fuzzing::accounts(&written(&accounts));
    assert_eq!(errors, []);
    let again: Vec<AccountRecord> = again.into_iter().map(|(_, one)| one).collect();
    assert_eq!(format!("{again:?}"), format!("{accounts:?}"));
});

fn written(accounts: &[AccountRecord]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    for account in accounts {
        let ids = |wanted: IdentifierKind| {
            let mine = account
                .identifiers
                .iter()
                .filter(|(kind, _)| *kind == wanted);
            let values: Vec<&str> = mine.map(|(_, value)| value.as_str()).collect();
            values.join(" ")
        };
        let users: Vec<&str> = account
            .users
            .iter()
            .map(|user| user.text.as_str())
            .collect();
        let mut rows = account.subscriptions.iter();
        let mut row = rows.next();
        let mut first = true;
        while first || row.is_some() {
            let once = |text: String| if first { text } else { String::new() };
            let (service, licences) = row.map_or(("", String::new()), |(service, licences)| {
                (service.as_str(), licences.to_string())
            });
            writer
                .write_record([
                    &account.superadmin.text,
                    account.dc.code(),
                    &once(ids(IdentifierKind::Zoid)),
                    &once(ids(IdentifierKind::Zgid)),
                    &once(ids(IdentifierKind::Zuid)),
                    &once(users.join(";")),
                    service,
                    &licences,
                    account.shop_id.as_deref().unwrap_or_default(),
                ])
                .unwrap();
            row = rows.next();
            first = false;
        }
    }
    writer.into_inner().unwrap()
}
