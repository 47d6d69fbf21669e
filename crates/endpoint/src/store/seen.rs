//! Which tickets have something that a user has not looked at yet. A row for everybody who filed, answered or
//! has opened a ticket; what agents do makes it unread for all of them, what users do for nobody.

use super::events::{self, Entry};
use super::tickets::{self, Sight};
use super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Executor, QueryBuilder, Transaction, query};
use crate::ticket::Record;
use partner_rules::wire::{AuthorKind, EventChange};

impl Store {
    /// Notes that the ticket was looked at as it was at an instant, and gives how many are unread then; `None`:
    /// there is no such ticket for these eyes. What an agent did later stays unread.
    pub async fn see(
        &self,
        sight: &Sight,
        reference: &str,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let Some((ticket_id, _)) = tickets::find(&self.readers, sight, reference).await? else {
            return Ok(None);
        };
        if changes(&self.readers, ticket_id, &sight.viewer, until).await? {
            let mut transaction = self.write().await?;
            look(&mut transaction, sight, ticket_id, until, now).await?;
            transaction.commit().await?;
        }
        self.unread(sight).await.map(Some)
    }

    /// How many of the tickets in sight are unread.
    pub async fn unread(&self, sight: &Sight) -> Result<u32, StoreError> {
        let row = query(
            "SELECT count(*) AS unread FROM ticket_seen JOIN tickets ON tickets.id = ticket_id
             WHERE ticket_seen.shop_id = ? AND sub = ? AND unread = 1 AND (? IS NULL OR created_by = ?)",
        )
        .bind(&sight.shop_id)
        .bind(&sight.viewer)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .fetch_one(&self.readers)
        .await?;
        Ok(row.try_get("unread")?)
    }
}

/// Whether looking at it now changes anything: most looks do not, and then nothing is written.
async fn changes(
    executor: impl Into<Executor<'_>>,
    ticket_id: i64,
    sub: &str,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let row = query(
        "SELECT unread, CASE WHEN told_at > ? THEN 1 ELSE 0 END AS later FROM tickets
         LEFT JOIN ticket_seen ON ticket_id = tickets.id AND sub = ? WHERE tickets.id = ?",
    )
    .bind(until.millis())
    .bind(sub)
    .bind(ticket_id)
    .fetch_optional(executor)
    .await?;
    let Some(row) = row else { return Ok(false) };
    Ok(match row.try_get::<Option<bool>>("unread")? {
        None => true,
        Some(false) => false,
        Some(true) => !row.try_get("later")?,
    })
}

async fn look(
    transaction: &mut Transaction,
    sight: &Sight,
    ticket_id: i64,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Asked again: somebody else may have been quicker.
    if !changes(&mut *transaction, ticket_id, &sight.viewer, until).await? {
        return Ok(());
    }
    let before = is_unread(transaction, ticket_id, &sight.viewer).await?;
    query(
        "INSERT INTO ticket_seen (ticket_id, sub, shop_id, unread)
         SELECT id, ?, shop_id, CASE WHEN told_at > ? THEN 1 ELSE 0 END FROM tickets WHERE id = ?
         ON CONFLICT (ticket_id, sub) DO UPDATE SET unread = excluded.unread",
    )
    .bind(&sight.viewer)
    .bind(until.millis())
    .bind(ticket_id)
    .execute(&mut *transaction)
    .await?;
    if !before {
        return Ok(());
    }
    let seen = Entry {
        ticket_id,
        change: EventChange::Seen,
        sub: Some(&sight.viewer),
    };
    events::note(transaction, &sight.shop_id, now, Some(seen)).await
}

pub(super) async fn is_unread(
    transaction: &mut Transaction,
    ticket_id: i64,
    sub: &str,
) -> Result<bool, StoreError> {
    let row = query("SELECT unread FROM ticket_seen WHERE ticket_id = ? AND sub = ?")
        .bind(ticket_id)
        .bind(sub)
        .fetch_optional(&mut *transaction)
        .await?;
    Ok(row.map_or(Ok(false), |row| row.try_get("unread"))?)
}

/// Whether a row of `tickets` is unread for this user, as an expression.
pub(super) fn push(query: &mut QueryBuilder, sub: &str) {
    query
        .push("EXISTS (SELECT 1 FROM ticket_seen WHERE ticket_id = tickets.id AND sub = ")
        .push_bind(sub.to_owned())
        .push(" AND unread = 1)");
}

