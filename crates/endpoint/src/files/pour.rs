//! Copying what is on disk already, and finding out on the way whether it is what it should be.

use crate::random;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// Bytes in memory at a time.
const PIECE: usize = 64 * 1024;

/// Copies to the end; gives how many bytes went through, and their SHA-256 in hexadecimal.
pub fn poured(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let mut piece = vec![0; PIECE];
    let mut hash = Sha256::new();
    let mut size = 0;
    loop {
        let length = from.read(&mut piece)?;
        let bytes = piece.get(..length).unwrap_or_default();
        if bytes.is_empty() {
            return Ok((size, random::hex(&hash.finalize())));
        }
        hash.update(bytes);
        to.write_all(bytes)?;
        size += u64::try_from(length).unwrap_or_default();
    }
}
