//! How this program calls others: a connection with TLS where the address says so, by the certificates that the machine
//! trusts. Whoever calls decides how long it may take and what is said.

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use std::io;
use std::time::Duration;

pub(crate) type Connector = HttpsConnector<HttpConnector>;

/// To reach the other side at all: nothing has been said yet.
const REACH: Duration = Duration::from_secs(10);

/// Fails if the machine's certificates cannot be read.
pub(crate) fn connector() -> io::Result<Connector> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(REACH));
    tcp.set_nodelay(true);
    Ok(HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp))
}
