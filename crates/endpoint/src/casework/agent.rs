//! Who acts. Passwords, sessions and tokens of agents are kept elsewhere; here is only what the work needs to
//! know, and the door of the JSON calls.

use crate::address::ClientAddress;
use crate::agents::Secret;
use crate::app::App;
use crate::directory::address_key;
use crate::identity::bearer;
use crate::problem::{ApiError, ProblemCode};
use crate::rates::Identity;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use partner_rules::wire::{Author, AuthorKind};
use std::sync::Arc;

/// Whose calls are counted as an agent's: no shop has this id.
const NO_SHOP: &str = "";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub id: i64,
    pub name: String,
    pub email: String,
}

impl Agent {
    /// As the one who says or does something. Partners are told the name, never the address.
    pub fn author(&self) -> Author {
        Author {
            kind: AuthorKind::Agent,
            name: self.name.clone(),
            email: Some(self.email.clone()),
        }
    }

    /// Counts a call that stores something.
    pub(crate) fn may_write(&self, app: &App) -> Result<(), ApiError> {
        app.rates.write(Identity {
            shop_id: NO_SHOP,
            sub: &self.sub(),
        })
    }

    /// What keys and uploads of this agent belong to. No partner's token can claim it: there a control
    /// character is refused.
    pub(crate) fn sub(&self) -> String {
        format!("agent\u{1f}{}", address_key(&self.email))
    }
}

/// The agent whom a bearer token stands for: one that this endpoint gave out. A partner's token is none.
async fn by_token(app: &App, token: &str) -> Result<Agent, ApiError> {
    let secret = Secret::of_token(token).ok_or(ProblemCode::TokenMalformed)?;
    let found = app.store.agent_of_token(&secret, app.clock.now()).await?;
    found.ok_or_else(|| ProblemCode::AgentTokenUnknown.into())
}

impl FromRequestParts<Arc<App>> for Agent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).map(str::to_owned);
        let agent = match token {
            Ok(token) => by_token(app, &token).await,
            Err(refusal) => Err(refusal),
        };
        match agent {
            Err(refusal) if refusal.is_about_the_token() => {
                let address = parts.extensions.get::<ClientAddress>();
                // Without an address there is nobody to count; only the layers' absence does that.
                address.map_or(Ok(()), |address| app.rates.failure(*address))?;
                Err(refusal)
            }
            Err(other) => Err(other),
            Ok(agent) => {
                let sub = agent.sub();
                app.rates.request(Identity {
                    shop_id: NO_SHOP,
                    sub: &sub,
                })?;
                Ok(agent)
            }
        }
    }
}
