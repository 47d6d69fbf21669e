//! Mails as the composer writes them and as people do.

use super::*;
use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};

fn found(text: &str, forwarded: &[&str]) -> Found {
    let raw: Option<RawPolicy> = serde_json::from_str(DEFAULT_JSON).ok();
    let policy = raw.and_then(|raw| FullPolicy::try_from(raw).ok());
    let policy = policy.unwrap_or_else(|| unreachable!("the built-in policy"));
    let letter = Letter {
        fields: Vec::new(),
        from: vec!["ada@one.example".to_owned()],
        from_name: String::new(),
        subject: "Problem in Zoho Books".to_owned(),
        message_id: String::new(),
        named: Vec::new(),
        text: text.to_owned(),
        forwarded: forwarded.iter().map(|text| (*text).to_owned()).collect(),
        enclosures: Vec::new(),
    };
    let ours = BTreeSet::from([
        "support@desk.example".to_owned(),
        "ada@one.example".to_owned(),
    ]);
    read(&letter, policy.rules().catalogue(), &ours)
}

fn told(found: &Found) -> Vec<String> {
    let suggestions = found.suggestions.iter();
    suggestions
        .map(|one| format!("{:?} {} {:?}", one.field, one.value, one.source))
        .collect()
}

#[test]
fn the_composers_form_is_read_whole() {
    let found = found(
        "Customer Primary Email Address: admin@large.example\nService name: Zoho CRM\nService organisation ID (ZGID): 20000000001\nData centre: EU\nSubject: Contacts do not sync\n\nDescription:\nSince this morning.\nZOID: 999999\n",
        &[],
    );
    assert_eq!(found.subject.as_deref(), Some("Contacts do not sync"));
    assert_eq!(
        found.description.as_deref(),
        Some("Since this morning.\nZOID: 999999")
    );
    assert_eq!(found.service, "Zoho CRM");
    assert_eq!(
        (found.org_id_kind, found.org_id.as_str()),
        (OrgIdKind::Zgid, "20000000001")
    );
    assert_eq!(
        told(&found),
        [
            "SuperadminEmail admin@large.example Form",
            "Service Zoho CRM Form",
            "Zgid 20000000001 Form",
            "Zoid 999999 Form",
            "Service Zoho Books Text"
        ]
    );
}

#[test]
fn the_form_without_the_address_has_the_others() {
    let found = found(
        "> Customer Primary Email Address: not known\n> Customer's email address: carl@customer.example\n> ZUID of one of the customer's users: 700000001\n> Service name: PageSense\n> Service organisation ID (ZOID): org20000000001\n> Subject: s\n>\n> Description:\n> d\n",
        &[],
    );
    assert_eq!(
        found.customer_email.as_deref(),
        Some("carl@customer.example")
    );
    assert_eq!(found.zuid.as_deref(), Some("700000001"));
    assert_eq!(found.org_id, "20000000001");
    assert!(
        !told(&found)
            .iter()
            .any(|one| one.starts_with("SuperadminEmail"))
    );
}

#[test]
fn free_text_in_english_and_german_is_searched() {
    let english = found(
        "Hello,\nthe SuperAdmin of the customer is admin@large.example, zoid 20000000001.\nSee https://crm.zoho.eu/crm/org808232144/tab and ask carl@customer.example, not support@desk.example.\nIt is about Zoho Writer Add-ons, and Zoho Writer.",
        &[],
    );
    assert_eq!(
        told(&english),
        [
            "Service Zoho Books Text",
            "Zoid 20000000001 Text",
            "Zoid 808232144 Text",
            "SuperadminEmail admin@large.example Text",
            "CustomerEmail carl@customer.example Text",
            "Service Zoho Writer Add-ons Text",
            "Service Zoho Writer Text"
        ]
    );
    assert!(english.service.is_empty() && english.org_id.is_empty());
    let german = found(
        "Hallo,\n\nSuperAdmin-E-Mail-Adresse: admin@large.example\nDienst: CRM\nZOID: 2000 0000 001\nZUID 60012345678\n",
        &[],
    );
    assert_eq!(german.service, "CRM");
    assert_eq!(german.org_id, "20000000001");
    assert!(told(&german).contains(&"SuperadminEmail admin@large.example Form".to_owned()));
    assert!(told(&german).contains(&"Zuid 60012345678 Text".to_owned()));
}

#[test]
fn a_mail_that_was_enclosed_is_searched_too_and_decides_no_service() {
    let found = found("See below.", &["Service: CRM\nZOID: 20000000001"]);
    assert_eq!(found.service, "");
    assert_eq!(found.org_id, "20000000001");
    assert!(told(&found).contains(&"Service CRM Forwarded".to_owned()));
}

#[test]
fn a_text_full_of_candidates_ends_soon() {
    let begun = std::time::Instant::now();
    let many = "zoid zoho writer a@b.example superadmin /org1 ".repeat(40_000);
    let few = found(&many, &[]).suggestions.len();
    assert!(few < 30, "{few}");
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
