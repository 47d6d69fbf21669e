//! Files as objects of an S3-compatible store, each under its id.
//!
//! Every request is signed with the hash of its body, so what arrived otherwise than it was sent is refused. A
//! bucket, or a prefix in it, belongs to one installation: objects without a row are removed, so another's
//! would be. A mark in it says whose it is.

mod calls;

use super::{Found, OWNER};
use crate::clock::Timestamp;
use crate::config::BucketConfig;
use calls::Caller;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use hyper::body::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::buffered::BufWriter;
use object_store::client::{HttpError, HttpErrorKind};
use object_store::path::Path;
use object_store::{
    BackoffConfig, Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::Semaphore;
use tracing::Instrument;

/// Sent at a time, and so in memory: the smallest that S3 takes as part of an object.
const PIECE: usize = 5 * 1024 * 1024;
/// Files on their way at a time; each has a piece or two in memory.
const AT_A_TIME: usize = 8;
/// What may pass within the bound of a call: a store that restarts, a connection that is cut.
const RETRIES: usize = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

#[derive(Clone)]
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
    /// As in the settings.
    name: String,
    ways: Arc<Semaphore>,
    patience: Duration,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// Whose the objects under a prefix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Ours,
    Others,
}

impl Bucket {
    pub(super) fn new(config: &BucketConfig) -> io::Result<Self> {
        let builder = match &config.key {
            None => AmazonS3Builder::from_env(),
            Some(key) => AmazonS3Builder::new()
                .with_access_key_id(&key.id)
                .with_secret_access_key(key.secret.reveal()),
        };
        let mut builder = builder
            .with_bucket_name(&config.bucket)
            .with_region(&config.region)
            .with_disable_bulk_delete(true)
            .with_http_connector(Caller::new(config.patience)?)
            .with_retry(RetryConfig {
                max_retries: RETRIES,
                retry_timeout: config.patience,
                backoff: BackoffConfig {
                    init_backoff: FIRST_PAUSE,
                    max_backoff: config.patience,
                    ..BackoffConfig::default()
                },
            });
        if let Some(endpoint) = &config.endpoint {
            // Names of buckets under names of hosts need certificates and DNS that few have outside of Amazon.
            builder = builder
                .with_endpoint(endpoint.as_str().trim_end_matches('/'))
                .with_allow_http(endpoint.scheme() == "http")
                .with_virtual_hosted_style_request(false);
        }
        let name = match config.prefix.as_str() {
            "" => format!("s3://{}", config.bucket),
            prefix => format!("s3://{}/{prefix}", config.bucket),
        };
        Ok(Self {
            store: Arc::new(builder.build().map_err(unusable)?),
            prefix: Path::from(config.prefix.as_str()),
            name,
            ways: Arc::new(Semaphore::new(AT_A_TIME)),
            patience: config.patience,
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn at(&self, id: &str) -> Path {
        self.prefix.clone().join(id)
    }

    /// Puts a file there. When this returns, the store has it. Whoever waits may go away meanwhile: it is finished,
    /// or taken back, all the same.
    pub(super) async fn put(&self, id: &str, mut file: tokio::fs::File) -> io::Result<()> {
        let ways = Arc::clone(&self.ways).acquire_owned();
        let Ok(way) = tokio::time::timeout(self.patience, ways).await else {
            return Err(io::Error::new(ErrorKind::TimedOut, Trouble::Busy));
        };
        let way = way.map_err(io::Error::other)?;
        let (store, path): (Arc<dyn ObjectStore>, _) = (self.store.clone(), self.at(id));
        let task = async move {
            let mut object = BufWriter::with_capacity(store, path, PIECE).with_max_concurrency(1);
            let sent = async {
                tokio::io::copy(&mut file, &mut object).await?;
                object.shutdown().await
            };
            let sent = sent.await;
            if sent.is_err() {
                // Parts of an object cost room, and nobody sees them.
                let _ = object.abort().await;
            }
            drop(way);
            sent
        };
        let sent = tokio::spawn(task.in_current_span())
            .await
            .map_err(io::Error::other)?;
        sent.map_err(|cause| match cause.downcast::<Error>() {
            Ok(cause) => told(cause),
            Err(cause) => cause,
        })
    }

    pub(super) async fn open(&self, id: &str) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        let path = self.at(id);
        let answer = tokio::time::timeout(self.patience, self.store.get(&path)).await;
        let late = |_| io::Error::new(ErrorKind::TimedOut, Trouble::Late);
        let object = answer.map_err(late)?.map_err(told)?;
        Ok(object.into_stream().map_err(told).boxed())
    }

    /// One that is not there is no failure.
    pub(super) async fn remove(&self, id: &str) -> io::Result<()> {
        match self.store.delete(&self.at(id)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(told(cause)),
        }
    }

    /// All objects of this place, without the mark.
    pub(super) fn list(&self, oldest: Timestamp) -> BoxStream<'static, io::Result<Found>> {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.is_root());
        let listed = self.store.list(prefix);
        let ours = self.prefix.clone();
        listed
            .map_err(told)
            .try_filter_map(move |object| {
                let found = found(&ours, &object, oldest);
                async move { Ok(found) }
            })
            .boxed()
    }

    /// Whether nothing at all is in this place.
    pub(super) async fn is_empty(&self) -> io::Result<bool> {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.is_root());
        let first = self.store.list(prefix).next().await;
        Ok(first.transpose().map_err(told)?.is_none())
    }

