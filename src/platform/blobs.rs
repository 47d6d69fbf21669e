//! The bytes of what was picked, as this page holds them: id → blob. The state knows the ids.
//! Never reads a whole file: a blob is a handle, and the browser reads it when it is sent.

use super::key::new_key;
use crate::state::files::Picked;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Shared: clones are the same registry.
#[derive(Clone, Default)]
pub struct Blobs(Rc<RefCell<Vec<Held>>>);

/// An id and its bytes.
type Held = (Rc<str>, Blob);

impl Blobs {
    /// Takes files in, each under an id of its own, and says what the state has to know of them.
    pub fn take(&self, files: Vec<File>) -> Vec<Picked> {
        files.into_iter().map(|file| self.take_one(file)).collect()
    }

    fn take_one(&self, file: File) -> Picked {
        let picked = Picked {
            id: new_key(),
            name: Rc::from(file.name()),
            size: whole(file.size()),
        };
        self.put(Rc::clone(&picked.id), file.into());
        picked
    }

    /// What comes back from storage keeps its id.
    pub fn put(&self, id: Rc<str>, blob: Blob) {
        self.remove(&id);
        self.0.borrow_mut().push((id, blob));
    }

    pub fn get(&self, id: &str) -> Option<Blob> {
        let held = self.0.borrow();
        let found = held.iter().find(|(known, _)| &**known == id);
        found.map(|(_, blob)| blob.clone())
    }

    pub fn remove(&self, id: &str) {
        self.retain(|known| known != id);
    }

    /// Lets go of all others.
    pub fn retain(&self, wanted: impl Fn(&str) -> bool) {
        self.0.borrow_mut().retain(|(id, _)| wanted(id));
    }

    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

/// Whether the browser can still read it. A file that was changed, moved or deleted after it was picked
/// cannot be read, and neither can a folder; sending it looks like a broken connection.
pub async fn is_readable(blob: &Blob) -> bool {
    match blob.slice_with_i32_and_i32(0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole, not negative, and fit into 53 bits"
)]
pub(super) fn whole(bytes: f64) -> u64 {
    bytes as u64
}
