//! Files on their way to the endpoint, and as they are on disk.

use super::{Request, TestApp};
use sha2::{Digest, Sha256};

pub(crate) fn upload(name: &str, bytes: impl Into<Vec<u8>>) -> Request {
    Request::new("POST", "/v1/uploads")
        .header("content-type", "application/octet-stream")
        .header("upload-name", name)
        .body(bytes)
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names in the folder for files.
pub(crate) fn on_disk(app: &TestApp) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(app.app.files.folder())
        .expect("folder")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into())
        .collect();
    names.sort_unstable();
    names
}
