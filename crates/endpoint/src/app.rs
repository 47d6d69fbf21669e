//! The running endpoint: what every handler shares, and the router around it.

use crate::agents::{Doorman, PasswordError};
use crate::casework;
use crate::clock::{AdjustableClock, Clock};
use crate::config::Config;
use crate::demo::{self, Demo, DemoError};
use crate::events;
use crate::feedback;
use crate::files::{Claim, Files};
use crate::layers;
use crate::locks::KeyLocks;
use crate::metrics::Metrics;
use crate::origins::Origins;
use crate::random::{self, NoRandomness};
use crate::rates::Rates;
use crate::relay::{Relay, RelayRules};
use crate::routes;
use crate::routes::policy::PolicyAnswer;
use crate::serve::Retirement;
use crate::store::{OpenError, Store, StoreError};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use std::io;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

pub struct App {
    pub config: Config,
    pub store: Store,
    pub files: Files,
    pub clock: Arc<dyn Clock>,
    pub rates: Rates,
    pub origins: Origins,
    pub locks: KeyLocks,
    pub feedback: feedback::Desk,
    /// Compares agents' passwords.
    pub doorman: Doorman,
    pub events: events::Hub,
    pub metrics: Metrics,
    /// `None`: no tickets are handed on.
    pub relay: Option<Arc<Relay>>,
    pub retirement: Retirement,
    pub policy_answer: PolicyAnswer,
    /// Keys the hashes of the audit.
    pub audit_secret: Vec<u8>,
    /// Marks what is this installation's.
    pub installation: String,
    pub demo: Option<Demo>,
}

