//! What Yew draws anew although it has not changed.

use super::tree::Tree;

/// By one of these a list is known for one, and no option.
const LISTS: [&str; 4] = ["iter()", "(0..", "split_inclusive(", "successors("];

/// `{ for option }` puts one node among its siblings or none. With their number changed Yew pairs them off from
/// the end, so what stands before it is drawn anew: a field loses its focus, a live region says nothing.
pub(super) fn options_keep_their_place(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree.rust(&["src/"]) {
        for (index, line) in code.text.lines().enumerate() {
            let looped = line.split("{ for ").skip(1);
            let is_list = |what: &str| LISTS.iter().any(|list| what.contains(list));
            if looped.into_iter().any(|what| !is_list(what)) {
                problems.push(format!(
                    "{}:{}: `{{ for … }}` over no list that is known for one (`iter()`): an option takes `place(…)` or `if let`",
                    file.path,
                    index + 1
                ));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> usize {
        options_keep_their_place(&Tree::sample([("src/views/a.rs", text)])).len()
    }

    #[test]
    fn an_option_among_siblings_is_found_and_a_list_is_not() {
        assert_eq!(problems("html! { <p/> { for remark(texts) } }"), 1);
        assert_eq!(problems("html! { { for a.iter() }{ for b } }"), 1);
        assert_eq!(problems("html! { { for rows.iter().map(row) } }"), 0);
        assert_eq!(problems("fn a() {\n    for row in rows {}\n}"), 0);
    }
}
