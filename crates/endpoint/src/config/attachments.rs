//! Where the bytes of files are kept: in a folder beside the database, or in a bucket of an S3-compatible store.

use super::{ConfigError, Secret, error};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

/// Half a minute is what a caller waits for an answer; this leaves something of it.
const PATIENCE: Duration = Duration::from_secs(20);
/// What S3-compatible stores take that do not know regions.
const REGION: &str = "us-east-1";

/// Where files are, as given. Every command that reads or writes files takes it.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawAttachments {
    /// Where files are kept: s3://BUCKET/PREFIX. Default: a folder beside the database
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS",
        value_name = "URL",
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments: Option<String>,

    /// Address of the S3-compatible store, such as https://objects.example. Default: Amazon's for the region
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS_ENDPOINT",
        value_name = "URL",
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_endpoint: Option<String>,

    /// The bucket's region. Default: us-east-1
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS_REGION",
        value_name = "NAME",
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_region: Option<String>,

    /// The access key's ID. Default: what AWS_ACCESS_KEY_ID and its companions say, or the machine's role
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS_KEY_ID",
        value_name = "ID",
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_key_id: Option<String>,

    /// The access key's secret. Required with `attachments_key_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_secret: Option<Secret>,

    /// Seconds for an answer of the S3-compatible store. Default: 20
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_ATTACHMENTS_SECONDS",
        value_name = "N",
        global = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_seconds: Option<u64>,
}

/// Where files are kept. Only made from a [`RawAttachments`].
#[derive(Clone, Debug)]
pub enum Attachments {
    /// A folder beside the database.
    Folder,
    Bucket(Box<BucketConfig>),
}

#[derive(Clone, Debug)]
pub struct BucketConfig {
    pub bucket: String,
    /// Without slashes around it; may be empty.
    pub prefix: String,
    /// `None`: Amazon's.
    pub endpoint: Option<Url>,
    pub region: String,
    /// `None`: as the environment or the machine's role says.
    pub key: Option<AccessKey>,
    /// For a request to be answered, and for each piece of an answer.
    pub patience: Duration,
}

#[derive(Clone, Debug)]
pub struct AccessKey {
    pub id: String,
    pub secret: Secret,
}

impl Attachments {
    pub fn read(raw: &RawAttachments) -> Result<Self, ConfigError> {
        let Some(place) = raw.attachments.as_deref() else {
            return match raw {
                RawAttachments {
                    attachments: None,
                    attachments_endpoint: None,
                    attachments_region: None,
                    attachments_key_id: None,
                    attachments_secret: None,
                    attachments_seconds: None,
                } => Ok(Self::Folder),
                _ => Err(error(
                    "attachments",
                    "is required with the other settings of the store for files",
                )),
            };
        };
        let (bucket, prefix) = place_of(place)?;
        let key = match (&raw.attachments_key_id, &raw.attachments_secret) {
            (None, None) => None,
            (Some(id), Some(secret)) if !id.trim().is_empty() => Some(AccessKey {
                id: id.trim().to_owned(),
                secret: secret.clone(),
            }),
            (Some(_) | None, Some(_) | None) => Err(error(
                "attachments_key_id",
                "and `attachments_secret` are both required, or neither",
            ))?,
        };
        let endpoint = raw.attachments_endpoint.as_deref().map(endpoint);
        let region = raw.attachments_region.as_deref().unwrap_or(REGION).trim();
        if region.is_empty() {
            return Err(error("attachments_region", "must not be empty"));
        }
        Ok(Self::Bucket(Box::new(BucketConfig {
            bucket,
            prefix,
            endpoint: endpoint.transpose()?,
            region: region.to_owned(),
            key,
            patience: super::limits::seconds(
                raw.attachments_seconds,
                "attachments_seconds",
                PATIENCE,
            )?,
        })))
    }
}

fn place_of(place: &str) -> Result<(String, String), ConfigError> {
    let wrong = || error("attachments", "must be s3://BUCKET or s3://BUCKET/PREFIX");
    let rest = place.strip_prefix("s3://").ok_or_else(wrong)?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let prefix = prefix.trim_matches('/');
    let steps = |step: &str| plain(step) && !matches!(step, "" | "." | "..");
    if bucket.is_empty() || !plain(bucket) || !(prefix.is_empty() || prefix.split('/').all(steps)) {
        return Err(wrong());
    }
    Ok((bucket.to_owned(), prefix.to_owned()))
}

fn endpoint(text: &str) -> Result<Url, ConfigError> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "https" | "http") && url.host().is_some())
        .filter(|url| url.query().is_none() && url.fragment().is_none())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| {
            error(
                "attachments_endpoint",
                "must be https://HOST or http://HOST",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(place: &str) -> RawAttachments {
        RawAttachments {
            attachments: Some(place.to_owned()),
            ..RawAttachments::default()
        }
    }

    #[test]
    fn a_bucket_is_named_with_or_without_a_prefix() {
        for (place, bucket, prefix) in [
            ("s3://desk", "desk", ""),
            ("s3://desk/", "desk", ""),
            ("s3://desk.eu/a/b-1/", "desk.eu", "a/b-1"),
        ] {
            let Ok(Attachments::Bucket(config)) = Attachments::read(&raw(place)) else {
                panic!("{place}");
            };
            assert_eq!(
                (config.bucket.as_str(), config.prefix.as_str()),
                (bucket, prefix)
            );
            assert!(config.key.is_none());
        }
        assert!(matches!(
            Attachments::read(&RawAttachments::default()),
            Ok(Attachments::Folder)
        ));
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_the_name_of_its_setting() {
        let with = |change: fn(&mut RawAttachments)| {
            let mut raw = raw("s3://desk/files");
            change(&mut raw);
            raw
        };
        for (raw, field) in [
            (raw("desk"), "attachments"),
            (raw("s3://"), "attachments"),
            (raw("s3:///prefix"), "attachments"),
            (raw("s3://desk/a//b"), "attachments"),
            (raw("s3://desk/../b"), "attachments"),
            (raw("s3://desk/a?b"), "attachments"),
            (
                with(|raw| {
                    raw.attachments = None;
                    raw.attachments_region = Some("eu".to_owned());
                }),
                "attachments",
            ),
            (
                with(|raw| raw.attachments_key_id = Some("id".to_owned())),
                "attachments_key_id",
            ),
            (
                with(|raw| raw.attachments_secret = Some("secret".into())),
                "attachments_key_id",
            ),
            (
                with(|raw| raw.attachments_endpoint = Some("objects.example".to_owned())),
                "attachments_endpoint",
            ),
            (
                with(|raw| raw.attachments_endpoint = Some("https://a:b@c.example".to_owned())),
                "attachments_endpoint",
            ),
            (
                with(|raw| raw.attachments_region = Some(" ".to_owned())),
                "attachments_region",
            ),
            (
                with(|raw| raw.attachments_seconds = Some(0)),
                "attachments_seconds",
            ),
        ] {
            let wrong = Attachments::read(&raw).expect_err("refused");
            assert_eq!(wrong.field, field);
        }
    }
}
