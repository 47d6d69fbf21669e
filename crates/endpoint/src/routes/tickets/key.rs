//! The `Idempotency-Key` header.

use crate::problem::ProblemCode;
use axum::http::HeaderMap;

/// A UUID has 36; this leaves room for any scheme.
const KEY_MAX: usize = 255;

/// Any 1 to 255 printable ASCII characters, compared as they stand.
pub(crate) fn read(headers: &HeaderMap) -> Result<String, ProblemCode> {
    let mut values = headers.get_all("idempotency-key").iter();
    let value = values.next().ok_or(ProblemCode::IdempotencyKeyMissing)?;
    if values.next().is_some() {
        return Err(ProblemCode::IdempotencyKeyInvalid);
    }
    match value.to_str().map(str::trim) {
        // Header values may have tabs inside.
        Ok(text) if (1..=KEY_MAX).contains(&text.len()) && !text.contains('\t') => {
            Ok(text.to_owned())
        }
        Ok(_) | Err(_) => Err(ProblemCode::IdempotencyKeyInvalid),
    }
}
