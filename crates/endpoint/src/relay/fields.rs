//! A ticket as the portal is told of it.

use crate::config::RelayConfig;
use crate::ticket::Record;
use partner_rules::wire::{Channel, Status};
use partner_rules::{OrgIdKind, Severity};
use serde_json::{Map, Value, json};

/// Characters of a description, the smaller of two published limits.
const DESCRIPTION_MAX: usize = 32_000;
/// Characters of a custom field's value.
pub(super) const VALUE_MAX: usize = 255;
/// Characters of a name, and of an address.
const NAME_MAX: usize = 80;
const ADDRESS_MAX: usize = 150;

/// What is sent of a ticket.
pub(super) struct Described {
    pub(super) body: Value,
    /// The description, if it is longer as a page than the portal takes: it goes along as a file.
    pub(super) whole: Option<String>,
}

/// `email`: of whoever filed it, as they write it.
pub(super) fn describe(ticket: &Record, email: &str, config: &RelayConfig) -> Described {
    let (description, whole) = description(&ticket.description);
    let name = match ticket.created_by_name.trim() {
        "" => email,
        name => name,
    };
    let mut body = json!({
        "departmentId": config.department_id,
        "subject": ticket.subject,
        "description": description,
        "channel": channel(ticket.channel),
        "contact": {"lastName": cut(name, NAME_MAX)},
        "cf": own_fields(ticket, config),
    });
    // A longer one is none that the portal takes, and a ticket does not wait for that.
    if email.chars().count() <= ADDRESS_MAX
        && let Some(map) = body.as_object_mut()
    {
        map.insert("email".to_owned(), json!(email));
        if let Some(contact) = map.get_mut("contact").and_then(Value::as_object_mut) {
            contact.insert("email".to_owned(), json!(email));
        }
    }
    Described { body, whole }
}

/// Whether a box is ticked: portals say so in words, too.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Those that an agent may complete here.
pub(super) fn completed(ticket: &Record, config: &RelayConfig) -> Map<String, Value> {
    let mut fields = own_fields(ticket, config);
    fields.remove(&config.fields.reference);
    fields
}

fn own_fields(ticket: &Record, config: &RelayConfig) -> Map<String, Value> {
    let names = &config.fields;
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put(&names.reference, json!(ticket.reference));
    put(&names.service, json!(cut(&ticket.service.name, VALUE_MAX)));
    if !ticket.org_id.is_empty() {
        let kind = match ticket.org_id_kind {
            OrgIdKind::Zoid => "ZOID",
            OrgIdKind::Zgid => "ZGID",
        };
        put(&names.org_id, json!(ticket.org_id));
        put(&names.org_id_kind, json!(kind));
    }
    // Setting it is what starts the portal's workflow (R9): while it is not known, nothing is.
    if let Some(address) = &ticket.superadmin_email {
        put(&names.customer_email, json!(address));
    }
    if config.write_verdict {
        if let Some(flag) = &names.flag {
            put(flag, json!(ticket.priority_customer));
        }
        if let (Some(field), Some(severity)) = (&names.severity, ticket.severity) {
            put(field, json!(words(severity)));
        }
    }
    fields
}

/// As the source calls it (R7).
const fn words(severity: Severity) -> &'static str {
    match severity {
        Severity::S1 => "S1 – Critical",
    }
}

/// Whether a severity in the portal's words is S1 (R7).
pub(super) fn is_critical(said: Option<&str>) -> bool {
    let word = said.and_then(|said| said.split(|c: char| !c.is_alphanumeric()).next());
    word.is_some_and(|word| word.eq_ignore_ascii_case(Severity::S1.code()))
}

/// What the portal calls a status, unless it was renamed there.
pub(super) const fn words_of(status: Status) -> &'static str {
    match status {
        Status::Open => "Open",
        Status::OnHold => "On Hold",
        Status::Closed => "Closed",
    }
}

/// Which status a status of the portal, or its type, is; `None`: none of those that we know.
pub(super) fn status(said: &str) -> Option<Status> {
    let said = said.trim();
    [Status::Open, Status::OnHold, Status::Closed]
        .into_iter()
        .find(|status| words_of(*status).eq_ignore_ascii_case(said))
}

/// Words of the portal.
const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Widget | Channel::HelpCenter => "Web",
        Channel::Email => "Email",
        Channel::Phone => "Phone",
        Channel::Chat => "Chat",
    }
}

/// Portals show descriptions as pages, so text becomes one: nothing in it is markup. The whole text besides, if the
/// page has to be cut.
pub(super) fn description(text: &str) -> (String, Option<String>) {
    let mut page = String::new();
    let mut length = 0;
    for c in text.chars() {
        let mut one = [0; 4];
        let piece = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\n' => "<br>",
            other => other.encode_utf8(&mut one),
        };
        length += piece.chars().count();
        if length > DESCRIPTION_MAX {
            return (page, Some(text.to_owned()));
        }
        page.push_str(piece);
    }
    (page, None)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup_and_keeps_its_lines() {
        let (page, whole) = description("a < b & \"c\"\n<script>");
        assert_eq!(page, "a &lt; b &amp; &quot;c&quot;<br>&lt;script&gt;");
        assert_eq!(whole, None);
    }

    #[test]
    fn what_is_too_long_as_a_page_goes_along_whole() {
        let text = "<".repeat(20_000);
        let (page, whole) = description(&text);
        assert_eq!(page, "&lt;".repeat(8_000));
        assert_eq!(whole, Some(text));
        let longest = "ü".repeat(32_000);
        assert_eq!(description(&longest), (longest, None));
    }

    #[test]
    fn a_box_is_ticked_in_words_too() {
        assert_eq!(truth(&json!(true)), Some(true));
        assert_eq!(truth(&json!("False")), Some(false));
        assert_eq!(truth(&json!("S1")), None);
        assert_eq!(truth(&json!(null)), None);
    }
}
