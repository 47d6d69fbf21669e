//! Placeholders: `{name}` in a sentence.

/// Replaces each known `{name}`; unknown ones stay visible, so that a slip is seen.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(name, tail)| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value, tail))
        });
        if let Some((value, tail)) = found {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_are_filled_in_any_order_and_more_than_once() {
        let filled = fill("{b}, {a} and {b}", &[("a", "1"), ("b", "2")]);
        assert_eq!(filled, "2, 1 and 2");
    }

    #[test]
    fn values_are_not_read_as_sentences() {
        assert_eq!(fill("<{a}>", &[("a", "{b}"), ("b", "no")]), "<{b}>");
    }

    #[test]
    fn unknown_and_broken_placeholders_stay_as_they_are() {
        assert_eq!(fill("{x} { {", &[("a", "1")]), "{x} { {");
    }
}
