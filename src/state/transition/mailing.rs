//! Transitions of the composer: nothing incomplete leaves it, just as from the form.

use super::super::State;
use super::super::action::MailUse;
use super::super::mail::{Mail, compose, eml};
use super::super::signal::{Errand, Paper};
use super::{errand, help, sending};
use partner_rules::Draft;
use std::rc::Rc;

pub(super) fn wanted(state: &mut State, wish: MailUse) {
    let violations = state.form.violations().to_vec();
    if !violations.is_empty() {
        sending::show_errors(state, violations);
        return;
    }
    let Some(mail) = finished(state) else {
        return;
    };
    match wish {
        MailUse::Open {
            by_clipboard: false,
        } => {}
        MailUse::Open { by_clipboard: true } | MailUse::Copy => {
            errand(state, Errand::Copy(Rc::from(mail.body)));
        }
        MailUse::Save => {
            let paper = paper(state, &mail);
            errand(state, Errand::Save(Rc::new(paper)));
            help::saved(state);
        }
    }
}

/// The message of a complete form.
fn finished(state: &State) -> Option<Mail> {
    let assessment = state.form.assessment.as_ref()?;
    let ticket = assessment.checked.ticket.as_ref().ok()?;
    let to = state.mail_address()?;
    Some(compose(&Draft::from(ticket), &to, state.options.dc))
}

fn paper(state: &State, mail: &Mail) -> Paper {
    let from = state
        .connected()
        .map(|connected| connected.session.user.email.as_str());
    Paper {
        name: String::from("partner-support.eml"),
        mime: "message/rfc822",
        content: eml(mail, from, state.now_ms),
    }
}
