//! What tickets say. Each list is one text of places of equal width, which the database cuts its picks out of.

/// Of one word or phrase in its list.
pub(super) const WIDTH: usize = 32;
/// In each list.
pub(super) const COUNT: usize = 16;

const TROUBLES: [&str; COUNT] = [
    "Contacts do not sync",
    "Invoices show the wrong total",
    "Sign-in fails",
    "Export ends halfway",
    "Webhook is called twice",
    "Reports are empty",
    "Search finds nothing",
    "Mail is not sent",
    "Attachments cannot be opened",
    "Calendar is an hour off",
    "Import stops with an error",
    "Dashboard loads for minutes",
    "Workflow does not start",
    "Backup cannot be restored",
    "Currency is rounded wrongly",
    "Users cannot be invited",
];

const OCCASIONS: [&str; COUNT] = [
    "since the update",
    "after changing the plan",
    "on mobile devices",
    "for users in two organisations",
    "since this morning",
    "with large accounts",
    "at the end of the month",
    "after the domain was moved",
    "in the sandbox only",
    "behind our proxy",
    "for new records",
    "with umlauts in the name",
    "every few hours",
    "since we turned on two-factor",
    "for one department",
    "when several people work on it",
];

const NAMES: [&str; COUNT] = [
    "Ada", "Ben", "Chidi", "Dana", "Emre", "Fatma", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lena",
    "Milan", "Noor", "Olga", "Paulo",
];

/// A list in places of equal width.
fn places(words: [&str; COUNT]) -> String {
    words.iter().map(|word| format!("{word:WIDTH$}")).collect()
}

pub(super) fn troubles() -> String {
    places(TROUBLES)
}

pub(super) fn occasions() -> String {
    places(OCCASIONS)
}

pub(super) fn names() -> String {
    places(NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_fits_its_place() {
        for words in [TROUBLES, OCCASIONS, NAMES] {
            assert_eq!(places(words).len(), WIDTH * COUNT, "{words:?}");
        }
    }
}
