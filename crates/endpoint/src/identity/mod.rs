//! Who calls: a partner's user, by a token that the shop signed.
//!
//! [`Caller`] is an extractor; a handler that takes one answers nobody else. It also counts the call
//! and compares the page's origin with the shop's.

pub(crate) mod claims;
pub(crate) mod token;

pub use claims::{Claims, NewClaims};
pub use token::sign_hs256;

use crate::access::effective;
use crate::address::ClientAddress;
use crate::app::App;
use crate::clock::Timestamp;
use crate::directory::address_key;
use crate::problem::{ApiError, ProblemCode};
use crate::rates::Identity;
use crate::store::access::Whose;
use crate::store::shops::ShopRow;
use crate::store::tickets::Sight;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use partner_rules::wire::{Access, Author, AuthorKind, Role};
use std::sync::Arc;
use std::time::Duration;

/// For putting a user on record; a store that is busy for longer gets another chance at the next session.
const RECORD_TIME: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct Caller {
    pub shop: ShopRow,
    /// As the token has it.
    pub email: String,
    /// As compared.
    pub sub: String,
    pub name: String,
    pub role: Role,
    pub access: Access,
    /// The key that signed the token, and when the token ends.
    pub(crate) kid: String,
    pub(crate) expires_at: Timestamp,
    /// The shop has them on record just as this token has them.
    on_record: bool,
}

/// A caller who may grant access to others: as the token says, whatever access they have themselves.
pub struct SuperAdmin(pub Caller);

impl Caller {
    pub fn identity(&self) -> Identity<'_> {
        Identity {
            shop_id: &self.shop.id,
            sub: &self.sub,
        }
    }

    /// As the one who says or does something.
    pub fn author(&self) -> Author {
        Author {
            kind: AuthorKind::Partner,
            name: self.name.clone(),
            email: Some(self.email.clone()),
        }
    }

    /// Which tickets this user may read: one's own stay readable without access.
    pub fn sight(&self) -> Sight {
        sight(&self.shop.id, &self.sub, self.access)
    }

    /// Puts the user on the shop's record, for its super administrators to find. What was asked for does
    /// not depend on it.
    pub async fn remember(&self, app: &App) {
        if self.on_record {
            return;
        }
        let whose = Whose {
            shop_id: &self.shop.id,
            email_key: &self.sub,
            email: &self.email,
        };
        let note = app.store.note_user(whose, &self.name, self.role);
        match tokio::time::timeout(RECORD_TIME, note).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => tracing::warn!(%cause, "a user could not be put on record"),
            Err(_) => tracing::warn!("a user was not put on record in time"),
        }
    }

    /// Filing and asking about accounts need access.
    pub fn must_have_access(&self) -> Result<(), ApiError> {
        match self.access {
            Access::None => Err(ProblemCode::AccessDenied.into()),
            Access::Own | Access::Company => Ok(()),
        }
    }
}

/// Which tickets a user with this access may read.
pub(crate) fn sight(shop_id: &str, sub: &str, access: Access) -> Sight {
    let created_by = match access {
        Access::Company => None,
        Access::Own | Access::None => Some(sub.to_owned()),
    };
    Sight {
        shop_id: shop_id.to_owned(),
        created_by,
        viewer: sub.to_owned(),
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (claims, kid) = match claims(parts, app).await {
            Err(refusal) if refusal.is_about_the_token() => {
                let address = parts.extensions.get::<ClientAddress>();
                // Without an address there is nobody to count; only the layers' absence does that.
                address.map_or(Ok(()), |address| app.rates.failure(*address))?;
                return Err(refusal);
            }
            other => other?,
        };
        let shop = app
            .store
            .shop(&claims.shop)
            .await?
            .ok_or(ProblemCode::TokenWrongShop)?;
        let sub = address_key(&claims.sub);
        app.rates.request(Identity {
            shop_id: &shop.id,
            sub: &sub,
        })?;
        if let Some(origin) = parts.headers.get(header::ORIGIN) {
            let origin = origin.to_str().unwrap_or_default();
            if !app.origins.of_shop(&app.store, origin, &shop.id).await {
                return Err(ProblemCode::OriginNotAllowed.into());
            }
        }
        let known = app.store.user(&shop.id, &sub).await?;
        let granted = known.as_ref().and_then(|user| user.granted);
        let access = effective(granted, Some(claims.role), shop.default_access);
        let expires_at = claims.expires_at();
        let name = claims.name.unwrap_or_else(|| claims.sub.clone());
        let on_record = known.is_some_and(|user| {
            user.email == claims.sub
                && user.name.as_deref() == Some(name.as_str())
                && user.role == Some(claims.role)
        });
        Ok(Self {
            shop,
            email: claims.sub,
            sub,
            name,
            role: claims.role,
            access,
            kid,
            expires_at,
            on_record,
        })
    }
}

impl FromRequestParts<Arc<App>> for SuperAdmin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        match caller.role {
            Role::Superadmin => Ok(Self(caller)),
            Role::Member => Err(ProblemCode::NotSuperadmin.into()),
        }
    }
}

async fn claims(parts: &Parts, app: &App) -> Result<(Claims, String), ApiError> {
    let token = bearer(&parts.headers)?;
    token::verify(token, &app.store, &app.config.audience, app.clock.now()).await
}

/// The token of the `Authorization` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str, ApiError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next().ok_or(ProblemCode::TokenMissing)?;
    if values.next().is_some() {
        return Err(ProblemCode::TokenMalformed.into());
    }
    let text = value.to_str().map_err(|_| ProblemCode::TokenMalformed)?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        Some(_) | None => Err(ProblemCode::TokenMalformed.into()),
    }
}
