//! The ticket as an e-mail: address by region, subject, and a body that agents find their way in.
//!
//! Its labels are English in every language of the panel: agents read it, and each line stands
//! where it stood in the last one. They come from the compiled-in catalogue (docs/decisions/0010-mail-in-english.md).

mod eml;
mod link;

pub use eml::eml;
pub use link::{LIMIT, Link, link};

use crate::i18n::{Catalog, Key};
use partner_rules::{Dc, Draft, OrgIdKind};

/// A message that is ready to go, line ends as `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// The message for what stands in the form, complete or not.
pub fn compose(draft: &Draft, to: &str, dc: Option<Dc>) -> Mail {
    let english = Catalog::english();
    let label = |key| english.text(key);
    let mut body = String::new();
    let mut line = |label: &str, value: &str| {
        body.push_str(label);
        body.push_str(": ");
        body.push_str(value.trim());
        body.push('\n');
    };
    if draft.superadmin_unknown {
        let unknown = label(Key::DetailUnknownSuperadmin);
        line(&label(Key::FormSuperadminEmail), &unknown);
        for (key, value) in [
            (Key::FormCustomerEmail, &draft.customer_email),
            (Key::FormZuid, &draft.zuid),
        ] {
            if !value.trim().is_empty() {
                line(&label(key), value);
            }
        }
    } else {
        line(&label(Key::FormSuperadminEmail), &draft.superadmin_email);
    }
    line(&label(Key::FormService), &draft.service);
    let kind = label(match draft.org_id_kind {
        OrgIdKind::Zoid => Key::FormKindZoid,
        OrgIdKind::Zgid => Key::FormKindZgid,
    });
    let mut id = label(Key::FormOrgId).to_string();
    id.push_str(" (");
    id.push_str(&kind);
    id.push(')');
    line(&id, &draft.org_id);
    if let Some(dc) = dc {
        line(
            &label(Key::ReceiptDataCentre),
            &dc.code().to_ascii_uppercase(),
        );
    }
    line(&label(Key::FormSubject), &draft.subject);
    body.push('\n');
    body.push_str(&label(Key::FormDescription));
    body.push_str(":\n");
    body.push_str(draft.description.trim());
    body.push('\n');
    Mail {
        to: to.to_owned(),
        subject: draft.subject.trim().to_owned(),
        body,
    }
}

/// The lines of a text, whatever ends them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.find(['\r', '\n']) {
            None => {
                rest = None;
                Some(text)
            }
            Some(at) => {
                let (line, ended) = text.split_at(at);
                let after = ended.strip_prefix("\r\n");
                rest = after.or_else(|| ended.get(1..));
                Some(line)
            }
        }
    })
}
