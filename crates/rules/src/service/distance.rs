//! How many typing slips lie between two texts.

/// Edits from `a` to `b` (insert, drop, change, swap two neighbours) if there are at most `max`.
///
/// Names of services are compared by bytes: they are ASCII, and a slip in another script is simply not
/// near. Branches up to 4^`max` times, so `max` is for 1 and 2.
pub(crate) fn within<T: PartialEq>(a: &[T], b: &[T], max: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    match (a, b) {
        ([], rest) | (rest, []) => Some(rest.len()),
        ([x, a_rest @ ..], [y, b_rest @ ..]) if x == y => within(a_rest, b_rest, max),
        ([x, a_rest @ ..], [y, b_rest @ ..]) => {
            let left = max.checked_sub(1)?;
            let swapped = match (a_rest, b_rest) {
                ([next_x, a_tail @ ..], [next_y, b_tail @ ..]) if x == next_y && y == next_x => {
                    within(a_tail, b_tail, left)
                }
                _ => None,
            };
            let others = [
                within(a_rest, b_rest, left),
                within(a_rest, b, left),
                within(a, b_rest, left),
            ];
            others
                .into_iter()
                .chain([swapped])
                .flatten()
                .min()
                .map(|rest| rest + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn slips_are_counted_up_to_the_bound() {
        for (a, b, max, expected) in [
            ("crm", "crm", 0, Some(0)),
            ("crm", "crn", 1, Some(1)),
            ("sing", "sign", 1, Some(1)),
            ("campains", "campaigns", 2, Some(1)),
            ("pagesence", "pagesense", 2, Some(1)),
            ("writer", "writeraddons", 2, None),
            ("abc", "xyz", 2, None),
            ("", "ab", 2, Some(2)),
            ("ab", "", 1, None),
            ("gmial", "gmail", 2, Some(1)),
        ] {
            assert_eq!(within(a.as_bytes(), b.as_bytes(), max), expected, "{a} {b}");
            assert_eq!(within(b.as_bytes(), a.as_bytes(), max), expected, "{b} {a}");
        }
    }
}
