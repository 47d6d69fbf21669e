//! Calls as partners make them, at both sizes in turns: what disturbs the machine disturbs both. Shops call as often as
//! they have tickets, so that large ones are measured more often than small ones.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::endpoint::{AUDIENCE, Endpoint};
use super::{SECRET, SHOPS, token};

/// Before anything is measured: caches are as in operation.
const WARM_UP: u32 = 200;
/// A token is good for 14 minutes.
const FRESH: Duration = Duration::from_secs(10 * 60);

/// One kind of call: its name in the table, and what is sent.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    List,
    Filtered,
    Rare,
    Common,
    Detail,
    Verify,
    Submit,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::List,
        Self::Filtered,
        Self::Rare,
        Self::Common,
        Self::Detail,
        Self::Verify,
        Self::Submit,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::List => "list, first page",
            Self::Filtered => "list, open S1 of a service",
            Self::Rare => "search, few matches",
            Self::Common => "search, many matches",
            Self::Detail => "one ticket",
            Self::Verify => "verify",
            Self::Submit => "submit",
        }
    }
}

/// How long calls of a kind took, at each size.
pub(super) struct Row {
    pub(super) kind: Kind,
    pub(super) took: [Vec<Duration>; 2],
}

/// One of the two, while it is measured.
struct Side<'a> {
    endpoint: &'a mut Endpoint,
    tickets: u32,
    tokens: HashMap<(u32, u32), (String, Instant)>,
}

pub(super) fn in_turns(
    endpoints: &mut [Endpoint],
    sizes: [u32; 2],
    rounds: u32,
) -> Result<Vec<Row>> {
    let mut sides: Vec<Side<'_>> = endpoints
        .iter_mut()
        .zip(sizes)
        .map(|(endpoint, tickets)| Side {
            endpoint,
            tickets,
            tokens: HashMap::new(),
        })
        .collect();
    let mut rows: Vec<Row> = Kind::ALL
        .into_iter()
        .map(|kind| Row {
            kind,
            took: [Vec::new(), Vec::new()],
        })
        .collect();
    let mut chance = Chance(1);
    for round in 0..rounds + WARM_UP {
        for row in &mut rows {
            let draw = Draw::new(&mut chance, round);
            for (side, took) in sides.iter_mut().zip(&mut row.took) {
                let time = side.call(row.kind, &draw)?;
                took.extend(time.filter(|_| round >= WARM_UP));
            }
        }
    }
    Ok(rows)
}

/// What both sides are asked in a turn.
struct Draw {
    round: u32,
    shop: u32,
    user: u32,
    number: u32,
}

impl Draw {
    fn new(chance: &mut Chance, round: u32) -> Self {
        // As tickets are spread: the square of what is drawn evenly, so that a shop calls as often as it has tickets.
        let even = f64::from(chance.below(1_000_000)) / 1_000_000.0;
        Self {
            round,
            shop: (f64::from(SHOPS) * even * even) as u32,
            user: chance.below(4),
            number: chance.below(1_000_000_000),
        }
    }
}

impl Side<'_> {
    /// `None`: there was nothing to ask for.
    fn call(&mut self, kind: Kind, draw: &Draw) -> Result<Option<Duration>> {
        let token = self.token(draw)?;
        let bearer = format!("Authorization: Bearer {token}\r\n");
        let json = format!("{bearer}Content-Type: application/json\r\n");
        let customer = draw.number % (self.tickets / 20);
        let address = format!("admin@customer{customer}.example");
        let line = &mut self.endpoint.line;
        let answer = match kind {
            Kind::List => line.call("GET", "/v1/tickets", &bearer, "")?,
            Kind::Filtered => line.call(
                "GET",
                "/v1/tickets?status=open&severity=S1&service=crm",
                &bearer,
                "",
            )?,
            Kind::Rare => {
                let path = format!("/v1/tickets?q=case+{}", draw.number % 9_973);
                line.call("GET", &path, &bearer, "")?
            }
            Kind::Common => line.call("GET", "/v1/tickets?q=sync", &bearer, "")?,
            Kind::Detail => {
                let page = line.call("GET", "/v1/tickets?limit=20", &bearer, "")?;
                let page: Value = serde_json::from_str(&page.body)?;
                let items = page.get("items").and_then(Value::as_array);
                let items = items.context("no items")?;
                let one = items.get(draw.number as usize % items.len().max(1));
                match one.and_then(|one| one.get("reference")?.as_str()) {
                    Some(reference) => {
                        line.call("GET", &format!("/v1/tickets/{reference}"), &bearer, "")?
                    }
                    // A small user of a small shop has none.
                    None => return Ok(None),
                }
            }
            Kind::Verify => {
                let body = json!({"superadmin_email": address, "service": "Zoho CRM", "dc": "eu"});
                line.call("POST", "/v1/accounts/verify", &json, &body.to_string())?
            }
            Kind::Submit => {
                let body = json!({
                    "dc": "eu", "service": "Zoho CRM", "org_id_kind": "zoid",
                    "org_id": (20_000_000_000_u64 + u64::from(customer)).to_string(),
                    "subject": "Contacts do not sync since the update", "description": "Since this morning. ".repeat(15),
                    "superadmin_email": address,
                });
                let head = format!(
                    "{json}Idempotency-Key: scale-{}-{}\r\n",
                    draw.round, draw.number
                );
                line.call("POST", "/v1/tickets", &head, &body.to_string())?
            }
        };
        Ok(Some(answer.took))
    }

    fn token(&mut self, draw: &Draw) -> Result<String> {
        let known = self.tokens.get(&(draw.shop, draw.user));
        if let Some((token, _)) = known.filter(|(_, made)| made.elapsed() < FRESH) {
            return Ok(token.clone());
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let shop = format!("shop-{}", 100_000 + draw.shop);
        let token = token::sign(&shop, draw.user, AUDIENCE, now, SECRET)?;
        self.tokens
            .insert((draw.shop, draw.user), (token.clone(), Instant::now()));
        Ok(token)
    }
}

/// Of a generator by Lehmer, modulo 2^31 - 1: the same calls in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        u32::try_from(self.0 % u64::from(end.max(1))).unwrap_or_default()
    }
}
