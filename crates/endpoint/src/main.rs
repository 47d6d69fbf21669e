//! The program: reads the command line, calls the library, says what went wrong.

use anyhow::Context;
use clap::Parser;
use partner_endpoint::agents;
use partner_endpoint::app::App;
use partner_endpoint::backup::{self, BackupError, Verdict};
use partner_endpoint::cli::{AccountsCommand, Cli, Command, PolicyCommand, ServeArgs};
use partner_endpoint::clock::{AdjustableClock, Clock, SystemClock};
use partner_endpoint::config::{self, Config, RawStore};
use partner_endpoint::copy;
use partner_endpoint::desk;
use partner_endpoint::directory::import::{self, ImportError};
use partner_endpoint::erasure;
use partner_endpoint::feedback;
use partner_endpoint::logs;
use partner_endpoint::mail;
use partner_endpoint::relay;
use partner_endpoint::routes::openapi;
use partner_endpoint::serve::serve;
use partner_endpoint::shops;
use partner_endpoint::store::Store;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    log_to_stderr();
    match Cli::parse().command {
        Command::Serve(args) => run(*args).await.map(|()| ExitCode::SUCCESS),
        Command::Accounts(AccountsCommand::Import { file, store }) => {
            import_accounts(&file, &store).await
        }
        Command::Backup { folder, place } => {
            said(backup::backup(&place, &folder, &mut std::io::stdout()).await)
        }
        Command::Restore { folder, place } => {
            said(backup::restore(&place, &folder, &mut std::io::stdout()).await)
        }
        Command::Check(place) => said(backup::check(&place, &mut std::io::stdout()).await),
        Command::Copy { from, to, data } => {
            done(copy::run(&from, &to, data, &mut std::io::stdout()).await)
        }
        Command::Agents(arguments) => {
            let (mut out, mut aside) = (std::io::stdout(), std::io::stderr());
            let now = SystemClock.now();
            done(agents::run(arguments, now, agents::ask, &mut out, &mut aside).await)
        }
        Command::Feedback(arguments) => {
            done(feedback::run(arguments, &mut std::io::stdout()).await)
        }
        Command::Mail(arguments) => {
            let (mut out, mut aside) = (std::io::stdout(), std::io::stderr());
            let code = mail::run(arguments, std::io::stdin(), &mut out, &mut aside).await;
            Ok(ExitCode::from(code))
        }
        Command::People(arguments) => {
            let now = SystemClock.now();
            done(erasure::run(arguments, now, &mut std::io::stdout()).await)
        }
        Command::Relay(arguments) => {
            let now = SystemClock.now();
            done(relay::run(arguments, now, &mut std::io::stdout()).await)
        }
        Command::Shops(arguments) => {
            let (mut out, mut aside) = (std::io::stdout(), std::io::stderr());
            done(shops::run(arguments, SystemClock.now(), &mut out, &mut aside).await)
        }
        Command::Policy(PolicyCommand::Check { file }) => {
            let policy = config::load_policy(Some(&file))?;
            println!(
                "policy {} of {} is sound",
                policy.rules().version(),
                policy.rules().date()
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Openapi => {
            println!("{}", openapi::document().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What could not be done is said in one line.
fn done<E: std::error::Error + Send + Sync + 'static>(
    outcome: Result<(), E>,
) -> anyhow::Result<ExitCode> {
    match outcome {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(problem) => {
            eprintln!("{:#}", anyhow::Error::from(problem));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// 1 and 2 are for what went wrong before there was a verdict.
fn said(verdict: Result<Verdict, BackupError>) -> anyhow::Result<ExitCode> {
    match verdict? {
        Verdict::Sound => Ok(ExitCode::SUCCESS),
        Verdict::Lacking => Ok(ExitCode::from(3)),
        Verdict::LeftOver => Ok(ExitCode::from(4)),
    }
}

async fn run(args: ServeArgs) -> anyhow::Result<()> {
    let config = Config::try_from(config::gather(&args.settings, args.config.as_deref())?)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot answer on {}", config.listen))?;
    let address = listener.local_addr()?;
    let app = App::start(config, Arc::new(AdjustableClock::default())).await?;
    let desk = match app.desk_opens().await? {
        true => Some(desk::bind(&app).await?),
        false => None,
    };
    let mut lines = format!("ready http://{address}/\n");
    if let Some(desk) = &desk {
        lines.push_str(&format!("desk {}\n", desk::name(&app, desk.local_addr()?)));
    }
    // At once: who reads the first line only may have closed the pipe when a second one comes.
    let mut stdout = std::io::stdout();
    stdout.write_all(lines.as_bytes())?;
    stdout.flush()?;
    serve(listener, desk, app, told_to_stop()).await;
    Ok(())
}

async fn import_accounts(file: &Path, store: &RawStore) -> anyhow::Result<ExitCode> {
    let csv = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let store = Store::open(&config::database(store, false)?).await?;
    let outcome = import::import(&store, &csv, SystemClock.now()).await;
    store.close().await;
    match outcome {
        Ok(count) => {
            println!("{count} accounts imported");
            Ok(ExitCode::SUCCESS)
        }
        Err(ImportError::Lines(errors)) => {
            for error in &errors {
                eprintln!("{error}");
            }
            eprintln!("{} bad entries, nothing imported", errors.len());
            Ok(ExitCode::FAILURE)
        }
        Err(cause @ ImportError::Store(_)) => Err(cause.into()),
    }
}

/// JSON lines; `RUST_LOG` chooses how many. A panic is told by place only: its message may quote text.
fn log_to_stderr() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(logs::DEFAULT_FILTER));
    // Nobody else has set one: this is the program.
    let _ = tracing::subscriber::set_global_default(logs::lines(filter, std::io::stderr));
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}
