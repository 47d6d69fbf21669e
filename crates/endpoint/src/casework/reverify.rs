//! New accounts and new rules: open tickets that the directory has decided, or could not decide, are looked at
//! again, so that "undecided" is not for ever. What agents have decided by hand stays.

use super::audit::{AuditAct, Line};
use super::decide::Step;
use super::verdict::{Rules, judged};
use crate::app::App;
use crate::directory::{self, Finding};
use crate::random;
use crate::store::StoreError;
use crate::store::accounts::View;
use crate::ticket::Record;
use partner_rules::email;
use partner_rules::wire::{AuthorKind, Status, TicketChange};
use partner_rules::{Account, Outcome};
use sha2::{Digest, Sha256};

/// Tickets read at a time; each that changes is a transaction of its own, so that nobody waits long.
const BATCH: u32 = 200;

/// Looks at open tickets again if accounts or rules have changed since that was last done, by whichever program.
/// How many have changed. What is interrupted is done again: it changes nothing twice.
pub async fn if_due(app: &App) -> Result<u64, StoreError> {
    let against = against(app).await?;
    if app.store.verified_against().await?.as_ref() == Some(&against) {
        return Ok(0);
    }
    let changed = all(app).await?;
    app.store.note_verified(&against).await?;
    tracing::info!(changed, "open tickets were verified again");
    Ok(changed)
}

/// Directory and policy as they are.
async fn against(app: &App) -> Result<String, StoreError> {
    let directory = app.store.directory_changes().await?;
    // The policy's own words may stay the same while its thresholds change.
    let policy = Sha256::digest(format!("{:?}", app.config.policy));
    Ok(format!("{directory} {}", random::hex(&policy)))
}

async fn all(app: &App) -> Result<u64, StoreError> {
    let mut changed = 0;
    let mut after = 0;
    loop {
        let batch = app.store.to_reverify(after, BATCH).await?;
        let Some((last, _)) = batch.last() else {
            return Ok(changed);
        };
        after = *last;
        for (_, ticket) in &batch {
            changed += u64::from(one(app, ticket).await?);
        }
    }
}

/// Whether the verdict has changed.
async fn one(app: &App, ticket: &Record) -> Result<bool, StoreError> {
    let finding = finding(app, ticket).await?;
    let rules = Rules {
        policy: app.config.policy.rules(),
        calendar: &app.config.calendar,
    };
    let now = app.clock.now();
    let decide = |ticket: Record| {
        let before = ticket.classification.outcome;
        let same = judged(ticket.clone(), finding, rules);
        if !may(&ticket) || same.classification.outcome == before {
            return None;
        }
        let ticket = ticket.changed(now, TicketChange::Reclassified, AuthorKind::Agent);
        let ticket = judged(ticket, finding, rules);
        let line = Line::new(AuditAct::Reclassified)
            .from(Some(before.code()))
            .to(Some(ticket.classification.outcome.code()));
        Some(Step::reclassified(ticket, line))
    };
    // Most stay as they are, and need no turn at writing.
    if decide(ticket.clone()).is_none() {
        return Ok(false);
    }
    let address = ticket.superadmin_email.clone();
    app.store
        .reclassify(&ticket.reference, |now| {
            // An agent may have set another address meanwhile.
            (now.superadmin_email == address)
                .then(|| decide(now))
                .flatten()
        })
        .await
}

/// Whether a ticket is one of those that the directory decides.
fn may(ticket: &Record) -> bool {
    let open = match ticket.status {
        Status::Open | Status::OnHold => true,
        Status::Closed => false,
    };
    let decided = match ticket.classification.outcome {
        Outcome::Undecided | Outcome::Priority | Outcome::Standard => true,
        Outcome::Excluded | Outcome::Incomplete | Outcome::Manual => false,
    };
    open && decided && !ticket.work.by_hand
}

async fn finding(app: &App, ticket: &Record) -> Result<Finding, StoreError> {
    let unknown = Finding::Account(Account::Unknown);
    let Some(Ok(address)) = ticket.superadmin_email.as_deref().map(email::parse) else {
        return Ok(unknown);
    };
    let view = View {
        dc: ticket.dc,
        shop_id: &ticket.shop_id,
    };
    let organisation = (ticket.org_id_kind, ticket.org_id.as_str());
    directory::judge_address(&app.store, &app.config.policy, view, &address, organisation).await
}
