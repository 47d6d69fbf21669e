//! Copying what is kept already, and finding out on the way whether it is what it should be.

use super::Bytestream;
use crate::random;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use std::io;
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Copies to the end; gives how many bytes went through, and their SHA-256 in hexadecimal.
pub async fn poured(
    mut from: Bytestream,
    to: &mut (impl AsyncWrite + Unpin),
) -> io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut size = 0;
    while let Some(piece) = from.try_next().await? {
        hash.update(&piece);
        to.write_all(&piece).await?;
        size += u64::try_from(piece.len()).unwrap_or_default();
    }
    to.flush().await?;
    Ok((size, random::hex(&hash.finalize())))
}
