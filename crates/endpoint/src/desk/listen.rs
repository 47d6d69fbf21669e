//! The desk's listener.

use crate::app::App;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Why there is no listener.
#[derive(Debug, thiserror::Error)]
#[error("cannot answer on {address}, where the desk would be: {cause}")]
pub struct BindError {
    address: SocketAddr,
    #[source]
    cause: io::Error,
}

/// Listens where the settings say. Nobody has to care about the port of a demo: if the next one is somebody
/// else's, it is another.
pub async fn bind(app: &App) -> Result<TcpListener, BindError> {
    let desk = &app.config.desk;
    let taken = |cause: &io::Error| {
        matches!(
            cause.kind(),
            ErrorKind::AddrInUse | ErrorKind::PermissionDenied
        )
    };
    let bound = match TcpListener::bind(desk.listen).await {
        Err(cause) if taken(&cause) && app.demo.is_some() && !desk.named => {
            TcpListener::bind(SocketAddr::new(desk.listen.ip(), 0)).await
        }
        bound => bound,
    };
    bound.map_err(|cause| BindError {
        address: desk.listen,
        cause,
    })
}

/// Where agents find it.
pub fn name(app: &App, address: SocketAddr) -> String {
    match &app.config.desk.origin {
        Some(origin) => format!("{origin}/"),
        None => format!("http://{address}/"),
    }
}
