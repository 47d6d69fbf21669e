//! What the command line says when it cannot do what it was asked. English; never a secret.

use crate::config::ConfigError;
use crate::erasure::ErasureError;
use crate::random::NoRandomness;
use crate::store::shops::register::RegisterError;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum ShopsError {
    #[error(
        "a shop's id is 1 to 64 lower-case letters, digits, `-`, `_` or `.`, beginning with a letter or digit"
    )]
    ShopId,
    #[error("a shop's name is 1 to 200 characters without control characters")]
    ShopName,
    #[error("access is none, own or company")]
    Access,
    #[error("nothing to change: give --name, --default-access or --closed-days")]
    NothingToChange,
    #[error("closed tickets are kept for 31 days or more, or `default`")]
    ClosedDays,
    #[error("a kid is 1 to 128 letters, digits, `-`, `_`, `.` or `:`")]
    Kid,
    #[error("the algorithm is EdDSA or HS256")]
    Algorithm,
    #[error("an EdDSA key needs --public-key, --public-key-file or --generate")]
    NoSource,
    #[error("a public key belongs to EdDSA, a secret to HS256; --alg says otherwise")]
    OtherAlgorithm,
    #[error(
        "that is no sound Ed25519 public key: give PEM, or its 32 bytes in base64url or hexadecimal"
    )]
    PublicKey,
    #[error(
        "that is a private key: it stays with the shop and should be replaced if others saw it; give the public one"
    )]
    PrivateKey,
    #[error("a secret is 32 to 1024 bytes of text in one file")]
    Secret,
    #[error("that is a key in PEM, no HS256 secret")]
    PemSecret,
    #[error("a time is a number with s, m, h or d, at most 365d, such as 24h")]
    Overlap,
    #[error("{origin} is no origin: {problem}")]
    Origin {
        origin: String,
        problem: &'static str,
    },
    #[error("{0} is no e-mail address")]
    Email(String),
    #[error("{file} cannot be read: {kind}")]
    File {
        file: PathBuf,
        kind: std::io::ErrorKind,
    },
    #[error("there is no database {0}; `shops add` makes one")]
    NoDatabase(PathBuf),
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Erasure(#[from] ErasureError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<StoreError> for ShopsError {
    fn from(cause: StoreError) -> Self {
        Self::Register(RegisterError::Store(cause))
    }
}
