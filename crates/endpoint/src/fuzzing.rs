//! Doors to private parsers of foreign bytes, for the fuzz targets in `fuzz/`. Behind the feature `fuzzing`,
//! which no build that is shipped has. Must never decide anything: each function is one call.

use crate::clock::Timestamp;
use crate::config::{ConfigError, RawConfig, over};
use crate::directory::import::{self, LineError};
use crate::identity::{Claims, bearer, token};
use crate::mail::{authres, found, html, letter, quote};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::tickets::{body, cursor, key as idempotency, parameters, reply, seen, status};
use crate::routes::{access, accounts, download, uploads};
use crate::shops::{ShopsError, key, keys, origin};
use crate::store::accounts::AccountRecord;
use crate::store::idempotency::Fingerprint;
use crate::store::shops::keys::KeyRow;
use crate::store::tickets::{Filter, Position, Sort};
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use figment::Figment;
use figment::providers::{Format, Toml};
use partner_rules::email::Email;
use partner_rules::wire::{Access, NewReply};
use partner_rules::{Dc, Draft, Policy, Ticket};
use std::collections::BTreeSet;

/// The body of `POST /v1/tickets` as far as it was understood.
pub struct Read {
    pub dc: Option<Dc>,
    pub draft: Draft,
    pub uploads: Vec<String>,
    /// For uploads whose contents are their ids.
    pub fingerprint: Option<Fingerprint>,
    pub ticket: Result<Ticket, ApiError>,
}

pub fn ticket(bytes: &[u8], policy: &Policy, otherwise: Dc) -> Result<Read, ApiError> {
    let body = body::read(bytes)?;
    Ok(Read {
        dc: body.dc,
        draft: body.draft.clone(),
        uploads: body.uploads.clone(),
        fingerprint: body.fingerprint(Some(body.uploads.clone())),
        ticket: {
            let dc = body.dc.unwrap_or(otherwise);
            body.check(policy, dc, true).map(|sound| sound.ticket)
        },
    })
}

pub fn question(
    bytes: &[u8],
    policy: &Policy,
    served: &[Dc],
) -> Result<(Email, String, Dc), ApiError> {
    accounts::read(policy, served, bytes).map(|asked| (asked.address, asked.service, asked.dc))
}

/// The body of a reply to `reference` whose uploads have their ids as contents: as sent with its fingerprint, and
/// checked.
pub fn reply(
    bytes: &[u8],
    policy: &Policy,
    reference: &str,
) -> Result<(Option<Fingerprint>, Result<NewReply, ApiError>), ApiError> {
    let body = reply::read(bytes)?;
    let fingerprint = body.fingerprint(reference, Some(body.uploads.clone()));
    Ok((fingerprint, body.check(policy.limits(), true)))
}

/// The reason for closing or reopening.
pub fn reason(bytes: &[u8]) -> Result<Option<String>, ApiError> {
    status::read(bytes)?.check()
}

/// Until when a ticket was looked at.
pub fn seen(bytes: &[u8]) -> Result<Timestamp, ApiError> {
    let invalid = |violations| ApiError::new(ProblemCode::InvalidFields).violations(violations);
    seen::read(bytes)?.map_err(invalid)
}

pub fn level(bytes: &[u8]) -> Result<Access, ApiError> {
    let json = HeaderValue::from_static("application/json");
    access::level(&HeaderMap::from_iter([(header::CONTENT_TYPE, json)]), bytes)
}

pub fn filter(uri: &Uri, policy: &Policy) -> Result<Filter, ApiError> {
    parameters::read(Query::try_from_uri(uri), policy)
}

pub fn read_cursor(text: &str, sort: Sort) -> Option<Position> {
    cursor::read(text, sort)
}

pub fn write_cursor(sort: Sort, position: Position) -> String {
    cursor::write(sort, position)
}

pub fn read_row(list: char, text: &str) -> Option<String> {
    access::read_cursor(list, text)
}

pub fn write_row(list: char, row: &str) -> String {
    access::write_cursor(list, row)
}

pub fn idempotency_key(headers: &HeaderMap) -> Result<String, ProblemCode> {
    idempotency::read(headers)
}

pub fn upload_name(headers: &HeaderMap) -> Result<String, ApiError> {
    uploads::read_name(headers)
}

/// What a mail was read as.
pub struct Mail {
    pub subject: String,
    pub from: Vec<String>,
    pub text: String,
    pub forwarded: Vec<String>,
    /// Names and sizes.
    pub files: Vec<(String, usize)>,
    pub content: [u8; 32],
    /// Values of suggestions.
    pub suggested: Vec<String>,
    /// What of it is an answer.
    pub answer: String,
}

pub fn incoming(raw: &[u8], max_bytes: usize, policy: &Policy) -> Result<Mail, &'static str> {
    let letter = letter::read(raw, max_bytes).map_err(|aside| aside.code())?;
    let found = found::read(&letter, policy.catalogue(), &BTreeSet::new());
    let suggestions = found.suggestions.into_iter();
    let files = letter.enclosures.iter();
    Ok(Mail {
        content: letter.content(),
        suggested: suggestions.map(|one| one.value).collect(),
        answer: quote::answer(&letter.text).0,
        files: files
            .map(|file| (file.name.clone(), file.bytes.len()))
            .collect(),
        subject: letter.subject,
        from: letter.from,
        text: letter.text,
        forwarded: letter.forwarded,
    })
}

/// Who says it, and each method with its result.
pub fn authentication(value: &str) -> Option<(String, Vec<(String, String)>)> {
    let results = authres::read(value)?;
    let methods = results.methods.into_iter();
    let methods = methods.map(|method| (method.name, method.result));
    Some((results.authserv_id, methods.collect()))
}

pub fn page(html: &str) -> String {
    html::text(html)
}

pub fn disposition(name: &str) -> String {
    download::disposition(name)
}

pub fn bearer_token(headers: &HeaderMap) -> Result<&str, ApiError> {
    bearer(headers)
}

/// Algorithm and `kid`.
pub fn token_header(text: &str) -> Result<(String, Option<String>), ProblemCode> {
    token::header(text).map(|header| (header.alg, header.kid))
}

pub fn judge(claims: &Claims, audience: &str, now: Timestamp) -> Result<(), ProblemCode> {
    claims.judge(audience, now)
}

pub fn signed_claims(text: &str, key: &KeyRow) -> Result<Claims, ApiError> {
    token::signed_claims(text, key)
}

pub fn accounts(csv: &[u8]) -> (Vec<(u64, AccountRecord)>, Vec<LineError>) {
    import::read(csv)
}

pub fn settings(toml: &str) -> Result<RawConfig, ConfigError> {
    over(
        Figment::new().merge(Toml::string(toml)),
        &RawConfig::default(),
    )
}

pub fn origin_typed(text: &str) -> Result<String, ShopsError> {
    origin::normalise(text)
}

pub fn public_key(text: &str) -> Result<Vec<u8>, ShopsError> {
    key::public(text).map(|key| key.material)
}

pub fn secret(text: &str) -> Result<Vec<u8>, ShopsError> {
    key::secret(text).map(|key| key.material)
}

pub fn kid(text: &str) -> Result<String, ShopsError> {
    keys::sound_kid(text.to_owned())
}

pub fn overlap(text: &str) -> Result<i64, ShopsError> {
    keys::seconds(text)
}