/// Why the endpoint cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the place for files cannot be used: {0}")]
    Files(#[source] std::io::Error),
    #[error("{} belongs to another installation, or to what this one was before it was restored; see docs/operating.md", .0.display())]
    OthersFiles(std::path::PathBuf),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error("the certificates that this machine trusts cannot be read: {0}")]
    Certificates(#[source] std::io::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error("the policy cannot be written as JSON: {0}")]
    Policy(#[source] serde_json::Error),
}

impl App {
    /// Opens the store and makes everything ready. Only demo mode ever moves the clock.
    pub async fn start(
        config: Config,
        clock: Arc<AdjustableClock>,
    ) -> Result<Arc<Self>, StartError> {
        let store = Store::open(&config.database).await?;
        let files =
            Files::new(config.database.beside(), &config.attachments).map_err(StartError::Files)?;
        files.make().map_err(StartError::Files)?;
        let demo = match &config.demo {
            Some(_) => Some(demo::start(&store, Arc::clone(&clock)).await?),
            None => {
                demo::refuse_leftovers(&store).await?;
                None
            }
        };
        let smtp = config.mail.as_ref().and_then(|mail| mail.smtp.as_ref());
        store.set_notices(smtp.map(|smtp| smtp.notices)).await?;
        let shared: Arc<dyn Clock> = clock;
        let relay = config.relay.clone();
        let (policy, calendar) = (&config.policy, &config.calendar);
        store
            .set_relay(relay.as_ref().map(|relay| relay.dc))
            .await?;
        let relay = relay
            .map(|config| {
                let rules = RelayRules {
                    policy: policy.clone(),
                    calendar: calendar.clone(),
                };
                Relay::new(
                    store.clone(),
                    files.clone(),
                    config,
                    Arc::clone(&shared),
                    rules,
                )
            })
            .transpose()
            .map_err(StartError::Certificates)?;
        let app = Self {
            rates: Rates::new(config.limits, Arc::clone(&shared)),
            origins: Origins::load(&store, demo.as_ref().map(|_| demo::SHOP_ID.to_owned())).await?,
            locks: KeyLocks::default(),
            feedback: feedback::Desk::default(),
            doorman: Doorman::new()?,
            events: events::Hub::default(),
            metrics: Metrics::default(),
            relay: relay.map(Arc::new),
            retirement: Retirement::default(),
            policy_answer: PolicyAnswer::new(&config).map_err(StartError::Policy)?,
            audit_secret: store.audit_secret(random::bytes()?).await?,
            installation: random::hex(&store.installation(random::bytes()?).await?),
            clock: shared,
            demo,
            store,
            files,
            config,
        };
        // Without an answer nothing is removed there until there is one.
        if matches!(app.files.claim(&app.installation).await, Ok(Claim::Others)) {
            return Err(StartError::OthersFiles(app.files.place()));
        }
        app.tidy_up().await?;
        app.watch().await?;
        Ok(Arc::new(app))
    }

    /// Whether there is a desk: for agents, and for demonstration.
    pub async fn desk_opens(&self) -> Result<bool, StoreError> {
        Ok(self.demo.is_some() || self.store.has_agents().await?)
    }

    /// What time, new accounts and new rules do to open tickets. At start, and every minute.
    pub async fn watch(&self) -> Result<(), StoreError> {
        casework::reverify::if_due(self).await?;
        self.store.mark_reminders(self.clock.now()).await?;
        Ok(())
    }

    /// Removes what need not be kept any longer. At start, and now and then.
    pub async fn tidy_up(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.forget_old_keys(now).await?;
        self.store.forget_old_events(now).await?;
        let limits = self.config.limits;
        let ago = |days: u32| now.plus_seconds(-i64::from(days) * 24 * 60 * 60);
        self.store
            .forget_verifications(ago(limits.audit_days))
            .await?;
        if let Some(days) = limits.feedback_retention_days {
            let ids = self.store.forget_feedback(ago(days)).await?;
            self.files.remove_all(&ids).await;
        }
        if let Some(mail) = &self.config.mail {
            self.store.forget_mails(ago(mail.days)).await?;
        }
        let ids = self.store.forget_unused_uploads(now).await?;
        self.files.remove_all(&ids).await;
        if let Err(cause) = self.remove_strays().await? {
            tracing::warn!(cause = %cause.kind(), "files that belong to nothing could not be found");
        }
        Ok(())
    }

    /// Removes old files without a row: what a crash left between the two.
    async fn remove_strays(&self) -> Result<io::Result<()>, StoreError> {
        match self.files.claim(&self.installation).await {
            Ok(Claim::Ours) => {}
            Ok(Claim::Others) => {
                tracing::error!("the place for files belongs to another installation");
                return Ok(Ok(()));
            }
            Err(cause) => return Ok(Err(cause)),
        }
        let mut listing = match self.files.list().await {
            Ok(listing) => listing,
            Err(cause) => return Ok(Err(cause)),
        };
        loop {
            let page = match listing.page().await {
                Ok(page) if page.is_empty() => return Ok(Ok(())),
                Ok(page) => page,
                Err(cause) => return Ok(Err(cause)),
            };
            let old = page.iter().filter(|file| file.old);
            let names: Vec<&str> = old.map(|file| file.name.as_str()).collect();
            let strays = self.store.without_row(&names).await?;
            self.files.remove_all(&strays).await;
        }
    }
}

/// Everything that answers, with everything that it passes through.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = routes::router();
    if app.demo.is_some() {
        router = router.merge(demo::routes());
    }
    router = router.method_not_allowed_fallback(routes::method_not_allowed);
    let site = app
        .config
        .demo
        .as_ref()
        .and_then(|demo| demo.site.as_deref());
    router = match site {
        Some(folder) => router.fallback_service(demo::site::files(folder)),
        None => router.fallback(routes::not_found),
    };
    // The last layer added is the outermost.
    let mut router = answering(app, router);
    if app.demo.is_some() {
        router = router.layer(from_fn_with_state(Arc::clone(app), demo::faults::layer));
    }
    router = reading(app, router).layer(from_fn_with_state(Arc::clone(app), layers::cors::cors));
    if app.demo.is_some() {
        router = router
            .layer(from_fn(layers::host::host))
            .layer(from_fn_with_state(
                Arc::clone(app),
                demo::faults::one_request_each,
            ));
    }
    router
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::envelope::envelope,
        ))
        .with_state(Arc::clone(app))
}

/// The layers around an answer: how long it may take, and what becomes of a panic.
pub(crate) fn answering(app: &Arc<App>, router: Router<Arc<App>>) -> Router<Arc<App>> {
    router
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(layers::answer_time::panicked))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::answer_time::answer_time,
        ))
}

/// The layers around reading a request: how often, whether still, and how much.
pub(crate) fn reading(app: &Arc<App>, router: Router<Arc<App>>) -> Router<Arc<App>> {
    router
        .layer(from_fn_with_state(Arc::clone(app), layers::rate::rate))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::stopping::stopping,
        ))
        .layer(from_fn_with_state(Arc::clone(app), layers::body::body))
}
