use super::*;

fn accounts(csv: &str) -> Vec<AccountRecord> {
    let (accounts, errors) = read(csv.as_bytes());
    assert_eq!(errors, []);
    accounts.into_iter().map(|(_, account)| account).collect()
}

fn errors(csv: &[u8]) -> Vec<String> {
    read(csv).1.iter().map(ToString::to_string).collect()
}

#[test]
fn lines_of_one_account_merge_their_services() {
    let accounts = accounts(
        "superadmin_email,dc,domains,zoid,service,user_licences\n\
         Ada@Large.example,eu,large.example;grand.example,20000000001,Zoho CRM,250\n\
         ada@large.example,eu,,,Zoho Desk,40\n\
         ada@large.example,us,,,Zoho Desk,7\n",
    );
    let [eu, us] = accounts.as_slice() else {
        panic!("two accounts")
    };
    assert_eq!(
        eu.subscriptions,
        [("Zoho CRM".to_owned(), 250), ("Zoho Desk".to_owned(), 40)]
    );
    assert_eq!(eu.domains, ["large.example", "grand.example"]);
    assert_eq!(us.dc, Dc::Us);
}

#[test]
fn every_bad_entry_is_reported_by_line_column_and_code() {
    let csv = "superadmin_email,dc,zoid,service,user_licences\n\
               ,eu,,,\n\
               nobody,mars,12,Zoho CRM,many\n\
               a@b.example,eu,,Zoho CRM,\n\
               a@b.example,eu,,,5\n\
               a@b.example,eu,,Zoho CRM,5\n\
               a@b.example,eu,,zoho crm,6\n\
               a@b.example,eu,,,,surplus\n";
    assert_eq!(
        errors(csv.as_bytes()),
        [
            "line 2: superadmin_email: required",
            "line 3: superadmin_email: syntax",
            "line 3: dc: unknown_value",
            "line 3: zoid: too_short",
            "line 3: user_licences: not_digits",
            "line 4: user_licences: required",
            "line 5: service: required",
            "line 7: service: duplicate",
            "line 8: *: unknown_field",
        ]
    );
}

#[test]
fn a_wrong_header_stops_everything() {
    assert_eq!(
        errors(b"superadmin_mail,dc\na@b.example,eu\n"),
        [
            "line 1: superadmin_mail: unknown_field",
            "line 1: superadmin_email: required"
        ]
    );
    assert_eq!(
        errors(b""),
        ["line 1: superadmin_email: required", "line 1: dc: required"]
    );
}

#[test]
fn a_header_s_name_is_shown_on_one_short_line() {
    let long = "x".repeat(10_000);
    let csv = format!("superadmin_email,dc,\"a\nline 2: dc\x1b[2J\",\u{202e}b,,{long}\n");
    assert_eq!(
        errors(csv.as_bytes()),
        [
            "line 1: aline 2: dc[2j: unknown_field".to_owned(),
            "line 1: b: unknown_field".to_owned(),
            "line 1: column 5: unknown_field".to_owned(),
            format!("line 1: {}: unknown_field", "x".repeat(40)),
        ]
    );
}

#[test]
fn text_that_is_not_utf_8_is_an_error_of_its_cell() {
    assert_eq!(
        errors(b"superadmin_email,dc,shop\na@b.example,eu,\xff\n"),
        ["line 2: shop: syntax"]
    );
}

#[test]
fn a_byte_order_mark_and_crlf_are_no_obstacle() {
    assert_eq!(
        accounts("\u{feff}superadmin_email,dc\r\na@b.example,EU\r\n").len(),
        1
    );
}
