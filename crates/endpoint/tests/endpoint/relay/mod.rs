//! Tickets handed on to a stand-in for Zoho Desk: whatever breaks, each is there once.

mod changes;
mod command;
mod cuts;
mod outcomes;
mod reading;
mod running;
mod standin;
mod workers;

use crate::support::{HS256_SECRET, Request, TestApp, behind, ticket, upload};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::{RawConfig, RawLimits, RawRelay, RelayConfig};
use partner_endpoint::relay::{Relay, RelayRules, Turn};
use partner_endpoint::store::Store;
use partner_endpoint::store::relay::{Pending, RelayState};
use partner_rules::Dc;
use serde_json::{Value, json};
use standin::{CLIENT, DEPARTMENT, ORG, Portal, REFRESH, SECRET};
use std::sync::Arc;

/// Settings for this portal.
fn settings(portal: &Portal) -> RawRelay {
    let text = |word: &str| Some(word.to_owned());
    RawRelay {
        relay_org_id: text(ORG),
        relay_department_id: text(DEPARTMENT),
        relay_dc: text("eu"),
        relay_desk_url: Some(portal.url()),
        relay_accounts_url: Some(portal.url()),
        relay_client_id: text(CLIENT),
        relay_client_secret: Some(SECRET.into()),
        relay_refresh_token: Some(REFRESH.into()),
        relay_field_customer_email: text("cf_customer_email"),
        relay_field_service: text("cf_service"),
        relay_field_org_id: text("cf_org_id"),
        relay_field_org_id_kind: text("cf_org_id_kind"),
        relay_field_reference: text("cf_reference"),
        relay_field_flag: text("cf_priority_customer"),
        relay_field_severity: text("cf_severity"),
        relay_settling_seconds: Some(300),
        ..RawRelay::default()
    }
}

/// An endpoint whose tickets are left for a relay that works only when a test tells it to.
struct Bench {
    app: TestApp,
    portal: Portal,
    relay: Arc<Relay>,
}

impl Bench {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut RawRelay)) -> Self {
        let portal = Portal::start().await;
        let app = TestApp::real_with(RawConfig {
            limits: RawLimits {
                requests_per_minute: Some(100_000),
                writes_per_minute: Some(100_000),
                address_per_minute: Some(100_000),
                ..RawLimits::default()
            },
            ..RawConfig::default()
        })
        .await;
        app.app.store.set_relay(Some(Dc::Eu)).await.expect("on");
        let mut raw = settings(&portal);
        change(&mut raw);
        let relay = relay(&app, &raw);
        Self { app, portal, relay }
    }

    /// Files a ticket for the SuperAdmin address of a large account; its reference.
    async fn file(&self, key: &str) -> String {
        self.file_with(key, json!({})).await
    }

    /// The same with these fields besides.
    async fn file_with(&self, key: &str, fields: Value) -> String {
        let mut body = ticket();
        body["superadmin_email"] = json!("admin@large.example");
        for (name, value) in fields.as_object().expect("fields") {
            body[name] = value.clone();
        }
        let token = self.app.forge().hs256(HS256_SECRET);
        let request = Request::post("/v1/tickets", &body).key(key).token(&token);
        let receipt = self.app.send(request).await.ok(201);
        receipt["reference"].as_str().expect("reference").to_owned()
    }

    /// Uploads a file; its id.
    async fn upload(&self, name: &str, bytes: &[u8]) -> String {
        let token = self.app.forge().hs256(HS256_SECRET);
        let answer = self
            .app
            .send(upload(name, bytes).token(&token))
            .await
            .ok(201);
        answer["id"].as_str().expect("id").to_owned()
    }

    async fn turn(&self) -> Turn {
        self.relay.turn().await.expect("the store answers")
    }

    /// Those that are not done.
    async fn pending(&self) -> Vec<Pending> {
        let pending = self.app.app.store.relay_pending(0, 1000).await;
        pending.expect("the store answers")
    }

    /// Lets the clock go on to where something is due; whether something will be.
    async fn wait(&self) -> bool {
        let waits = |one: &Pending| {
            matches!(
                one.state,
                RelayState::Waiting | RelayState::Unknown | RelayState::Leased
            )
        };
        let pending = self.pending().await;
        let next = pending
            .iter()
            .filter(|one| waits(one))
            .map(|one| one.next_at);
        let Some(next) = next.min() else {
            return false;
        };
        let now = self.app.clock.now();
        let wait = u64::try_from(next.millis() - now.millis()).unwrap_or_default();
        self.app.clock.advance(wait + 1);
        true
    }

    /// Works, and waits, until there is nothing left to do.
    async fn drive(&self) {
        loop {
            while self.turn().await == Turn::Worked {}
            if !self.wait().await {
                return;
            }
        }
    }

    /// How many tickets upstream have this reference.
    fn upstream(&self, reference: &str) -> usize {
        let state = self.portal.state();
        let of = |ticket: &&standin::Created| ticket.body["cf"]["cf_reference"] == reference;
        state.tickets.iter().filter(of).count()
    }

    async fn state(&self, reference: &str) -> RelayState {
        let found = self.app.app.store.relayed(reference).await;
        found.expect("the store answers").expect("handed on").0
    }

    /// 1 if the portal's rules have ticked the box.
    async fn upstream_flag(&self) -> i64 {
        behind(&self.app)
            .await
            .number("SELECT coalesce(max(upstream_flag), 0) FROM relay")
            .await
    }

    /// What was read back: status, flag and severity.
    async fn standing(&self) -> (Option<String>, Option<i64>, Option<String>) {
        let mut database = behind(&self.app).await;
        let (flag, status, severity) = database
            .notice("SELECT upstream_flag, upstream_status, upstream_severity FROM relay")
            .await;
        (status, Some(flag), severity)
    }
}

/// Another relay on the same endpoint, as in another program.
fn relay(app: &TestApp, raw: &RawRelay) -> Arc<Relay> {
    relay_on(app, app.app.store.clone(), raw)
}

fn relay_on(app: &TestApp, store: Store, raw: &RawRelay) -> Arc<Relay> {
    let config = RelayConfig::read(raw, &[Dc::Eu])
        .expect("sound")
        .expect("on");
    let app = &app.app;
    let rules = RelayRules {
        policy: app.config.policy.clone(),
        calendar: app.config.calendar.clone(),
    };
    let relay = Relay::new(
        store,
        app.files.clone(),
        config,
        Arc::clone(&app.clock),
        rules,
    );
    Arc::new(relay.expect("certificates"))
}
