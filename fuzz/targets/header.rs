//! Whatever stands in the headers of a call: an idempotency key or a token is taken as it stands, or refused
//! as the sender's mistake. Two of a kind are never taken.

#![no_main]

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use partner_desk_fuzz::refused;
use partner_endpoint::fuzzing;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = HeaderValue::from_bytes(bytes) else {
        return;
    };
    match fuzzing::idempotency_key(&headers(KEY, &value, 1)) {
        Err(code) => assert_eq!(refused(code), 400),
        Ok(key) => {
            assert!((1..=255).contains(&key.len()));
            assert!(key.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            assert!(!key.starts_with(' ') && !key.ends_with(' '));
            let again = HeaderValue::from_str(&key).unwrap();
            assert_eq!(
                fuzzing::idempotency_key(&headers(KEY, &again, 1)).ok(),
                Some(key)
            );
        }
    }
    refused(fuzzing::idempotency_key(&headers(KEY, &value, 2)).unwrap_err());

    let one = headers(header::AUTHORIZATION, &value, 1);
    match fuzzing::bearer_token(&one) {
        Err(refusal) => assert_eq!(refused(refusal), 401),
        Ok(token) => {
            assert!(token.len() + 7 <= bytes.len() && token.trim() == token);
            let again = HeaderValue::from_str(&format!("bearer {token}")).unwrap();
            let again = headers(header::AUTHORIZATION, &again, 1);
            assert_eq!(fuzzing::bearer_token(&again).ok(), Some(token));
        }
    }
    let two = headers(header::AUTHORIZATION, &value, 2);
    refused(fuzzing::bearer_token(&two).err().unwrap());
});

fn headers(name: HeaderName, value: &HeaderValue, times: usize) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for _ in 0..times {
        headers.append(name.clone(), value.clone());
    }
    headers
}
