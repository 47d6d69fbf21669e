//! Labels and what stands behind them: those of the form in all of the widget's languages, from its own
//! catalogues, and what people write in English and German.

use partner_rules::OrgIdKind;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// In characters; what stands before a colon further along is a sentence.
const LABEL_MAX: usize = 60;
/// Lines that are looked at.
const LINES_MAX: usize = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Superadmin,
    Customer,
    Service,
    /// `None`: it does not say which.
    Organisation(Option<OrgIdKind>),
    Zuid,
    DataCentre,
    Subject,
    Description,
}

/// A line with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) label: Label,
    /// Behind the label, or on the next line if nothing stands there.
    pub(super) value: String,
    /// From the value on to the end of the text.
    pub(super) rest: &'a str,
}

const CATALOGUES: [&str; 9] = [
    include_str!("../../../../../static/locales/ar.json"),
    include_str!("../../../../../static/locales/de.json"),
    include_str!("../../../../../static/locales/en.json"),
    include_str!("../../../../../static/locales/es.json"),
    include_str!("../../../../../static/locales/fr.json"),
    include_str!("../../../../../static/locales/hi.json"),
    include_str!("../../../../../static/locales/ja.json"),
    include_str!("../../../../../static/locales/nl.json"),
    include_str!("../../../../../static/locales/pt-BR.json"),
];

/// The keys of the form's labels.
const KEYS: [(&str, Label); 15] = [
    ("form.superadmin_email", Label::Superadmin),
    ("field.superadmin_email", Label::Superadmin),
    ("form.customer_email", Label::Customer),
    ("field.customer_email", Label::Customer),
    ("form.service", Label::Service),
    ("field.service", Label::Service),
    ("form.org_id", Label::Organisation(None)),
    ("field.org_id", Label::Organisation(None)),
    ("form.zuid", Label::Zuid),
    ("field.zuid", Label::Zuid),
    ("form.subject", Label::Subject),
    ("field.subject", Label::Subject),
    ("form.description", Label::Description),
    ("field.description", Label::Description),
    ("receipt.data_centre", Label::DataCentre),
];

/// As people write them, folded.
const WRITTEN: [(&str, Label); 40] = [
    ("superadmin", Label::Superadmin),
    ("superadminemail", Label::Superadmin),
    ("superadminemailaddress", Label::Superadmin),
    ("superadminaddress", Label::Superadmin),
    ("superadministrator", Label::Superadmin),
    ("superadministratoremail", Label::Superadmin),
    ("emailofthesuperadmin", Label::Superadmin),
    ("superadminemailadresse", Label::Superadmin),
    ("superadminmail", Label::Superadmin),
    ("superadminadresse", Label::Superadmin),
    ("superadministratoremailadresse", Label::Superadmin),
    ("emaildessuperadmins", Label::Superadmin),
    ("emailadressedessuperadmins", Label::Superadmin),
    ("customerprimaryemail", Label::Superadmin),
    ("customeremail", Label::Customer),
    ("customeremailaddress", Label::Customer),
    ("customersemail", Label::Customer),
    ("kundenemail", Label::Customer),
    ("kundenmail", Label::Customer),
    ("emaildeskunden", Label::Customer),
    ("service", Label::Service),
    ("product", Label::Service),
    ("produkt", Label::Service),
    ("dienst", Label::Service),
    ("zohoservice", Label::Service),
    ("dienstname", Label::Service),
    ("orgid", Label::Organisation(None)),
    ("organisationid", Label::Organisation(None)),
    ("organizationid", Label::Organisation(None)),
    ("serviceorganizationid", Label::Organisation(None)),
    ("organisationsid", Label::Organisation(None)),
    ("zoid", Label::Organisation(Some(OrgIdKind::Zoid))),
    ("zoidnumber", Label::Organisation(Some(OrgIdKind::Zoid))),
    ("zoidnummer", Label::Organisation(Some(OrgIdKind::Zoid))),
    ("zohoorgid", Label::Organisation(Some(OrgIdKind::Zoid))),
    ("zgid", Label::Organisation(Some(OrgIdKind::Zgid))),
    ("zuid", Label::Zuid),
    ("userid", Label::Zuid),
    ("benutzerid", Label::Zuid),
    ("datacenter", Label::DataCentre),
];

