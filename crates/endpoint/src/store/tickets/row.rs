//! A ticket as a row of `tickets`.

use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::{StoreError, codes};
use crate::ticket::{Bounds, Record, Targets, Work};
use partner_rules::Severity;
use partner_rules::service::Resolved;
use partner_rules::wire::LastChange;

pub(in crate::store) async fn insert(
    transaction: &mut Transaction,
    ticket: &Record,
) -> Result<i64, StoreError> {
    let row = query(
        "INSERT INTO tickets (
            reference, shop_id, created_by, created_by_name, dc, region, created_at, updated_at, channel, lang, status,
            service_id, service_name, service_listed, org_id_kind, org_id, subject, description,
            superadmin_email, customer_email, zuid, outcome, severity, priority_customer, classification, preview, search_text,
            last_change, last_by, clock_at, lacked_address
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id",
    )
    .bind(&ticket.reference)
    .bind(&ticket.shop_id)
    .bind(&ticket.created_by)
    .bind(&ticket.created_by_name)
    .bind(ticket.dc.code())
    .bind(ticket.region.code())
    .bind(ticket.created_at.millis())
    .bind(ticket.updated_at.millis())
    .bind(codes::text(&ticket.channel)?)
    .bind(&ticket.lang)
    .bind(codes::text(&ticket.status)?)
    .bind(&ticket.service.id)
    .bind(&ticket.service.name)
    .bind(ticket.service.listed)
    .bind(ticket.org_id_kind.code())
    .bind(&ticket.org_id)
    .bind(&ticket.subject)
    .bind(&ticket.description)
    .bind(&ticket.superadmin_email)
    .bind(&ticket.customer_email)
    .bind(&ticket.zuid)
    .bind(ticket.classification.outcome.code())
    .bind(ticket.severity.map(Severity::code))
    .bind(ticket.priority_customer)
    .bind(codes::to_json(&ticket.classification)?)
    .bind(ticket.preview.as_ref().map(codes::to_json).transpose()?)
    .bind(ticket.search_text())
    .bind(codes::text(&ticket.last.change)?)
    .bind(codes::text(&ticket.last.by)?)
    .bind(ticket.work.clock_at.map(Timestamp::millis))
    .bind(ticket.superadmin_email.is_none())
    .fetch_one(&mut *transaction)
    .await?;
    let id = row.try_get("id")?;
    decide(transaction, id, ticket).await?;
    Ok(id)
}

/// Writes what agents and verdicts change about a ticket: what it is about, verdict, what is promised, and by whom.
pub(in crate::store) async fn decide(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    let work = &ticket.work;
    let bound = |of: fn(Targets) -> Timestamp| work.targets.map(of).map(Timestamp::millis);
    query(
        "UPDATE tickets SET superadmin_email = ?, search_text = ?, outcome = ?, severity = ?, priority_customer = ?,
            classification = ?, by_hand = ?, raised = ?, handed_to = ?,
            first_response_aim_at = ?, first_response_due_at = ?, determination_aim_at = ?, determination_due_at = ?,
            resolution_aim_at = ?, resolution_due_at = ?,
            service_id = ?, service_name = ?, service_listed = ?, org_id_kind = ?, org_id = ?
        WHERE id = ?",
    )
    .bind(&ticket.superadmin_email)
    .bind(ticket.search_text())
    .bind(ticket.classification.outcome.code())
    .bind(ticket.severity.map(Severity::code))
    .bind(ticket.priority_customer)
    .bind(codes::to_json(&ticket.classification)?)
    .bind(work.by_hand)
    .bind(work.raised)
    .bind(&work.handed_to)
    .bind(bound(|targets| targets.first_response.aim_at))
    .bind(bound(|targets| targets.first_response.due_at))
    .bind(bound(|targets| targets.determination.aim_at))
    .bind(bound(|targets| targets.determination.due_at))
    .bind(bound(|targets| targets.resolution.aim_at))
    .bind(bound(|targets| targets.resolution.due_at))
    .bind(&ticket.service.id)
    .bind(&ticket.service.name)
    .bind(ticket.service.listed)
    .bind(ticket.org_id_kind.code())
    .bind(&ticket.org_id)
    .bind(ticket_id)
    .execute(&mut *transaction)
    .await?;
    Ok(())
}

pub(in crate::store) fn read(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        reference: row.try_get("reference")?,
        shop_id: row.try_get("shop_id")?,
        created_by: row.try_get("created_by")?,
        created_by_name: row.try_get("created_by_name")?,
        dc: codes::parse(row.try_get("dc")?)?,
        region: codes::parse(row.try_get("region")?)?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        updated_at: Timestamp::from_millis(row.try_get("updated_at")?),
        channel: codes::parse(row.try_get("channel")?)?,
        lang: row.try_get("lang")?,
        status: codes::parse(row.try_get("status")?)?,
        service: Resolved {
            id: row.try_get("service_id")?,
            name: row.try_get("service_name")?,
            listed: row.try_get("service_listed")?,
        },
        org_id_kind: codes::parse(row.try_get("org_id_kind")?)?,
        org_id: row.try_get("org_id")?,
        subject: row.try_get("subject")?,
        description: row.try_get("description")?,
        superadmin_email: row.try_get("superadmin_email")?,
        customer_email: row.try_get("customer_email")?,
        zuid: row.try_get("zuid")?,
        severity: row
            .try_get::<Option<&str>>("severity")?
            .map(codes::parse)
            .transpose()?,
        priority_customer: row.try_get("priority_customer")?,
        classification: codes::from_json(row.try_get("classification")?)?,
        preview: row
            .try_get::<Option<&str>>("preview")?
            .map(codes::from_json)
            .transpose()?,
        last: LastChange {
            change: codes::parse(row.try_get("last_change")?)?,
            by: codes::parse(row.try_get("last_by")?)?,
        },
        work: Work {
            clock_at: instant(row, "clock_at")?,
            first_response_at: instant(row, "first_response_at")?,
            determined_at: instant(row, "determined_at")?,
            resolved_at: instant(row, "resolved_at")?,
            informed_at: instant(row, "informed_at")?,
            targets: targets(row)?,
            by_hand: row.try_get("by_hand")?,
            raised: row.try_get("raised")?,
            handed_to: row.try_get("handed_to")?,
        },
    })
}

fn targets(row: &Row) -> Result<Option<Targets>, StoreError> {
    let bounds = |aim: &str, due: &str| -> Result<Option<Bounds>, StoreError> {
        let (aim_at, due_at) = (instant(row, aim)?, instant(row, due)?);
        Ok(aim_at
            .zip(due_at)
            .map(|(aim_at, due_at)| Bounds { aim_at, due_at }))
    };
    let first_response = bounds("first_response_aim_at", "first_response_due_at")?;
    let determination = bounds("determination_aim_at", "determination_due_at")?;
    let resolution = bounds("resolution_aim_at", "resolution_due_at")?;
    Ok(match (first_response, determination, resolution) {
        (Some(first_response), Some(determination), Some(resolution)) => Some(Targets {
            first_response,
            determination,
            resolution,
        }),
        (None, _, _) | (_, None, _) | (_, _, None) => None,
    })
}

fn instant(row: &Row, column: &str) -> Result<Option<Timestamp>, StoreError> {
    let millis: Option<i64> = row.try_get(column)?;
    Ok(millis.map(Timestamp::from_millis))
}
