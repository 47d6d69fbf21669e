//! The matcher over the policy's services, with its folded keys computed once.

use super::fold::{fold, slug};
use super::{Resolved, Service, within};

/// The services of a policy, found by name or alias.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    services: Vec<Service>,
    /// Folded names and aliases, each with the position of its service.
    keys: Vec<(String, usize)>,
}

impl Catalogue {
    /// Of clashing names the first one counts; a policy with such names is refused.
    pub(crate) fn new(services: Vec<Service>) -> Self {
        let mut keys = Vec::new();
        for (position, service) in services.iter().enumerate() {
            keys.push((fold(&service.name), position));
            keys.extend(service.aliases.iter().map(|alias| (fold(alias), position)));
        }
        Self { services, keys }
    }

    /// For the name of a service and each of its aliases: whether it means something, and that
    /// nothing before it has the meaning.
    pub(crate) fn names_that_are_free(&self, position: usize) -> impl Iterator<Item = bool> {
        let own = self
            .keys
            .iter()
            .enumerate()
            .filter(move |(_, (_, of))| *of == position);
        own.map(|(order, (key, _))| {
            let mut earlier = self.keys.iter().take(order);
            !key.is_empty() && earlier.all(|(known, _)| known != key)
        })
    }

    /// In the order of the policy file, which is that of the source's menu.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    pub fn by_id(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// Exact name or alias, without case, spacing, punctuation and "Zoho".
    pub fn exact(&self, typed: &str) -> Option<&Service> {
        let key = fold(typed);
        let (_, position) = self.keys.iter().find(|(known, _)| *known == key)?;
        self.services.get(*position)
    }

    /// Exact if there is one, otherwise the text itself as an unlisted service. Never guesses.
    pub fn resolve(&self, typed: &str) -> Resolved {
        match self.exact(typed) {
            Some(service) => Resolved {
                id: service.id.clone(),
                name: service.name.clone(),
                listed: true,
            },
            None => Resolved {
                id: slug(typed),
                name: typed.trim().to_owned(),
                listed: false,
            },
        }
    }

    /// The nearest listed service for a text that is not exact, forgiving typing slips. Never
    /// proposes Writer for what looks like Writer Add-ons, nor the reverse.
    ///
    /// `None` if two services are equally near.
    pub fn near(&self, typed: &str) -> Option<&Service> {
        let key = fold(typed);
        let mut best: Option<(usize, usize)> = None;
        let mut tied = false;
        for (position, slips) in self.slips(&key) {
            match best {
                Some((_, least)) if slips > least => {}
                Some((found, least)) if slips == least => tied |= found != position,
                Some(_) | None => (best, tied) = (Some((position, slips)), false),
            }
        }
        let (position, slips) = best.filter(|_| !tied)?;
        (slips > 0).then(|| self.services.get(position)).flatten()
    }

    /// Positions of services that are a few slips away from a folded text, with their number.
    pub(super) fn slips(&self, key: &str) -> impl Iterator<Item = (usize, usize)> {
        self.keys.iter().filter_map(move |(known, position)| {
            let max = if known.len() <= 5 { 1 } else { 2 };
            let slips = within(key.as_bytes(), known.as_bytes(), max)?;
            (slips == 0 || !self.goes_beyond(key, known, *position)).then_some((*position, slips))
        })
    }

    /// Whether the text has left a name behind on the way to a longer one: "writr a" is no slip
    /// in Writer but the start of Writer Add-ons.
    fn goes_beyond(&self, key: &str, known: &str, position: usize) -> bool {
        let others = self.keys.iter().filter(|(_, other)| *other != position);
        let tails = others.filter_map(|(longer, _)| longer.strip_prefix(known));
        let begun = |tail: &str| {
            let mut ends = tail.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.any(|end| tail.get(..end).is_some_and(|begin| key.ends_with(begin)))
        };
        tails.filter(|tail| !tail.is_empty()).any(begun)
    }
}