static LABELS: LazyLock<BTreeMap<String, Label>> = LazyLock::new(|| {
    let mut labels = BTreeMap::new();
    for catalogue in CATALOGUES {
        let texts: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(catalogue).unwrap_or_default();
        for (key, label) in KEYS {
            if let Some(text) = texts.get(key).and_then(serde_json::Value::as_str) {
                labels.insert(folded(text), label);
            }
        }
    }
    let written = WRITTEN.iter().copied();
    labels.extend(written.map(|(text, label)| (text.to_owned(), label)));
    labels
});

/// All lines with a label, in order.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    // The last label, if it still waits for its value.
    let mut waiting = false;
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES_MAX) {
        let begin = at;
        at += line.len();
        let bare = bare(line);
        if let Some((label, value)) = labelled(bare) {
            // It is the line's end, but for what was trimmed.
            let from = match value {
                "" => at,
                value => begin + line.rfind(value).unwrap_or_default(),
            };
            lines.push(Line {
                label,
                value: value.to_owned(),
                rest: text.get(from..).unwrap_or_default(),
            });
            waiting = value.is_empty();
        } else if waiting && !bare.is_empty() {
            if let Some(last) = lines.last_mut() {
                last.value = bare.to_owned();
            }
            waiting = false;
        }
    }
    lines
}

/// Without what marks a quote or an item of a list.
fn bare(line: &str) -> &str {
    let marks = |c: char| c.is_whitespace() || matches!(c, '>' | '|' | '*' | '-' | '•' | '·');
    line.trim_start_matches(marks)
        .trim_end_matches(|c: char| c.is_whitespace() || c == '*')
}

fn labelled(line: &str) -> Option<(Label, &str)> {
    let (before, value) = line.split_once([':', '：'])?;
    if before.chars().count() > LABEL_MAX {
        return None;
    }
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
    let (name, aside) = match before.split_once(['(', '[', '（']) {
        Some((name, aside)) => (name, aside),
        None => (before, ""),
    };
    let label = *LABELS.get(&folded(name))?;
    let label = if label == Label::Organisation(None) {
        Label::Organisation(kind(aside))
    } else {
        label
    };
    Some((label, value))
}

/// Which ID the form says that it is.
fn kind(aside: &str) -> Option<OrgIdKind> {
    let aside = aside.to_ascii_lowercase();
    // "[ZOID or ZGID]" is the name of the field, and no answer.
    match (aside.contains("zoid"), aside.contains("zgid")) {
        (true, false) => Some(OrgIdKind::Zoid),
        (false, true) => Some(OrgIdKind::Zgid),
        (true, true) | (false, false) => None,
    }
}

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_gives_every_label() {
        for catalogue in CATALOGUES {
            let texts: BTreeMap<String, serde_json::Value> =
                serde_json::from_str(catalogue).unwrap_or_default();
            for (key, label) in KEYS {
                let text = texts.get(key).and_then(serde_json::Value::as_str);
                let line = format!("{}: x", text.unwrap_or_default());
                let found = labelled(&line).map(|(label, _)| label);
                assert_eq!(found, Some(label), "{key} {line}");
            }
        }
    }

    #[test]
    fn labels_are_found_however_they_are_dressed() {
        for (line, label, value) in [
            (
                "> > ZOID : 20000000001",
                Label::Organisation(Some(OrgIdKind::Zoid)),
                "20000000001",
            ),
            (
                "*SuperAdmin-E-Mail-Adresse:* a@b.example",
                Label::Superadmin,
                "a@b.example",
            ),
            (
                "- Super Admin: a@b.example",
                Label::Superadmin,
                "a@b.example",
            ),
            (
                "Service organisation ID (ZGID): 1",
                Label::Organisation(Some(OrgIdKind::Zgid)),
                "1",
            ),
            (
                "ID der Serviceorganisation [ZOID oder ZGID]: 1",
                Label::Organisation(None),
                "1",
            ),
            ("件名：テスト", Label::Subject, "テスト"),
        ] {
            let found = labelled(bare(line));
            assert_eq!(found, Some((label, value)), "{line}");
        }
        assert_eq!(labelled("Dear ZOID people, hear this: x"), None);
        assert_eq!(labelled("no colon"), None);
    }

    #[test]
    fn a_value_may_stand_on_the_next_line_and_the_rest_begins_with_it() {
        let text = "Subject: one\n\nZOID:\n\n20000000001\nDescription:\nfirst\nsecond";
        let lines = lines(text);
        let told: Vec<_> = lines.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(told, ["one", "20000000001", "first"]);
        let last = lines.last().map(|line| line.rest.trim());
        assert_eq!(last, Some("first\nsecond"));
        let first = lines.first().map(|line| line.rest.lines().next());
        assert_eq!(first, Some(Some("one")));
    }
}
