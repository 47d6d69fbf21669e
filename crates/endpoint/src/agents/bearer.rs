//! Who calls `/agent`: an agent, by a token that this endpoint gave out. A partner's token is none.

use super::{Agent, Secret};
use crate::address::ClientAddress;
use crate::app::App;
use crate::identity::bearer;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// An extractor; a handler that takes one answers nobody else.
#[derive(Clone, Debug)]
pub struct AgentCaller(pub Agent);

impl FromRequestParts<Arc<App>> for AgentCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        match agent(parts, app).await {
            Err(refusal) if refusal.is_about_the_token() => {
                let address = parts.extensions.get::<ClientAddress>();
                // Without an address there is nobody to count; only the layers' absence does that.
                address.map_or(Ok(()), |address| app.rates.failure(*address))?;
                Err(refusal)
            }
            other => other.map(Self),
        }
    }
}

async fn agent(parts: &Parts, app: &App) -> Result<Agent, ApiError> {
    let token = bearer(&parts.headers)?;
    let secret = Secret::of_token(token).ok_or(ProblemCode::TokenMalformed)?;
    let found = app.store.agent_of_token(&secret, app.clock.now()).await?;
    found.ok_or_else(|| ProblemCode::AgentTokenUnknown.into())
}
