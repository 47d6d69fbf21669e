//! An endpoint on a free port, in demo mode or with two real shops.

use super::http::{Answer, Request};
use super::logs::Guard;
use super::server;
use super::tokens::{ED25519_PUBLIC, Forge, HS256_SECRET, TWO_SECRET};
use partner_endpoint::app::App;
use partner_endpoint::clock::{AdjustableClock, Clock};
use partner_endpoint::config::{Config, RawConfig, RawLimits, RawStore};
use partner_endpoint::desk;
use partner_endpoint::serve::serve;
use partner_endpoint::store::Database;
use partner_endpoint::store::shops::ShopRow;
use partner_endpoint::store::shops::keys::{KeyAlgorithm, KeyRow};
use partner_rules::wire::Access;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The demo's users.
#[derive(Clone, Copy, Debug)]
pub(crate) enum User {
    Superadmin,
    Member,
    NoAccess,
}

pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    /// Where the desk is, if it is open.
    pub(crate) desk_address: Option<SocketAddr>,
    pub(crate) clock: Arc<AdjustableClock>,
    pub(crate) app: Arc<App>,
    pub(crate) folder: Arc<TempDir>,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
    _listening: Guard,
}

/// A sound ticket for the small account.
pub(crate) fn ticket() -> Value {
    json!({
        "dc": "eu", "region": "eu", "service": "Zoho CRM", "org_id_kind": "zoid", "org_id": "20000000002",
        "subject": "Contacts do not sync", "description": "Since this morning.",
        "superadmin_email": "admin@small.example",
    })
}

/// The settings of demo mode with these bounds, whose rates it takes twenty times.
pub(crate) fn demo(limits: RawLimits) -> RawConfig {
    RawConfig {
        demo: Some(true),
        limits,
        ..RawConfig::default()
    }
}

impl TestApp {
    /// An endpoint in demo mode.
    pub(crate) async fn demo() -> Self {
        Self::limited(RawLimits::default()).await
    }

    /// An endpoint in demo mode with these bounds.
    pub(crate) async fn limited(limits: RawLimits) -> Self {
        Self::with(demo(limits)).await
    }

    /// An endpoint with these settings.
    pub(crate) async fn with(raw: RawConfig) -> Self {
        Self::in_folder(
            Arc::new(tempfile::tempdir().expect("temporary folder")),
            raw,
        )
        .await
    }

    pub(crate) async fn in_folder(folder: Arc<TempDir>, raw: RawConfig) -> Self {
        let listening = Guard::new();
        let data = folder.path().join("data");
        let store = RawStore {
            database: raw.store.database.clone().or_else(|| server::url(&data)),
            data: Some(data),
            ..raw.store.clone()
        };
        let config = Config::try_from(RawConfig {
            store,
            port: raw.port.or(Some(0)),
            ..raw
        })
        .expect("sound settings");
        let clock = Arc::new(AdjustableClock::default());
        let app = App::start(config, Arc::clone(&clock))
            .await
            .expect("started");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let address = listener.local_addr().expect("address");
        let desk = match app.desk_opens().await.expect("asked") {
            true => Some(desk::bind(&app).await.expect("free port")),
            false => None,
        };
        let desk_address = desk
            .as_ref()
            .map(|desk| desk.local_addr().expect("address"));
        let (stop, stopped) = oneshot::channel();
        let done = tokio::spawn(serve(listener, desk, Arc::clone(&app), async {
            let _ = stopped.await;
        }));
        Self {
            address,
            desk_address,
            clock,
            app,
            folder,
            stop,
            done,
            _listening: listening,
        }
    }

    /// A real endpoint for eu and us with the shops `one` and `two`: keys `one-hs`, `one-ed`, `two-hs`.
    pub(crate) async fn real() -> Self {
        Self::real_with(RawConfig::default()).await
    }

