//! The calls that the relay makes, and what their answers mean for a ticket.

use super::Relay;
use super::client::{Answer, Ask, Broken, Form, NoToken, Unmade};
use super::fields;
use crate::config::RelayFields;
use crate::store::relay::{FieldError, Standing, Upstream};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;

pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// For twenty megabytes over a slow line.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(240);
/// More than one is a mistake that somebody has to hear of.
const HITS: u32 = 10;

/// Why a call came to nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It cannot have been carried out: it did not leave, or was answered by "no".
    NotDone(String),
    /// It may have been carried out.
    Unknown(String),
    /// It was not carried out: the portal asks for fewer calls.
    Slow(Option<u64>),
    /// It was not carried out, and would not be the next time either: what was sent is refused.
    Refused(String, Vec<FieldError>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ticket {
    id: Value,
    ticket_number: Option<Value>,
    web_url: Option<String>,
    status: Option<String>,
    status_type: Option<String>,
    modified_time: Option<String>,
    #[serde(default)]
    pub(super) cf: Map<String, Value>,
}

#[derive(Deserialize)]
struct Found {
    data: Vec<Ticket>,
}

#[derive(Deserialize)]
struct Uploaded {
    id: Value,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Complaint {
    error_code: String,
    errors: Vec<Complained>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complained {
    field_name: String,
    #[serde(default)]
    error_type: String,
}

impl Relay {
    /// Creates a ticket. No trouble but [`Trouble::Unknown`] leaves it open whether it was.
    pub(super) async fn create(&self, json: &[u8]) -> Result<Upstream, Trouble> {
        let ask = Ask::Post {
            path: "/api/v1/tickets",
            json,
        };
        let answer = self.ask(ask, PATIENCE).await?;
        // A ticket whose answer cannot be read is there all the same.
        let ticket: Ticket = parse(&answer)?;
        ticket.upstream()
    }

    /// Sends a file ahead; the id under which a ticket takes it.
    pub(super) async fn upload(&self, file: Form<'_>) -> Result<String, Trouble> {
        let ask = Ask::Upload {
            path: "/api/v1/uploads",
            file,
        };
        let answer = self.ask(ask, UPLOAD_PATIENCE).await?;
        let uploaded: Uploaded = parse(&answer)?;
        id(&uploaded.id)
    }

    /// Looks for the ticket with our reference; should there be several, somebody hears of it.
    pub(super) async fn look(&self, reference: &str) -> Result<Option<Upstream>, Trouble> {
        let config = &self.config;
        let wanted = format!("{}:{reference}", config.fields.reference);
        let path = format!(
            "/api/v1/tickets/search?departmentId={}&customField1={}&limit={HITS}",
            config.department_id,
            utf8_percent_encode(&wanted, NON_ALPHANUMERIC)
        );
        let answer = self.ask(Ask::Get { path: &path }, PATIENCE).await?;
        if answer.status == 204 {
            return Ok(None);
        }
        let found: Found = parse(&answer)?;
        let mut ours = Vec::new();
        for hit in found.data {
            // A search finds what is similar, too; and what it shows of a ticket differs from portal to portal.
            let hit = match hit.cf.contains_key(&config.fields.reference) {
                true => hit,
                false => self.whole(&id(&hit.id)?).await?,
            };
            let said = hit.cf.get(&config.fields.reference);
            if said.and_then(Value::as_str) == Some(reference) {
                ours.push(hit.upstream()?);
            }
        }
        if ours.len() > 1 {
            tracing::error!(reference, "a ticket is there more than once");
        }
        Ok(ours.into_iter().next())
    }

    /// A ticket with all its fields.
    pub(super) async fn whole(&self, id: &str) -> Result<Ticket, Trouble> {
        let path = format!(
            "/api/v1/tickets/{}",
            utf8_percent_encode(id, NON_ALPHANUMERIC)
        );
        parse(&self.ask(Ask::Get { path: &path }, PATIENCE).await?)
    }

    /// A call with a token that holds: one that is refused is renewed once.
    pub(super) async fn ask(&self, ask: Ask<'_>, within: Duration) -> Result<Answer, Trouble> {
        let mut stale = None;
        loop {
            if self.pace.is_slow(self.clock.now()) {
                return Err(Trouble::Slow(None));
            }
            let token = self
                .tokens
                .get(&self.web, &self.config, &*self.clock, stale.as_deref())
                .await?;
            let config = &self.config;
            let request = ask
                .request(&config.desk_url, &token, &config.org_id)
                .await?;
            let answer = self.web.call(request, within).await?;
            if answer.status != 401 {
                return judge(answer);
            }
            if stale.is_some() {
                return Err(Trouble::NotDone("unauthorized".to_owned()));
            }
            stale = Some(token);
        }
    }
}

impl Ticket {
    /// What the portal's own rules, and its agents, made of it.
    pub(super) fn standing(&self, fields: &RelayFields) -> Standing {
        let of = |name: &Option<String>| self.cf.get(name.as_deref()?);
        Standing {
            status: self.status_type.clone().or_else(|| self.status.clone()),
            flag: of(&fields.flag).and_then(fields::truth),
            severity: of(&fields.severity)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty() && text.chars().count() <= fields::VALUE_MAX)
                .map(str::to_owned),
            modified: self.modified_time.clone().filter(|text| text.len() <= 64),
        }
    }

    fn upstream(&self) -> Result<Upstream, Trouble> {
        let web = self.web_url.as_deref();
        Ok(Upstream {
            id: id(&self.id)?,
            number: self.ticket_number.as_ref().map(id).transpose()?,
            url: web
                .filter(|url| url.starts_with("https://") && url.len() <= 2048)
                .map(str::to_owned),
        })
    }
}

/// Ids and numbers come as text or as numbers.
pub(super) fn id(value: &Value) -> Result<String, Trouble> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if text.is_empty() || text.len() > 64 || !text.chars().all(plain) {
        return Err(Trouble::Unknown("answer_unreadable".to_owned()));
    }
    Ok(text)
}

pub(super) fn parse<T: for<'a> Deserialize<'a>>(answer: &Answer) -> Result<T, Trouble> {
    serde_json::from_slice(&answer.body)
        .map_err(|_| Trouble::Unknown("answer_unreadable".to_owned()))
}

/// What an answer that is no 401 means.
fn judge(answer: Answer) -> Result<Answer, Trouble> {
    let complaint = || serde_json::from_slice::<Complaint>(&answer.body).unwrap_or_default();
    match answer.status {
        200..=299 => Ok(answer),
        429 => Err(Trouble::Slow(answer.retry_after)),
        400..=499 => {
            let Complaint { error_code, errors } = complaint();
            let code = code(&error_code, answer.status);
            match (answer.status, code.as_str()) {
                (_, "THRESHOLD_EXCEEDED" | "TOO_MANY_REQUESTS") => {
                    Err(Trouble::Slow(answer.retry_after))
                }
                // About us and our set-up, not about this ticket.
                (403 | 404 | 407 | 421, _) => Err(Trouble::NotDone(code)),
                // Whoever waited for it has gone on meanwhile.
                (408, _) => Err(Trouble::Unknown(code)),
                _ => Err(Trouble::Refused(
                    code,
                    errors.into_iter().map(said).collect(),
                )),
            }
        }
        status => {
            let code = code(&complaint().error_code, status);
            match code.as_str() {
                "THRESHOLD_EXCEEDED" | "TOO_MANY_REQUESTS" => {
                    Err(Trouble::Slow(answer.retry_after))
                }
                // Whoever passes requests on says so when it has lost an answer, too.
                _ => Err(Trouble::Unknown(code)),
            }
        }
    }
}

/// The portal's own code if it looks like one; never what it says besides, which may quote the ticket.
fn code(said: &str, status: u16) -> String {
    let plain = |c: char| c.is_ascii_uppercase() || c == '_';
    if said.is_empty() || said.len() > 64 || !said.chars().all(plain) {
        return format!("status_{status}");
    }
    said.to_owned()
}

fn said(one: Complained) -> FieldError {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-'))
            .take(64)
            .collect()
    };
    FieldError {
        field: plain(one.field_name.trim_start_matches('/')),
        code: plain(&one.error_type),
    }
}

impl From<Broken> for Trouble {
    fn from(broken: Broken) -> Self {
        let code = broken.code().to_owned();
        match broken {
            Broken::Unreached => Self::NotDone(code),
            Broken::Cut | Broken::Late | Broken::TooLong => Self::Unknown(code),
        }
    }
}

impl From<NoToken> for Trouble {
    fn from(cause: NoToken) -> Self {
        match cause {
            NoToken::Broken(code) => Self::NotDone(code.to_owned()),
            NoToken::Slow(wait) => Self::Slow(wait),
            NoToken::Refused => Self::NotDone("oauth_refused".to_owned()),
        }
    }
}

impl From<Unmade> for Trouble {
    fn from(cause: Unmade) -> Self {
        Self::NotDone(match cause {
            Unmade::File(_) => "file_unreadable".to_owned(),
            Unmade::Http(_) => "request_unsound".to_owned(),
            Unmade::Randomness(_) => "no_randomness".to_owned(),
        })
    }
}
