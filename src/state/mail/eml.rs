//! The message as a file that mail programs open as a draft: RFC 5322, everything in ASCII.
//! No text of the form can add a header: what is not plain is encoded, line ends included.

use super::{Mail, lines};

const CRLF: &str = "\r\n";
/// Bytes in one encoded word, so that its line stays below 76 characters.
const WORD: usize = 39;
const LINE: usize = 57;

/// `from` is who is signed in, if known; a mail program puts its own account there otherwise.
pub fn eml(mail: &Mail, from: Option<&str>, now_ms: i64) -> String {
    let mut file = String::from("X-Unsent: 1\r\n");
    header(&mut file, "Date", &date(now_ms));
    if let Some(from) = from.and_then(address) {
        header(&mut file, "From", from);
    }
    if let Some(to) = address(&mail.to) {
        header(&mut file, "To", to);
    }
    header(&mut file, "Subject", &subject(&mail.subject));
    header(&mut file, "MIME-Version", "1.0");
    header(&mut file, "Content-Type", "text/plain; charset=utf-8");
    header(&mut file, "Content-Transfer-Encoding", "base64");
    file.push_str(CRLF);
    let mut body = String::with_capacity(mail.body.len());
    let mut first = true;
    for line in lines(&mail.body) {
        if !first {
            body.push_str(CRLF);
        }
        first = false;
        body.push_str(line);
    }
    for chunk in body.as_bytes().chunks(LINE) {
        base64(&mut file, chunk);
        file.push_str(CRLF);
    }
    file
}

fn header(file: &mut String, name: &str, value: &str) {
    file.push_str(name);
    file.push_str(": ");
    file.push_str(value);
    file.push_str(CRLF);
}

/// An address that can stand in a header as it is; others are left for the mail program to fill in.
fn address(text: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
    let one = text.matches('@').count() == 1 && text.len() < 900;
    (one && text.chars().all(plain)).then_some(text)
}

/// Plain where it is plain and short, else in encoded words (RFC 2047), one a line.
fn subject(text: &str) -> String {
    let plain = text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if plain && text.len() <= 66 && !text.contains('=') && text.trim() == text {
        return text.to_owned();
    }
    let mut words = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = WORD.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (word, after) = rest.split_at(end);
        rest = after;
        if !words.is_empty() {
            words.push_str("\r\n ");
        }
        words.push_str("=?UTF-8?B?");
        base64(&mut words, word.as_bytes());
        words.push_str("?=");
    }
    words
}

fn base64(target: &mut String, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            target.push(if place > chunk.len() {
                '='
            } else {
                sextet(group >> (18 - 6 * place) & 63)
            });
        }
    }
}

fn sextet(value: u32) -> char {
    let letter = |base: u8, value: u32| char::from_u32(u32::from(base) + value).unwrap_or('=');
    match value {
        0..=25 => letter(b'A', value),
        26..=51 => letter(b'a', value - 26),
        52..=61 => letter(b'0', value - 52),
        62 => '+',
        _ => '/',
    }
}

/// `23 Nov 2026 10:00:00 +0000`; names of months are part of the format, not of a language.
fn date(now_ms: i64) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let seconds = now_ms.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let month = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .unwrap_or(&"Jan");
    let mut text = day.to_string();
    text.push(' ');
    text.push_str(month);
    text.push(' ');
    text.push_str(&year.to_string());
    for (sign, value) in [
        (' ', second / 3600),
        (':', second / 60 % 60),
        (':', second % 60),
    ] {
        text.push(sign);
        if value < 10 {
            text.push('0');
        }
        text.push_str(&value.to_string());
    }
    text.push_str(" +0000");
    text
}

/// Year, month and day of a day counted from 1 January 1970, in the Gregorian calendar. Years are
/// taken to begin in March, so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (ms, written) in [
            (0, "1 Jan 1970 00:00:00 +0000"),
            (1_795_424_400_000, "23 Nov 2026 09:00:00 +0000"),
            (951_782_399_000, "28 Feb 2000 23:59:59 +0000"),
            (951_782_400_000, "29 Feb 2000 00:00:00 +0000"),
            (4_107_542_400_000, "1 Mar 2100 00:00:00 +0000"),
            (-1000, "31 Dec 1969 23:59:59 +0000"),
        ] {
            assert_eq!(date(ms), written, "{ms}");
        }
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("ü>?", "w7w+Pw=="),
        ] {
            let mut written = String::new();
            base64(&mut written, text.as_bytes());
            assert_eq!(written, wanted);
        }
    }

    #[test]
    fn addresses_that_could_say_more_than_one_thing_are_left_out() {
        assert_eq!(address("ada@partner.example"), Some("ada@partner.example"));
        for bad in [
            "a@b\r\nBcc: c@d",
            "a@b, c@d",
            "Ada <a@b>",
            "a b@c",
            "nobody",
            "ä@b.example",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
