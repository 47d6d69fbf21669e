//! `shops keys …`.

use super::key::{self, NewKey};
use super::{Desk, ShopsError};
use crate::cli::{KeySource, KeysCommand};
use crate::random;
use crate::store::shops::keys::{KeyAlgorithm, KeyRow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::io::Read;
use std::path::Path;

const KID_MAX: usize = 128;
const OVERLAP_MAX_S: i64 = 365 * 24 * 60 * 60;
/// Keys are small; a wrong file need not be read whole.
const FILE_MAX: u64 = 64 * 1024;

impl Desk<'_> {
    pub(super) async fn keys(&mut self, command: KeysCommand) -> Result<(), ShopsError> {
        match command {
            KeysCommand::Add { shop, source } => {
                let new = made(&source, KeyAlgorithm::EdDsa)?;
                self.record(&shop, source.kid, new, None).await
            }
            KeysCommand::Rotate {
                shop,
                source,
                overlap,
                now,
            } => {
                let overlap = if now { 0 } else { seconds(&overlap)? };
                let newest = self.store.keys(Some(&shop)).await?;
                let usual = newest
                    .last()
                    .map_or(KeyAlgorithm::EdDsa, |entry| entry.key.algorithm);
                let new = made(&source, usual)?;
                self.record(&shop, source.kid, new, Some(overlap)).await
            }
            KeysCommand::Withdraw { shop, kid } => {
                self.store.withdraw_key(&shop, &kid, self.now).await?;
                writeln!(self.out, "key {kid} of shop {shop} withdrawn")?;
                Ok(())
            }
            KeysCommand::List { shop } => self.list_keys(shop.as_deref()).await,
        }
    }

    /// Stores the key first: one that could not be stored is not shown.
    async fn record(
        &mut self,
        shop: &str,
        kid: Option<String>,
        new: NewKey,
        overlap_s: Option<i64>,
    ) -> Result<(), ShopsError> {
        let kid = match kid {
            Some(kid) => sound_kid(kid)?,
            None => format!("{shop}-{}", random::hex(&random::bytes::<4>()?)),
        };
        let row = KeyRow {
            kid,
            shop_id: shop.to_owned(),
            algorithm: new.algorithm,
            material: new.material,
        };
        let end = overlap_s.map(|seconds| self.now.plus_seconds(seconds));
        let ending = self.store.register_key(&row, end, self.now).await?;
        let remarks = match &new.to_show {
            Some(secret) => {
                writeln!(self.out, "{secret}")?;
                &mut *self.aside
            }
            None => &mut *self.out,
        };
        let (kid, algorithm) = (row.kid, row.algorithm.name());
        writeln!(remarks, "key {kid} ({algorithm}) of shop {shop} added")?;
        if let Some(end) = end.filter(|_| ending > 0) {
            writeln!(remarks, "other keys ending {}: {ending}", end.rfc3339())?;
        }
        if new.to_show.is_some() {
            writeln!(remarks, "the private part was shown this once")?;
        }
        Ok(())
    }

    async fn list_keys(&mut self, shop: Option<&str>) -> Result<(), ShopsError> {
        if let Some(shop) = shop {
            self.store.known_shop(shop).await?;
        }
        writeln!(
            self.out,
            "shop\tkid\talgorithm\tstate\tcreated_at\tends_at\tpublic_key"
        )?;
        for entry in self.store.keys(shop).await? {
            let state = match entry.withdrawn_at {
                Some(_) if !entry.is_valid(self.now) => "withdrawn",
                Some(_) => "ending",
                None => "valid",
            };
            let ends_at = entry
                .withdrawn_at
                .map(|end| end.rfc3339())
                .unwrap_or_default();
            let public = match entry.key.algorithm {
                KeyAlgorithm::EdDsa => URL_SAFE_NO_PAD.encode(&entry.key.material),
                KeyAlgorithm::Hs256 => String::new(),
            };
            writeln!(
                self.out,
                "{}\t{}\t{}\t{state}\t{}\t{ends_at}\t{public}",
                entry.key.shop_id,
                entry.key.kid,
                entry.key.algorithm.name(),
                entry.created_at.rfc3339()
            )?;
        }
        Ok(())
    }
}

/// The key that the options mean; `usual` if they name no algorithm.
fn made(source: &KeySource, usual: KeyAlgorithm) -> Result<NewKey, ShopsError> {
    let named = source.alg.as_deref().map(key::algorithm).transpose()?;
    let given = if let Some(text) = &source.public_key {
        Some(key::public(text)?)
    } else if let Some(file) = &source.public_key_file {
        Some(key::public(&read(file)?)?)
    } else if let Some(file) = &source.secret_file {
        Some(key::secret(&read(file)?)?)
    } else {
        None
    };
    match (given, named) {
        (Some(given), Some(named)) if given.algorithm != named => Err(ShopsError::OtherAlgorithm),
        (Some(given), _) => Ok(given),
        (None, named) => match named.unwrap_or(usual) {
            KeyAlgorithm::EdDsa if !source.generate => Err(ShopsError::NoSource),
            algorithm @ (KeyAlgorithm::EdDsa | KeyAlgorithm::Hs256) => key::generate(algorithm),
        },
    }
}

fn read(file: &Path) -> Result<String, ShopsError> {
    let refuse = |cause: std::io::Error| ShopsError::File {
        file: file.to_owned(),
        kind: cause.kind(),
    };
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(FILE_MAX)
            .read_to_string(&mut text)
            .map_err(refuse)?;
    } else {
        std::fs::File::open(file)
            .and_then(|opened| opened.take(FILE_MAX).read_to_string(&mut text))
            .map_err(refuse)?;
    }
    Ok(text)
}

pub(crate) fn sound_kid(kid: String) -> Result<String, ShopsError> {
    let sound = (1..=KID_MAX).contains(&kid.len())
        && kid
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'));
    if sound { Ok(kid) } else { Err(ShopsError::Kid) }
}

/// `90s`, `30m`, `24h`, `7d` in seconds.
pub(crate) fn seconds(text: &str) -> Result<i64, ShopsError> {
    let text = text.trim();
    let unit = match text.chars().next_back() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 60 * 60,
        Some('d') => 24 * 60 * 60,
        Some(_) | None => return Err(ShopsError::Overlap),
    };
    let number = text.get(..text.len() - 1).unwrap_or_default();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ShopsError::Overlap);
    }
    number
        .parse::<i64>()
        .ok()
        .and_then(|number| number.checked_mul(unit))
        .filter(|seconds| *seconds <= OVERLAP_MAX_S)
        .ok_or(ShopsError::Overlap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit_and_a_bound() {
        for (text, expected) in [("90s", 90), ("30m", 1800), ("24h", 86_400), ("7d", 604_800)] {
            assert_eq!(seconds(text).ok(), Some(expected), "{text}");
        }
        for text in [
            "",
            "h",
            "24",
            "-1h",
            "+1h",
            "1.5h",
            "366d",
            "9999999999999999999d",
            "1é",
        ] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_kid_is_plain() {
        assert!(sound_kid("shop-1:a.b_C".to_owned()).is_ok());
        for kid in ["", "a b", "a\nb", "é", &"k".repeat(129)] {
            assert!(sound_kid(kid.to_owned()).is_err(), "{kid}");
        }
    }
}
