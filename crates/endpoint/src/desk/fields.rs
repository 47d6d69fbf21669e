//! The fields of a form as a browser sends them.

use super::visit::{Signed, Visit, typed_in_vain};
use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::must_be;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use url::form_urlencoded;

/// The field with the session's secret for forms.
pub(super) const SECRET: &str = "form";

/// Names and values in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of this name; empty if there is none. Browsers send line ends as two characters.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().replace("\r\n", "\n")
    }

    /// All values of this name, in their order.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let fields = self.0.iter().filter(|(known, _)| known == name);
        fields.map(|(_, value)| value.as_str()).collect()
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A form of somebody who need not be signed in. Only of a page that was made for this browser.
pub(super) struct VisitForm {
    pub(super) visit: Visit,
    pub(super) fields: Fields,
}

/// A form of an agent, from a page of this session.
pub(super) struct SignedForm {
    pub(super) signed: Signed,
    pub(super) fields: Fields,
}

impl FromRequest<Arc<App>> for VisitForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let fields = read(request, app).await.map_err(refused)?;
        must_be_ours(&visit, &fields).map_err(refused)?;
        Ok(Self { visit, fields })
    }
}

impl FromRequest<Arc<App>> for SignedForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let signed = Signed::from_request_parts(&mut parts, app).await;
        let request = Request::from_parts(parts, body);
        let fields = read(request, app).await.map_err(refused)?;
        let signed = signed.map_err(|refused| typed_in_vain(&visit, &fields, refused))?;
        must_be_ours(&signed.visit, &fields).map_err(refused)?;
        Ok(Self { signed, fields })
    }
}

async fn read(request: Request, app: &Arc<App>) -> Result<Fields, ApiError> {
    must_be("application/x-www-form-urlencoded", request.headers())?;
    let bytes = Bytes::from_request(request, app).await;
    let bytes = bytes.map_err(|_| ProblemCode::MalformedRequest)?;
    Ok(Fields::parse(&bytes))
}

pub(super) fn must_be_ours(visit: &Visit, fields: &Fields) -> Result<(), ApiError> {
    let given = fields.get(SECRET).unwrap_or_default();
    let secret = visit.secret();
    if secret.is_some_and(|secret| secret.made(given)) {
        Ok(())
    } else {
        Err(ProblemCode::FormForeign.into())
    }
}

fn refused(refusal: ApiError) -> Response {
    refusal.into_response()
}
