//! What a mail may be before anybody parses it: bytes, lines of headers, parts. Looks at each byte once and
//! takes no memory, so that nothing hostile gets further than here.

use super::Aside;

/// Headers of the mail itself. Postfix and Exchange stop at far less.
const HEAD_MAX_BYTES: usize = 256 * 1024;
const HEAD_MAX_LINES: usize = 2_000;
/// Headers that begin a part, whole mail: a mail of many files and a forwarded thread has some dozens.
const PARTS_MAX: usize = 200;
const PART: &[u8] = b"content-type:";

/// Whether a mail may be parsed.
pub(super) fn check(raw: &[u8], max_bytes: usize) -> Result<(), Aside> {
    if raw.len() > max_bytes {
        return Err(Aside::TooLarge);
    }
    let head = head(raw);
    let lines = head.iter().filter(|byte| **byte == b'\n').count();
    if head.len() > HEAD_MAX_BYTES || lines > HEAD_MAX_LINES {
        return Err(Aside::HeadersTooLarge);
    }
    let parts = raw
        .split(|byte| *byte == b'\n')
        .filter(|line| is_part(line))
        .count();
    if parts > PARTS_MAX {
        return Err(Aside::TooManyParts);
    }
    Ok(())
}

/// Everything before the first empty line.
pub(super) fn head(raw: &[u8]) -> &[u8] {
    let mut end = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.iter().all(u8::is_ascii_whitespace) && end > 0 {
            break;
        }
        end += line.len();
    }
    raw.get(..end).unwrap_or(raw)
}

/// Whether the parser could take the line for a `Content-Type`: it overlooks blanks, also within the name, and
/// colons before it.
fn is_part(line: &[u8]) -> bool {
    let told = line
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .skip_while(|byte| **byte == b':')
        .map(u8::to_ascii_lowercase);
    told.take(PART.len()).eq(PART.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: usize = 1 << 20;

    #[test]
    fn an_ordinary_mail_passes() {
        let raw =
            b"From: a@b.example\r\nContent-Type: text/plain\r\n\r\nContent-Type: said here\r\n";
        assert_eq!(check(raw, MAX), Ok(()));
        assert_eq!(head(raw).len(), 45);
    }

    #[test]
    fn each_bound_is_exact() {
        let part = "Content-Type: text/plain\n\n";
        assert_eq!(check(part.repeat(PARTS_MAX).as_bytes(), MAX), Ok(()));
        assert_eq!(
            check(part.repeat(PARTS_MAX + 1).as_bytes(), MAX),
            Err(Aside::TooManyParts)
        );
        assert_eq!(check(&vec![b'a'; MAX + 1], MAX), Err(Aside::TooLarge));
        let line = "X: y\n";
        assert_eq!(check(line.repeat(HEAD_MAX_LINES).as_bytes(), MAX), Ok(()));
        assert_eq!(
            check(line.repeat(HEAD_MAX_LINES + 1).as_bytes(), MAX),
            Err(Aside::HeadersTooLarge)
        );
        let long = format!("X: {}\n\n", "y".repeat(HEAD_MAX_BYTES));
        assert_eq!(check(long.as_bytes(), MAX), Err(Aside::HeadersTooLarge));
    }

    #[test]
    fn a_part_is_counted_however_its_header_is_disguised() {
        for line in [
            "CONTENT-TYPE: message/rfc822",
            "Con tent-Ty\tpe : message/rfc822",
            "  content-type:x",
            "::Content-Type:x",
        ] {
            assert!(is_part(line.as_bytes()), "{line}");
        }
        for line in ["X-Content-Type: x", "Content-Types: x", ""] {
            assert!(!is_part(line.as_bytes()), "{line}");
        }
    }
}
