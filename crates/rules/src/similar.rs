//! Whether two subjects are about the same thing, so that a ticket like an open one can be pointed out.
//!
//! Never decides anything: a near-equal subject is worth a remark, and one may always go on. Near means
//! typing slips, another order, or a few words more; another number means another case.

use crate::identifier::ascii_digit;
use crate::service::{folded, within};

/// Longer texts are only compared for being the same: a subject has at most 255 characters, and what is
/// pasted by mistake must not cost time.
const LONGEST: usize = 512;
/// Marks that mail programs put in front of a subject, in English and German.
const MARKS: [&str; 5] = ["re", "fw", "fwd", "aw", "wg"];
/// Of this many words one may be missing on the other side.
const WORDS_PER_EXTRA: usize = 4;

/// Whether one would take them for the same subject at a glance. Symmetric, and true of any text and
/// itself; the cost is bounded.
///
/// Case, punctuation, blanks and marks of mail programs (`Re:`) do not count. Then
/// - the numbers must be the same, in any order;
/// - the letters are the same, or
/// - every word is in the other text, up to slips (none in up to 3 characters, 1 up to 7, then 2), and
///   at most a quarter of the longer text is more; or
/// - where a script is written without blanks: all characters up to slips (none in up to 7
///   characters, 1 up to 23, then 2).
pub fn near_equal(a: &str, b: &str) -> bool {
    let (one, other) = (Subject::read(a), Subject::read(b));
    if one.letters.is_empty() && one.numbers.is_empty() {
        // Signs alone have nothing to be compared by.
        return without_marks(a).trim() == without_marks(b).trim();
    }
    if one.numbers != other.numbers {
        return false;
    }
    if one.letters == other.letters {
        return true;
    }
    if one.letters.len().max(other.letters.len()) > LONGEST {
        return false;
    }
    // Which of the two goes first must not matter.
    let (short, long) = if one.order() <= other.order() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    if short.unspaced || long.unspaced {
        let max = allowed(long.letters.len(), 7, 23);
        return within(&short.letters, &long.letters, max).is_some();
    }
    has_all_words(short, long)
}

/// A subject, taken apart.
struct Subject {
    /// Every letter in lower case, nothing in between.
    letters: Vec<char>,
    /// Where each word ends in `letters`.
    ends: Vec<usize>,
    /// Each run of digits, sorted.
    numbers: Vec<String>,
    /// Something in it is written without blanks between words.
    unspaced: bool,
}

impl Subject {
    fn read(text: &str) -> Self {
        let (mut letters, mut ends, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        let mut number = String::new();
        let mut unspaced = false;
        for c in without_marks(text).chars() {
            let digit = c.to_digit(10).map_or_else(|| ascii_digit(c), |_| Some(c));
            if let Some(digit) = digit {
                number.push(digit);
            } else if !number.is_empty() {
                numbers.push(std::mem::take(&mut number));
            }
            match folded(c) {
                Some(letter) if digit.is_none() => {
                    unspaced = unspaced || is_unspaced(letter);
                    letters.push(letter);
                }
                Some(_) | None => {
                    // Invisible characters are within words; everything else ends one.
                    if !crate::text::is_invisible(c) && ends.last() != Some(&letters.len()) {
                        ends.push(letters.len());
                    }
                }
            }
        }
        if !number.is_empty() {
            numbers.push(number);
        }
        numbers.sort_unstable();
        ends.push(letters.len());
        Self {
            letters,
            ends,
            numbers,
            unspaced,
        }
    }

    fn words(&self) -> Vec<&[char]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let spans = starts.zip(&self.ends);
        spans
            .filter_map(|(start, end)| self.letters.get(start..*end))
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// Any total order does.
    fn order(&self) -> (usize, &[char], &[usize]) {
        (self.words().len(), &self.letters, &self.ends)
    }
}

/// Every word of the short text has its own in the long one, and little is left over there.
fn has_all_words(short: &Subject, long: &Subject) -> bool {
    let (words, mut left) = (short.words(), long.words());
    if left.len() - words.len().min(left.len()) > left.len() / WORDS_PER_EXTRA {
        return false;
    }
    // The same words first, so that a slip does not take another word's place.
    let mut slips = Vec::new();
    for word in words {
        match left.iter().position(|other| *other == word) {
            Some(at) => drop(left.swap_remove(at)),
            None => slips.push(word),
        }
    }
    slips.iter().all(|word| {
        let near = |other: &&[char]| {
            let max = allowed(word.len().max(other.len()), 3, 7);
            within(word, other, max).is_some()
        };
        let found = left.iter().position(near);
        found.map(|at| left.swap_remove(at)).is_some()
    })
}

/// Slips that a text of this length may have: none, one above the first bound, two above the second.
fn allowed(length: usize, none: usize, one: usize) -> usize {
    usize::from(length > none) + usize::from(length > one)
}

/// The text after `Re:`, `AW: WG:` and the like.
fn without_marks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some((mark, after)) = rest.split_once([':', '：']) {
        let mark = mark.trim_end();
        if !MARKS.iter().any(|known| mark.eq_ignore_ascii_case(known)) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Thai, Lao, Myanmar, Khmer, kana, Chinese characters. Korean is written with blanks.
const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFF}')
}