    /// Marks this place as this installation's, unless it is another's.
    pub(super) async fn claim(&self, installation: &str) -> io::Result<Claim> {
        let path = self.at(OWNER);
        match self.store.get(&path).await {
            Ok(mark) => {
                let mark = mark.bytes().await.map_err(told)?;
                Ok(match mark.as_ref() == installation.as_bytes() {
                    true => Claim::Ours,
                    false => Claim::Others,
                })
            }
            Err(Error::NotFound { .. }) => {
                let mark = PutPayload::from(installation.to_owned());
                self.store.put(&path, mark).await.map_err(told)?;
                Ok(Claim::Ours)
            }
            Err(cause) => Err(told(cause)),
        }
    }
}

/// `None` for what is no file of ours: the mark, and what is deeper.
fn found(ours: &Path, object: &ObjectMeta, oldest: Timestamp) -> Option<Found> {
    let mut rest = object.location.prefix_match(ours)?;
    let name = rest.next()?.as_ref().to_owned();
    let is_file = rest.next().is_none() && name != OWNER;
    is_file.then(|| Found {
        name,
        size: object.size,
        old: Timestamp::from_millis(object.last_modified.timestamp_millis()) < oldest,
    })
}

/// What went wrong with the store, without addresses and names: the library's own words have them.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum Trouble {
    #[error("the store for files cannot be reached")]
    Unreachable,
    #[error("the store for files broke off")]
    Cut,
    #[error("the store for files did not answer in time")]
    Late,
    #[error("the store for files is busy with other files")]
    Busy,
    #[error("there is no such object, or no such bucket")]
    Missing,
    #[error("the store for files does not let us: credentials, region or permissions are wrong")]
    Denied,
    #[error("the store for files does not know these credentials")]
    Unknown,
    #[error("the store for files failed")]
    Failed,
}

/// Nothing has been asked yet: what is wrong is in the settings or in the environment, and is said in full.
fn unusable(cause: Error) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, cause)
}

fn told(cause: Error) -> io::Error {
    let call = call(&cause).map(HttpError::kind);
    let (kind, trouble) = if matches!(cause, Error::NotFound { .. }) {
        (ErrorKind::NotFound, Trouble::Missing)
    } else if matches!(cause, Error::PermissionDenied { .. }) {
        (ErrorKind::PermissionDenied, Trouble::Denied)
    } else if matches!(cause, Error::Unauthenticated { .. }) {
        (ErrorKind::PermissionDenied, Trouble::Unknown)
    } else if call == Some(HttpErrorKind::Connect) {
        (ErrorKind::NotConnected, Trouble::Unreachable)
    } else if call == Some(HttpErrorKind::Timeout) {
        (ErrorKind::TimedOut, Trouble::Late)
    } else if call == Some(HttpErrorKind::Interrupted) {
        (ErrorKind::UnexpectedEof, Trouble::Cut)
    } else {
        (ErrorKind::Other, Trouble::Failed)
    };
    io::Error::new(kind, trouble)
}

/// The call that is behind it, if it was one.
fn call<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a HttpError> {
    let mut next = Some(cause);
    while let Some(cause) = next {
        if let Some(call) = cause.downcast_ref() {
            return Some(call);
        }
        next = cause.source();
    }
    None
}
