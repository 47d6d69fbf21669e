//! What the combobox lists while somebody types: best first, in menu order among equals.

use super::fold::{fold, places};
use super::{Catalogue, Service};

/// A row of the list that the combobox shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    pub service: &'a Service,
    /// Byte range in `service.name` that equals the typed text, for emphasis.
    pub emphasis: Option<(usize, usize)>,
}

/// Why a service is in the list; smaller is better.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Exact,
    WordPrefix,
    Inside,
    Alias,
    OneSlip,
    TwoSlips,
    /// Only "Zoho" or a part of it was typed.
    Maker,
}

const BEST_FIRST: [Rank; 7] = [
    Rank::Exact,
    Rank::WordPrefix,
    Rank::Inside,
    Rank::Alias,
    Rank::OneSlip,
    Rank::TwoSlips,
    Rank::Maker,
];

impl Catalogue {
    /// Services that fit what is typed so far, best first; all of them for empty text.
    pub fn search(&self, typed: &str) -> Vec<Match<'_>> {
        let key = fold(typed);
        let all = || self.services().iter();
        if key.is_empty() {
            // Signs alone ("???") fit nothing.
            let listed = if crate::text::is_blank(typed) {
                usize::MAX
            } else {
                0
            };
            return all()
                .take(listed)
                .map(|service| Match {
                    service,
                    emphasis: None,
                })
                .collect();
        }
        let slips: Vec<_> = self.slips(&key).collect();
        let ranked: Vec<_> = all()
            .enumerate()
            .filter_map(|(position, service)| {
                let least = slips
                    .iter()
                    .filter(|(at, _)| *at == position)
                    .map(|(_, n)| *n)
                    .min();
                rank(service, &key, least)
            })
            .collect();
        let of = |rank| {
            ranked
                .iter()
                .filter(move |(r, _)| *r == rank)
                .map(|(_, found)| found.clone())
        };
        BEST_FIRST.into_iter().flat_map(of).collect()
    }
}

fn rank<'a>(service: &'a Service, key: &str, slips: Option<usize>) -> Option<(Rank, Match<'a>)> {
    let (spot, emphasis) = match find(&service.name, key) {
        Some((opens_word, start, end)) => (Some(opens_word), Some((start, end))),
        None => (None, None),
    };
    let maker = "zoho".starts_with(key);
    let opens = |alias: &String| find(alias, key).is_some_and(|(opens_word, ..)| opens_word);
    let alias = !maker && service.aliases.iter().any(opens);
    let rank = match (spot, slips) {
        (_, Some(0)) => Rank::Exact,
        (Some(true), _) => Rank::WordPrefix,
        (Some(false), _) => Rank::Inside,
        (None, _) if alias => Rank::Alias,
        (None, Some(1)) => Rank::OneSlip,
        (None, Some(_)) => Rank::TwoSlips,
        (None, None) if maker => Rank::Maker,
        (None, None) => return None,
    };
    Some((rank, Match { service, emphasis }))
}

/// Where the folded text stands in the name after "Zoho": whether at the start of a word, and the
/// byte range. The start of a word is preferred.
fn find(name: &str, key: &str) -> Option<(bool, usize, usize)> {
    let places = places(name);
    let own = fold(name).chars().count();
    let own = places.get(places.len().saturating_sub(own)..)?;
    let length = key.chars().count();
    let fits =
        |window: &&[super::fold::Place]| window.iter().map(|place| place.char).eq(key.chars());
    let spots = || own.windows(length.max(1)).filter(fits);
    let opens =
        |window: &&[super::fold::Place]| window.first().is_some_and(|place| place.opens_word);
    let window = spots().find(opens).or_else(|| spots().next())?;
    let (first, last) = (window.first()?, window.last()?);
    Some((first.opens_word, first.start, last.end))
}
