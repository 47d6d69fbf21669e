//! Varied drafts: mostly right, often with one thing wrong, now and then enormous.

use super::random::Random;
use crate::classify::Account;
use crate::codes::OrgIdKind;
use crate::draft::Draft;
use crate::place::Dc;
use crate::policy::Policy;

/// A draft and what stands around it when it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub draft: Draft,
    pub dc: Dc,
    pub account: Account,
    pub mismatch: bool,
}

/// An endless row of samples; the same seed and policy give the same row everywhere.
#[derive(Clone, Debug)]
pub struct Drafts<'a> {
    random: Random,
    policy: &'a Policy,
}

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

impl<'a> Drafts<'a> {
    pub const fn new(seed: u64, policy: &'a Policy) -> Self {
        Self {
            random: Random::new(seed),
            policy,
        }
    }

    fn draft(&mut self) -> Draft {
        let superadmin_unknown = self.random.one_in(4);
        let zgid = self.random.one_in(3);
        Draft {
            service: self.service(),
            org_id_kind: if zgid {
                OrgIdKind::Zgid
            } else {
                OrgIdKind::Zoid
            },
            org_id: self.identifier(),
            subject: self.text(255),
            description: self.text(32_000),
            superadmin_email: self.address(),
            superadmin_unknown,
            customer_email: if self.random.one_in(2) {
                self.address()
            } else {
                String::new()
            },
            zuid: if self.random.one_in(2) {
                self.identifier()
            } else {
                String::new()
            },
        }
    }

    fn service(&mut self) -> String {
        let services = self.policy.catalogue().services();
        let names: Vec<&str> = services
            .iter()
            .flat_map(|service| service.aliases.iter().chain([&service.name]))
            .map(String::as_str)
            .collect();
        let name = self.random.pick(&names);
        match self.random.below(16) {
            0 => self.odd(12),
            1 => self.slip(name),
            2 => name.to_ascii_uppercase(),
            3 => name.trim_start_matches("Zoho ").to_owned(),
            4 => name.replace(' ', ""),
            5 => ["  ", name, "\t"].concat(),
            6 => [name, " ", self.random.pick(&WORDS)].concat(),
            7 if self.random.one_in(4) => name.repeat(40),
            _ => name.to_owned(),
        }
    }

    fn identifier(&mut self) -> String {
        let length = if self.random.one_in(5) {
            self.random.below(24)
        } else {
            7 + self.random.below(6)
        };
        let mut digits = String::new();
        for position in 0..length {
            let least = u32::from(position == 0 && !self.random.one_in(20));
            digits.extend(char::from_digit(least + self.random.below(10 - least), 10));
        }
        match self.random.below(20) {
            0 => self.in_another_script(&digits),
            1 => self.separated(&digits),
            2 => ["org", &digits].concat(),
            3 => ["https://crm.zoho.eu/crm/org", &digits, "/tab/Home"].concat(),
            4 => ["\u{200E}", &digits, "\u{FEFF} "].concat(),
            5 => [digits.as_str(), self.random.pick(&["a", ".", "٫", "²"])].concat(),
            6 => self.odd(10),
            _ => digits,
        }
    }

    fn in_another_script(&mut self, digits: &str) -> String {
        let zero = u32::from(self.random.pick(&ZEROS));
        digits
            .chars()
            .filter_map(|c| char::from_u32(zero + c.to_digit(10)?))
            .collect()
    }

    fn separated(&mut self, digits: &str) -> String {
        let separator = self.random.pick(&SEPARATORS);
        let mut text = String::new();
        for digit in digits.chars() {
            if !text.is_empty() && self.random.one_in(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        text
    }

    /// Lines of words; sometimes as long as allowed, or one longer.
    fn text(&mut self, max: usize) -> String {
        match self.random.below(150) {
            0 => "😀".repeat(max),
            1 => "é".repeat(max + 1),
            2..=6 => String::new(),
            7..=20 => self.odd(30),
            _ => {
                let mut text = String::new();
                for _ in 0..=self.random.below(8) {
                    text.push_str(self.random.pick(&WORDS));
                    text.push_str(self.random.pick(&[
                        " ",
                        " ",
                        " ",
                        " ",
                        " ",
                        " ",
                        "  ",
                        " \u{200B}",
                    ]));
                }
                if max > 255 && self.random.one_in(2) {
                    text.push_str(self.random.pick(&["\n", "\r\nmore", "\r", "\n\tmore\n"]));
                }
                text
            }
        }
    }

    fn address(&mut self) -> String {
        let domain = self.random.pick(&DOMAINS);
        let local = self.random.pick(&[
            "admin", "admin", "jo.lee", "Ünal", "o'neill", "a+b", "x y", "",
        ]);
        match self.random.below(24) {
            0 => String::new(),
            1 => self.odd(20),
            2 => [local, "\u{200B}@", domain, " "].concat(),
            3 => [
                &"l".repeat(64 + usize::from(self.random.one_in(2))),
                "@",
                domain,
            ]
            .concat(),
            4 => [
                "a@",
                &"b".repeat(63 + usize::from(self.random.one_in(2))),
                ".example",
            ]
            .concat(),
            5 => ["a@", &"b.".repeat(72), "example"].concat(),
            6 => ["a@", &"b.".repeat(70), "example"].concat(),
            _ => [local, "@", domain].concat(),
        }
    }

    /// A letter lost, doubled, changed or swapped with its neighbour.
    fn slip(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = usize::try_from(self.random.below(u32::try_from(letters.len()).unwrap_or(1)));
        let at = at.unwrap_or_default().min(letters.len().saturating_sub(1));
        match (self.random.below(4), letters.get(at).copied()) {
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

    fn odd(&mut self, max: u32) -> String {
        let odd: Vec<char> = ODD.chars().collect();
        (0..self.random.below(max))
            .map(|_| self.random.pick(&odd))
            .collect()
    }
}

impl Iterator for Drafts<'_> {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        let draft = self.draft();
        let account = self
            .random
            .pick(&[Account::Large, Account::Standard, Account::Unknown]);
        let dc = self.random.below(8);
        let dc = usize::try_from(dc)
            .ok()
            .and_then(|dc| Dc::ALL.get(dc))
            .copied()
            .unwrap_or(Dc::Eu);
        Some(Sample {
            draft,
            dc,
            account,
            mismatch: self.random.one_in(5),
        })
    }
}
