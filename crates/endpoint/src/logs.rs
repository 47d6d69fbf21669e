//! How this program logs: JSON lines, of which `RUST_LOG` chooses how many.
//!
//! Never in a line: texts, names, addresses, tokens, keys, whole URLs, bodies. The tests look through every line that
//! they cause for everything that they sent.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// What is logged unless `RUST_LOG` says otherwise.
pub const DEFAULT_FILTER: &str = "warn,partner_endpoint=info";

/// Writes lines that the filter lets through. Lines of a request bear its id.
pub fn lines<W>(filter: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .with_current_span(false)
        .with_env_filter(filter)
        .with_writer(writer)
        .finish()
}