/// Remembers that this user takes part in the ticket. Who does already keeps what is unread.
pub(super) async fn follow(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
    sub: &str,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO ticket_seen (ticket_id, sub, shop_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(ticket_id)
    .bind(sub)
    .bind(&ticket.shop_id)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

/// Makes the ticket unread for everybody who takes part in it, if an agent did what happened last.
pub(super) async fn mark(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    match ticket.last.by {
        AuthorKind::Partner => Ok(()),
        AuthorKind::Agent => tell(transaction, ticket_id, ticket.updated_at).await,
    }
}

async fn tell(
    transaction: &mut Transaction,
    ticket_id: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    query("UPDATE tickets SET told_at = ? WHERE id = ?")
        .bind(at.millis())
        .bind(ticket_id)
        .execute(&mut *transaction)
        .await?;
    query("UPDATE ticket_seen SET unread = 1 WHERE ticket_id = ?")
        .bind(ticket_id)
        .execute(&mut *transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticket::Work;
    use partner_rules::service::Resolved;
    use partner_rules::wire::{Channel, ClassificationView, LastChange, Status, TicketChange};
    use partner_rules::{Dc, OrgIdKind, Outcome, Region};

    const ADA: &str = "ada@one.example";
    const MAX: &str = "max@one.example";

    /// A shop with a ticket of Ada's, filed by her or in her name.
    async fn store(by: AuthorKind) -> (Store, i64, Record, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("temporary folder");
        let store = Store::open(&folder.path().join("endpoint.sqlite"))
            .await
            .expect("opened");
        query("INSERT INTO shops (id, name, default_access, created_at) VALUES ('one', 'One', 'own', 0)")
            .execute(&store.writer)
            .await
            .expect("a shop");
        let ticket = record(by);
        let mut transaction = store.write().await.expect("begun");
        let sub = (by == AuthorKind::Partner).then_some(ADA);
        let id = tickets::add(&mut transaction, &ticket, sub)
            .await
            .expect("added");
        transaction.commit().await.expect("committed");
        (store, id, ticket, folder)
    }

    fn record(by: AuthorKind) -> Record {
        let now = Timestamp::from_millis(1_790_000_000_000);
        Record {
            reference: "PS-EU-000001".to_owned(),
            shop_id: "one".to_owned(),
            created_by: ADA.to_owned(),
            created_by_name: "Ada".to_owned(),
            dc: Dc::Eu,
            region: Region::Eu,
            created_at: now,
            updated_at: now,
            channel: Channel::Widget,
            lang: None,
            status: Status::Open,
            service: Resolved {
                id: "crm".to_owned(),
                name: "Zoho CRM".to_owned(),
                listed: true,
            },
            org_id_kind: OrgIdKind::Zoid,
            org_id: "20000000001".to_owned(),
            subject: "s".to_owned(),
            description: "d".to_owned(),
            superadmin_email: None,
            customer_email: None,
            zuid: None,
            severity: None,
            priority_customer: false,
            classification: ClassificationView {
                outcome: Outcome::Undecided,
                metric: None,
                reasons: Vec::new(),
                commitment: None,
                policy_version: "1".to_owned(),
            },
            preview: None,
            last: LastChange {
                change: TicketChange::Filed,
                by,
            },
            work: Work::default(),
        }
    }

    fn eyes(sub: &str) -> Sight {
        Sight {
            shop_id: "one".to_owned(),
            created_by: None,
            viewer: sub.to_owned(),
        }
    }

    async fn change(
        store: &Store,
        id: i64,
        ticket: Record,
        change: TicketChange,
        sub: Option<&str>,
    ) -> Record {
        let by = sub.map_or(AuthorKind::Agent, |_| AuthorKind::Partner);
        let ticket = ticket.changed(Timestamp::from_millis(0), change, by);
        let mut transaction = store.write().await.expect("begun");
        tickets::touch(&mut transaction, id, &ticket, sub)
            .await
            .expect("touched");
        transaction.commit().await.expect("committed");
        ticket
    }

    async fn see(store: &Store, sub: &str, until: Timestamp) -> u32 {
        let seen = store.see(&eyes(sub), "PS-EU-000001", until, until).await;
        seen.expect("written").expect("in sight")
    }

    #[tokio::test]
    async fn whatever_an_agent_does_is_unread_for_those_who_take_part_and_no_one_else() {
        use TicketChange::{
            Closed, Completed, Held, Raised, Reclassified, Reopened, Replied, Resumed, Verified,
        };
        let (store, id, mut ticket, _folder) = store(AuthorKind::Partner).await;
        ticket = change(&store, id, ticket, Replied, Some(MAX)).await;
        for what in [
            Replied,
            Closed,
            Reopened,
            Held,
            Resumed,
            Completed,
            Verified,
            Reclassified,
            Raised,
        ] {
            for user in [ADA, MAX, "bea@one.example"] {
                assert_eq!(store.unread(&eyes(user)).await.expect("read"), 0);
            }
            ticket = change(&store, id, ticket, what, None).await;
            for (user, count) in [(ADA, 1), (MAX, 1), ("bea@one.example", 0)] {
                let unread = store.unread(&eyes(user)).await.expect("read");
                assert_eq!(unread, count, "{user} {what:?}");
            }
            for user in [ADA, MAX] {
                assert_eq!(see(&store, user, ticket.updated_at).await, 0, "{what:?}");
            }
        }
    }

    #[tokio::test]
    async fn what_a_user_does_is_unread_for_nobody_and_makes_nothing_read() {
        let (store, id, ticket, _folder) = store(AuthorKind::Partner).await;
        let ticket = change(&store, id, ticket, TicketChange::Replied, Some(MAX)).await;
        assert_eq!(store.unread(&eyes(ADA)).await.expect("read"), 0);
        let ticket = change(&store, id, ticket, TicketChange::Replied, None).await;
        change(&store, id, ticket, TicketChange::Replied, Some(ADA)).await;
        for user in [ADA, MAX] {
            assert_eq!(store.unread(&eyes(user)).await.expect("read"), 1, "{user}");
        }
    }

    #[tokio::test]
    async fn what_an_agent_files_in_somebody_s_name_is_unread_for_them() {
        let (store, _, ticket, _folder) = store(AuthorKind::Agent).await;
        assert_eq!(store.unread(&eyes(ADA)).await.expect("read"), 1);
        assert_eq!(see(&store, ADA, ticket.updated_at).await, 0);
    }

    /// Two doings within a millisecond, or with a clock that was set back, are two instants.
    #[tokio::test]
    async fn who_has_seen_one_thing_has_not_seen_the_next() {
        let (store, id, ticket, _folder) = store(AuthorKind::Partner).await;
        let first = change(&store, id, ticket, TicketChange::Replied, None).await;
        let shown = first.updated_at;
        let second = change(&store, id, first, TicketChange::Held, None).await;
        assert_eq!(see(&store, ADA, shown).await, 1);
        assert_eq!(see(&store, ADA, second.updated_at).await, 0);
    }

    #[tokio::test]
    async fn what_is_undone_is_no_event() {
        let (store, id, ticket, _folder) = store(AuthorKind::Partner).await;
        let ticket = ticket.changed(
            Timestamp::from_millis(0),
            TicketChange::Replied,
            AuthorKind::Agent,
        );
        let mut transaction = store.write().await.expect("begun");
        tickets::touch(&mut transaction, id, &ticket, None)
            .await
            .expect("touched");
        transaction.rollback().await.expect("undone");
        assert_eq!(store.unread(&eyes(ADA)).await.expect("read"), 0);
        assert_eq!(store.last_event("one").await.expect("read"), 1);
    }

    #[tokio::test]
    async fn counting_reads_only_what_is_unread() {
        let (store, ..) = store(AuthorKind::Partner).await;
        let steps = store
            .readers
            .plan(
                "SELECT count(*) AS unread FROM ticket_seen JOIN tickets ON tickets.id = ticket_id
                 WHERE ticket_seen.shop_id = ? AND sub = ? AND unread = 1 AND (? IS NULL OR created_by = ?)",
            )
            .await;
        assert!(
            steps.iter().any(|step| step.contains("ticket_seen_unread")),
            "{steps:?}"
        );
    }
}
