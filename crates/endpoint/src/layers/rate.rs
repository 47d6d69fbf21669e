//! Counts every call by address. After the body was read, so that the refusal arrives; inside CORS, so
//! that a page can read it. Preflights never come this far: a browser would report a refused one as a
//! broken network. Those who watch the endpoint are not counted.

use crate::address::ClientAddress;
use crate::app::App;
use crate::serve::Peer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const WATCHED: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

pub async fn rate(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>();
    let address: ClientAddress = app.config.proxies.client(peer, request.headers());
    if !WATCHED.contains(&request.uri().path())
        && let Err(refusal) = app.rates.address(address)
    {
        return refusal.into_response();
    }
    request.extensions_mut().insert(address);
    next.run(request).await
}
