//! How long to wait until the next attempt. Pure: chance comes in.

use std::time::Duration;

/// After the first attempt.
const FIRST: Duration = Duration::from_secs(5);
/// However often it has failed: nothing is ever given up.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// Between two looks for a ticket that may exist.
const LOOK_FIRST: Duration = Duration::from_secs(5);
const LOOK_LONGEST: Duration = Duration::from_secs(60);
/// When the portal says that it is too much, and not for how long.
const SLOW: Duration = Duration::from_secs(30);
/// What it says is believed up to this.
const SLOW_LONGEST: Duration = Duration::from_secs(60 * 60);

/// After so many attempts before this one: twice as long each time, and half of it by chance, so that those who
/// failed together do not come back together. `chance`: any number, each as likely.
pub(super) fn backoff(attempts: u32, chance: u32) -> Duration {
    spread(grown(FIRST, LONGEST, attempts), chance)
}

/// Until a ticket that may exist is looked for again.
pub(super) fn look(attempts: u32, chance: u32) -> Duration {
    spread(grown(LOOK_FIRST, LOOK_LONGEST, attempts), chance)
}

/// For which nobody calls the portal.
pub(super) fn slow(said: Option<u64>) -> Duration {
    said.map_or(SLOW, Duration::from_secs)
        .clamp(Duration::from_secs(1), SLOW_LONGEST)
}

/// A part of a quarter of it: those who wait for the same instant come one after the other.
pub(super) fn straggle(wait: Duration, chance: u32) -> Duration {
    part(wait / 4, chance)
}

fn grown(first: Duration, longest: Duration, attempts: u32) -> Duration {
    2_u32
        .checked_pow(attempts)
        .and_then(|factor| first.checked_mul(factor))
        .map_or(longest, |wait| wait.min(longest))
}

fn spread(wait: Duration, chance: u32) -> Duration {
    wait / 2 + part(wait / 2, chance)
}

fn part(whole: Duration, chance: u32) -> Duration {
    whole.mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour_and_never_end() {
        for (attempts, least, most) in [(0, 2500, 5000), (1, 5000, 10_000), (5, 80_000, 160_000)] {
            assert_eq!(backoff(attempts, 0), Duration::from_millis(least));
            assert_eq!(backoff(attempts, u32::MAX), Duration::from_millis(most));
        }
        for attempts in [20, 40, u32::MAX] {
            assert_eq!(backoff(attempts, u32::MAX), LONGEST);
            assert_eq!(look(attempts, u32::MAX), LOOK_LONGEST);
        }
    }

    #[test]
    fn what_the_portal_asks_for_is_given_within_reason() {
        assert_eq!(slow(Some(17)), Duration::from_secs(17));
        assert_eq!(slow(Some(0)), Duration::from_secs(1));
        assert_eq!(slow(Some(u64::MAX)), SLOW_LONGEST);
        assert_eq!(slow(None), SLOW);
        assert_eq!(straggle(SLOW, 0), Duration::ZERO);
    }
}
