//! `mailto:` by RFC 6068. What opens mail programs cuts long links off without a word, so a long
//! message travels by the clipboard, and the mail says so.

use super::{Mail, lines};

/// Bytes of the whole link, encoded.
pub const LIMIT: usize = 1_800;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    /// The text did not fit: it has to be copied, and the mail asks to paste it.
    pub by_clipboard: bool,
}

/// The link for a message. `paste` is what the mail says when its text is in the clipboard.
pub fn link(mail: &Mail, paste: &str) -> Link {
    let href = written(&mail.to, &mail.subject, &mail.body);
    if href.len() <= LIMIT {
        return Link {
            href,
            by_clipboard: false,
        };
    }
    Link {
        href: shortened(mail, paste),
        by_clipboard: true,
    }
}

/// The whole subject stands in the text, too; here it gives way as far as it must.
fn shortened(mail: &Mail, paste: &str) -> String {
    let spare = LIMIT.saturating_sub(written(&mail.to, "…", paste).len());
    let mut used = 0;
    let end = mail.subject.char_indices().find(|(_, c)| {
        used += encoded(c.encode_utf8(&mut [0; 4])).len();
        used > spare
    });
    match end {
        None => written(&mail.to, &mail.subject, paste),
        Some((at, _)) => {
            let mut subject = mail.subject.get(..at).unwrap_or_default().to_owned();
            subject.push('…');
            written(&mail.to, &subject, paste)
        }
    }
}

fn written(to: &str, subject: &str, body: &str) -> String {
    let mut href = String::from("mailto:");
    // An address keeps its sign; in it nothing else may have a meaning.
    for (place, part) in to.split('@').enumerate() {
        if place > 0 {
            href.push('@');
        }
        href.push_str(&encoded(part));
    }
    href.push_str("?subject=");
    href.push_str(&encoded(subject));
    href.push_str("&body=");
    let mut first = true;
    for line in lines(body) {
        if !first {
            href.push_str("%0D%0A");
        }
        first = false;
        href.push_str(&encoded(line));
    }
    href
}

/// Everything but unreserved characters as `%XX` of its UTF-8.
fn encoded(text: &str) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let digit = |value: u8| HEX.get(usize::from(value)).copied().unwrap_or('0');
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(digit(byte >> 4));
            encoded.push(digit(byte & 15));
        }
    }
    encoded
}
