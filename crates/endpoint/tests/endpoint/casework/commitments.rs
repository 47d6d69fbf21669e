//! Targets by a calendar, and how many were met.

use super::{Desk, FIRST, large, millis};
use crate::support::{TestApp, demo};
use partner_endpoint::casework::calendar::{Calendar, RawCalendar, add_hours};
use partner_endpoint::clock::Timestamp;
use partner_endpoint::config::{RawConfig, RawLimits};
use serde_json::json;

fn raw(hours: &str) -> RawCalendar {
    RawCalendar {
        working_hours: Some(vec![hours.to_owned()]),
        time_zone: Some("Europe/Berlin".to_owned()),
        holidays: None,
    }
}

async fn working(hours: &str) -> TestApp {
    TestApp::with(RawConfig {
        calendar: raw(hours),
        ..demo(RawLimits::default())
    })
    .await
}

#[tokio::test]
async fn the_timeline_counts_working_hours() {
    let desk = Desk::of(working("mon-fri 09:00-17:00").await).await;
    desk.file(&large()).await;
    let partner = desk.partner(FIRST).await;
    let calendar = Calendar::try_from(&raw("mon-fri 09:00-17:00")).expect("sound");
    let start = Timestamp::from_millis(millis(&partner["created_at"]));
    for (index, [aim, due]) in [[1, 3], [2, 8], [24, 48]].into_iter().enumerate() {
        let entry = &partner["timeline"][index];
        assert_eq!(entry["aim_at"], add_hours(start, aim, &calendar).rfc3339());
        assert_eq!(entry["due_at"], add_hours(start, due, &calendar).rfc3339());
    }
    // 48 working hours are more than a week of five days of eight.
    let week = 7 * 24 * 60 * 60 * 1000;
    assert!(millis(&partner["timeline"][2]["due_at"]) - start.millis() > week);
}

#[tokio::test]
async fn what_was_promised_stays_when_the_calendar_changes() {
    let app = working("mon-fri 09:00-17:00").await;
    let desk = Desk::of(app).await;
    desk.file(&large()).await;
    let before = desk.partner(FIRST).await["timeline"].clone();
    let app = desk.app.restart(demo(RawLimits::default())).await;
    let desk = Desk::of(app).await;
    desk.done(FIRST, "hold", json!({})).await;
    assert_eq!(desk.partner(FIRST).await["timeline"], before);
}

#[tokio::test]
async fn metrics_count_targets_by_how_they_were_met_and_queues() {
    let desk = Desk::demo().await;
    for wait in [0, 2, 4] {
        let reference = desk.file(&large()).await;
        desk.later(wait);
        desk.done(&reference, "replies", json!({"text": "t"})).await;
        desk.done(&reference, "replies", json!({"text": "again"}))
            .await;
    }
    // Solved long after.
    desk.later(60);
    desk.done(FIRST, "replies", json!({"text": "t", "resolved": true}))
        .await;
    // Without a commitment nothing counts.
    let standard = desk.file(&crate::support::ticket()).await;
    desk.done(&standard, "close", json!({})).await;
    let text = desk.app.get("/metrics").await.text();
    for line in [
        "partner_endpoint_targets_total{stage=\"first_response\",result=\"aim\"} 1",
        "partner_endpoint_targets_total{stage=\"first_response\",result=\"due\"} 1",
        "partner_endpoint_targets_total{stage=\"first_response\",result=\"passed\"} 1",
        "partner_endpoint_targets_total{stage=\"problem_determination\",result=\"passed\"} 1",
        "partner_endpoint_targets_total{stage=\"resolution\",result=\"passed\"} 1",
        "partner_endpoint_queue_tickets{queue=\"open\"} 3",
        "partner_endpoint_queue_tickets{queue=\"duty\"} 2",
        "partner_endpoint_queue_tickets{queue=\"needs_address\"} 0",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(!text.contains("resolution\",result=\"aim"), "{text}");
}

/// Answered before anybody knew that it was S1: the target is judged when it is given.
#[tokio::test]
async fn a_target_that_was_met_before_it_was_given_counts() {
    let desk = Desk::demo().await;
    desk.file(&super::unknown()).await;
    desk.later(2);
    desk.done(FIRST, "replies", json!({"text": "t"})).await;
    desk.later(2);
    desk.done(FIRST, "verify", json!({"class": "large", "licences": 300}))
        .await;
    let text = desk.app.get("/metrics").await.text();
    let line = "partner_endpoint_targets_total{stage=\"first_response\",result=\"due\"} 1";
    assert!(text.contains(line), "{text}");
    assert_eq!(
        desk.partner(FIRST).await["due"]["stage"],
        "problem_determination"
    );
}
