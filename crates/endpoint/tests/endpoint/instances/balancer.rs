//! What stands in front: it passes bytes on, to one after the other, and knows nothing of what they mean.

use crate::support::Program;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(super) struct Balancer {
    pub(super) address: SocketAddr,
    behind: Arc<Mutex<Vec<SocketAddr>>>,
    task: JoinHandle<()>,
}

impl Balancer {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let address = listener.local_addr().expect("address");
        let behind = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(balance(listener, Arc::clone(&behind)));
        Self {
            address,
            behind,
            task,
        }
    }

    /// From now on new connections go to these.
    pub(super) fn leads_to(&self, programs: &[Program]) {
        let addresses = programs.iter().map(|program| program.address).collect();
        *self.behind.lock().expect("sound") = addresses;
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn balance(listener: TcpListener, behind: Arc<Mutex<Vec<SocketAddr>>>) {
    for turn in 0_usize.. {
        let (mut outside, _) = listener.accept().await.expect("accepted");
        let mut order = behind.lock().expect("sound").clone();
        let count = order.len().max(1);
        order.rotate_left(turn % count);
        tokio::spawn(async move {
            for address in order {
                // One that is gone refuses at once.
                if let Ok(mut inside) = TcpStream::connect(address).await {
                    let _ = copy_bidirectional(&mut outside, &mut inside).await;
                    return;
                }
            }
        });
    }
}
