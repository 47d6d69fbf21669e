//! What people type into each field, right and wrong.

use super::random::Random;

/// Characters at which something may go wrong, all of them old.
const ODD: &str = "aZ09é ßÄжЯΩ日本語한ñ٣५০๑５Ａ＠.-_/\\'\"<>&@+,;:()[]{}#?%😀\u{A0}\u{AD}\u{200B}\u{200D}\u{202E}\
    \u{FEFF}\u{3000}\u{2009}\u{2019}\t\r\n\u{0}\u{7}\u{1B}\u{7F}\u{85}\u{301}";
const WORDS: [&str; 8] = [
    "Contacts",
    "do",
    "not",
    "sync",
    "seit",
    "heute",
    "früh",
    "同期しません",
];
const DOMAINS: [&str; 14] = [
    "large.example",
    "small.example",
    "unknown.example",
    "müller.de",
    "例え.テスト",
    "gmail.com",
    "web.de",
    "gmial.com",
    "outlok.com",
    "company.con",
    "company",
    "-bad.example",
    "a..b",
    "xn--mller-kva.de",
];
const ZEROS: [char; 7] = ['٠', '۰', '०', '০', '๐', '０', '𝟎'];
const SEPARATORS: [&str; 9] = [" ", "\u{A0}", "\u{2009}", "-", "–", ".", ",", "'", "_"];

impl Random {
    pub(super) fn word(&mut self) -> &'static str {
        self.pick(&WORDS)
    }

    pub(super) fn identifier(&mut self) -> String {
        let length = if self.one_in(5) {
            self.below(24)
        } else {
            7 + self.below(6)
        };
        let mut digits = String::new();
        for position in 0..length {
            let least = u32::from(position == 0 && !self.one_in(20));
            digits.extend(char::from_digit(least + self.below(10 - least), 10));
        }
        match self.below(20) {
            0 => self.in_another_script(&digits),
            1 => self.separated(&digits),
            2 => ["org", &digits].concat(),
            3 => ["https://crm.zoho.eu/crm/org", &digits, "/tab/Home"].concat(),
            4 => ["\u{200E}", &digits, "\u{FEFF} "].concat(),
            5 => [digits.as_str(), self.pick(&["a", ".", "٫", "²"])].concat(),
            6 => self.odd(10),
            _ => digits,
        }
    }

    fn in_another_script(&mut self, digits: &str) -> String {
        let zero = u32::from(self.pick(&ZEROS));
        digits
            .chars()
            .filter_map(|c| char::from_u32(zero + c.to_digit(10)?))
            .collect()
    }

    fn separated(&mut self, digits: &str) -> String {
        let separator = self.pick(&SEPARATORS);
        let mut text = String::new();
        for digit in digits.chars() {
            if !text.is_empty() && self.one_in(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        text
    }

    /// Lines of words; sometimes as long as allowed, or one longer.
    pub(super) fn text(&mut self, max: usize) -> String {
        match self.below(150) {
            0 => "😀".repeat(max),
            1 => "é".repeat(max + 1),
            2..=6 => String::new(),
            7..=20 => self.odd(30),
            _ => {
                let mut text = String::new();
                for _ in 0..=self.below(8) {
                    text.push_str(self.pick(&WORDS));
                    text.push_str(self.pick(&[" ", " ", " ", " ", " ", " ", "  ", " \u{200B}"]));
                }
                if max > 255 && self.one_in(2) {
                    text.push_str(self.pick(&["\n", "\r\nmore", "\r", "\n\tmore\n"]));
                }
                text
            }
        }
    }

    pub(super) fn address(&mut self) -> String {
        let domain = self.pick(&DOMAINS);
        let local = self.pick(&[
            "admin", "admin", "jo.lee", "Ünal", "o'neill", "a+b", "x y", "",
        ]);
        match self.below(24) {
            0 => String::new(),
            1 => self.odd(20),
            2 => [local, "\u{200B}@", domain, " "].concat(),
            3 => [&"l".repeat(64 + usize::from(self.one_in(2))), "@", domain].concat(),
            4 => [
                "a@",
                &"b".repeat(63 + usize::from(self.one_in(2))),
                ".example",
            ]
            .concat(),
            5 => ["a@", &"b.".repeat(72), "example"].concat(),
            6 => ["a@", &"b.".repeat(70), "example"].concat(),
            _ => [local, "@", domain].concat(),
        }
    }

    /// A letter lost, doubled, changed or swapped with its neighbour.
    pub(super) fn slip(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = usize::try_from(self.below(u32::try_from(letters.len()).unwrap_or(1)));
        let at = at.unwrap_or_default().min(letters.len().saturating_sub(1));
        match (self.below(4), letters.get(at).copied()) {
            (0, Some(_)) => drop(letters.remove(at)),
            (1, Some(letter)) => letters.insert(at, letter),
            (2, Some(_)) => letters
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|letter| *letter = 'x'),
            (_, _) => {
                if let Some([first, second, ..]) = letters.get_mut(at..) {
                    std::mem::swap(first, second);
                }
            }
        }
        letters.into_iter().collect()
    }

    pub(super) fn odd(&mut self, max: u32) -> String {
        let odd: Vec<char> = ODD.chars().collect();
        (0..self.below(max)).map(|_| self.pick(&odd)).collect()
    }
}
