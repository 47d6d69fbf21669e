//! Tokens of every kind, sound and forged.

use super::server;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use partner_endpoint::clock::{Clock, SystemClock};
use partner_endpoint::store::Store;
use partner_endpoint::store::shops::ShopRow;
use partner_endpoint::store::shops::keys::{KeyAlgorithm, KeyRow};
use partner_rules::wire::Access;
use serde_json::{Value, json};
use std::path::Path;

/// A test vector's key pair (RFC 8032, 7.1, test 1).
const ED25519_SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];
pub(crate) const ED25519_PUBLIC: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
    0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];
pub(crate) const HS256_SECRET: &[u8] = b"thirty-two bytes of test secret!";

pub(crate) const TWO_SECRET: &[u8] = b"another thirty-two bytes secret!";

pub(crate) fn ed25519() -> EncodingKey {
    const PKCS8: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    EncodingKey::from_ed_der(&[PKCS8.as_slice(), &ED25519_SEED].concat())
}

/// Registers shop `one` with the key `one-hs`, for programs on this folder. Gives what its tokens are made from.
pub(crate) async fn shop_one(data: &Path) -> Forge {
    let now = SystemClock.now();
    let store = Store::open(&server::database(data)).await.expect("opened");
    let shop = ShopRow {
        id: "one".to_owned(),
        name: "One".to_owned(),
        default_access: Access::Own,
    };
    store.put_shop(&shop, false, now).await.expect("shop");
    let key = KeyRow {
        kid: "one-hs".to_owned(),
        shop_id: "one".to_owned(),
        algorithm: KeyAlgorithm::Hs256,
        material: HS256_SECRET.to_vec(),
    };
    store.add_key(&key, now).await.expect("key");
    store.close().await;
    Forge::new(now.seconds())
}

/// A token in the making; every part can be spoiled.
#[derive(Clone, Debug)]
pub(crate) struct Forge {
    pub(crate) kid: Option<String>,
    pub(crate) claims: Value,
}

impl Forge {
    /// Sound claims of a member of shop `one`, from now on for 15 minutes.
    pub(crate) fn new(now_s: i64) -> Self {
        Self {
            kid: Some("one-hs".to_owned()),
            claims: json!({
                "sub": "ada@one.example", "name": "Ada", "shop": "one", "role": "member",
                "aud": "test-group", "iat": now_s, "exp": now_s + 900,
            }),
        }
    }

    pub(crate) fn kid(mut self, kid: &str) -> Self {
        self.kid = Some(kid.to_owned());
        self
    }

    pub(crate) fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.claims.as_object_mut().expect("claims").remove(name);
        self
    }

    pub(crate) fn hs256(&self, secret: &[u8]) -> String {
        self.sign(Algorithm::HS256, &EncodingKey::from_secret(secret))
    }

    pub(crate) fn eddsa(&self) -> String {
        self.sign(Algorithm::EdDSA, &ed25519())
    }

    pub(crate) fn sign(&self, algorithm: Algorithm, key: &EncodingKey) -> String {
        let header = Header {
            kid: self.kid.clone(),
            ..Header::new(algorithm)
        };
        jsonwebtoken::encode(&header, &self.claims, key).expect("signed")
    }
}