    /// The same with other settings besides. In eu an account is large from 100 user
    /// licences on; us has no threshold.
    pub(crate) async fn real_with(raw: RawConfig) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("temporary folder"));
        let policy = folder.path().join("policy.json");
        let with_thresholds = partner_rules::policy::DEFAULT_JSON.replacen(
            "\"thresholds\": {}",
            "\"thresholds\": {\"eu\": 100}",
            1,
        );
        std::fs::write(&policy, with_thresholds).expect("written");
        let app = Self::in_folder(
            folder,
            RawConfig {
                dcs: Some(vec!["eu".to_owned(), "us".to_owned()]),
                audience: Some("test-group".to_owned()),
                store: RawStore {
                    policy: Some(policy),
                    ..RawStore::default()
                },
                ..raw
            },
        )
        .await;
        let store = &app.app.store;
        let now = app.clock.now();
        for id in ["one", "two"] {
            let shop = ShopRow {
                id: id.to_owned(),
                name: format!("Shop {id}"),
                default_access: Access::Own,
            };
            store.put_shop(&shop, false, now).await.expect("shop");
            store
                .add_origin(id, &format!("https://{id}.example"))
                .await
                .expect("origin");
        }
        for (kid, shop_id, algorithm, material) in [
            ("one-hs", "one", KeyAlgorithm::Hs256, HS256_SECRET),
            (
                "one-ed",
                "one",
                KeyAlgorithm::EdDsa,
                ED25519_PUBLIC.as_slice(),
            ),
            ("two-hs", "two", KeyAlgorithm::Hs256, TWO_SECRET),
        ] {
            let material = material.to_vec();
            let key = KeyRow {
                kid: kid.to_owned(),
                shop_id: shop_id.to_owned(),
                algorithm,
                material,
            };
            store.add_key(&key, now).await.expect("key");
        }
        app.app.origins.refresh(store).await;
        app
    }

    /// Stops the endpoint and starts another on the same folder.
    pub(crate) async fn restart(self, raw: RawConfig) -> Self {
        let folder = Arc::clone(&self.folder);
        self.stop().await;
        Self::in_folder(folder, raw).await
    }

    /// Tells the endpoint to stop; done when it has.
    pub(crate) fn begin_stop(self) -> JoinHandle<()> {
        let _ = self.stop.send(());
        self.done
    }

    pub(crate) async fn stop(self) {
        self.begin_stop().await.expect("stopped");
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn database(&self) -> Database {
        server::database(&self.data())
    }

    /// The database of a test that is about SQLite's file.
    pub(crate) fn file_on_disk(&self) -> PathBuf {
        self.data().join("endpoint.sqlite")
    }

    pub(crate) fn forge(&self) -> Forge {
        Forge::new(self.clock.now().seconds())
    }

    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.send(self.address).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path)).await
    }

    pub(crate) async fn token(&self, user: User) -> String {
        let name = match user {
            User::Superadmin => "superadmin",
            User::Member => "member",
            User::NoAccess => "no-access",
        };
        let answer = self.get(&format!("/demo/token?user={name}")).await.ok(200);
        answer["token"].as_str().expect("token").to_owned()
    }

    /// `GET` as a demo user.
    pub(crate) async fn get_as(&self, user: User, path: &str) -> Answer {
        self.send(Request::get(path).token(&self.token(user).await))
            .await
    }

    /// `POST /v1/tickets` as a demo user.
    pub(crate) async fn file(&self, user: User, key: &str, body: &Value) -> Answer {
        self.send(
            Request::post("/v1/tickets", body)
                .key(key)
                .token(&self.token(user).await),
        )
        .await
    }

    /// `POST /v1/accounts/verify` as a demo user.
    pub(crate) async fn verify(&self, user: User, address: &str, dc: &str) -> Answer {
        let body = json!({"superadmin_email": address, "service": "Zoho CRM", "dc": dc});
        self.send(Request::post("/v1/accounts/verify", &body).token(&self.token(user).await))
            .await
    }

    /// `POST` to one of the demo's controls.
    pub(crate) async fn control(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::post(path, body)).await
    }
}
