//! Idempotency keys: random, so that no two drafts ever share one.

use std::rc::Rc;
use uuid::Uuid;

pub fn new_key() -> Rc<str> {
    let mut text = Uuid::encode_buffer();
    Rc::from(&*Uuid::new_v4().hyphenated().encode_lower(&mut text))
}
