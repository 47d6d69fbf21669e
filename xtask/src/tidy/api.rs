//! What the widget may touch: nothing but its own element.

use super::code::Code;
use super::tree::Tree;

const RAW_HTML: [&str; 7] = [
    "from_html_unchecked",
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
];
const OF_THE_PAGE: [&str; 12] = [
    "document.head",
    "document.body.style",
    "document.documentElement.style",
    "document.write",
    "document.cookie",
    "eval(",
    "new Function",
    "history.pushState",
    "history.replaceState",
    "window.on",
    "localStorage",
    "sessionStorage",
];
/// Where the launcher was put is all that we keep there, and that only if somebody has moved it.
const KEPT: &str = "localStorage['partner-desk']";
const IN_STYLES: [&str; 5] = ["!important", "@import", ":root", "url(http", "url(//"];

/// One file that says all that a page can call.
pub(super) fn exports_only_in_embed(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree
        .rust(&["src/"])
        .filter(|(file, _)| file.path != "src/embed.rs")
    {
        for line in exports(&code) {
            problems.push(format!(
                "{}:{line}: `#[wasm_bindgen]` export: only src/embed.rs has them",
                file.path
            ));
        }
    }
    problems
}

/// A page's content security policy refuses them, and raw HTML is how scripts get in.
pub(super) fn no_raw_html(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for (file, code) in tree.rust(&["src/"]) {
        for name in RAW_HTML {
            problems.extend(
                code.lines_with(name, "")
                    .iter()
                    .map(|line| format!("{}:{line}: `{name}`: build nodes instead", file.path)),
            );
        }
        for after in ["={", "=\""] {
            problems.extend(code.lines_with("style", after).iter().map(|line| {
                format!(
                    "{}:{line}: `style=`: use a class or an attribute, strict pages refuse it",
                    file.path
                )
            }));
        }
    }
    problems
}

/// The published guest contract, as far as words show it.
pub(super) fn guests_keep_to_themselves(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    let mut search = |path: &str, text: &str, words: &[&str]| {
        // JavaScript and CSS have Rust's comments, but their strings are searched too.
        for (index, line) in without_comments(text).lines().enumerate() {
            let line = line.replace(KEPT, "");
            for word in words.iter().filter(|word| line.contains(**word)) {
                problems.push(format!(
                    "{path}:{}: `{word}` is not ours: see docs/embedding.md",
                    index + 1
                ));
            }
        }
    };
    for script in ["static/partner-desk.js", "static/moving.js"] {
        if let Some(script) = tree.get(script) {
            search(&script.path, &script.text, &OF_THE_PAGE);
            search(&script.path, &script.text, &RAW_HTML);
        }
    }
    for sheet in tree.under(&["static/styles/"]) {
        search(&sheet.path, &sheet.text, &IN_STYLES);
    }
    problems
}

/// Lines of `#[wasm_bindgen…]` that belong to no `extern` block.
fn exports(code: &Code) -> Vec<usize> {
    let mut found = Vec::new();
    let mut depth_of_extern = None;
    let mut depth = 0_usize;
    let mut pending: Option<usize> = None;
    for (index, line) in code.text.lines().enumerate() {
        let start = line.trim();
        if start.starts_with("#[wasm_bindgen") && depth_of_extern.is_none() {
            pending = Some(index + 1);
        } else if !start.is_empty()
            && !start.starts_with("#[")
            && let Some(at) = pending.take()
        {
            if start.contains("extern ") {
                depth_of_extern = Some(depth);
            } else {
                found.push(at);
            }
        }
        depth = (depth + line.matches('{').count()).saturating_sub(line.matches('}').count());
        if depth_of_extern.is_some_and(|outer| depth <= outer) && line.contains('}') {
            depth_of_extern = None;
        }
    }
    found
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        let (before, comment) = rest.split_at(start);
        let (inside, after) =
            comment.split_at(comment.find("*/").map_or(comment.len(), |end| end + 2));
        kept.push_str(before);
        kept.extend(inside.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    let code = kept.lines().map(|line| {
        if line.trim_start().starts_with("//") {
            ""
        } else {
            line
        }
    });
    code.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn export_outside_embed_is_found_and_import_is_not() {
        let import =
            "#[wasm_bindgen]\nextern \"C\" {\n    #[wasm_bindgen(js_name = x)]\n    fn x();\n}\n";
        let export = "#[wasm_bindgen(start)]\n#[inline]\npub fn start() {}\n";
        let tree = Tree::sample([("src/platform/a.rs", import), ("src/embed.rs", export)]);
        assert!(exports_only_in_embed(&tree).is_empty());
        let both = format!("{import}{export}");
        let problems = exports_only_in_embed(&Tree::sample([("src/platform/a.rs", &both)]));
        assert_eq!(problems.len(), 1);
        assert!(
            problems
                .iter()
                .all(|problem| problem.starts_with("src/platform/a.rs:6:")),
            "{problems:?}"
        );
    }

    #[test]
    fn raw_html_and_style_attributes_are_found() {
        for text in [
            "Html::from_html_unchecked(x)",
            "html! { <p style=\"a\" /> }",
            "html! { <p style={a} /> }",
        ] {
            assert_eq!(
                no_raw_html(&Tree::sample([("src/views/a.rs", text)])).len(),
                1,
                "{text}"
            );
        }
        assert!(
            no_raw_html(&Tree::sample([(
                "src/a.rs",
                "let style = adopt(); // set_inner_html"
            )]))
            .is_empty()
        );
    }

    #[test]
    fn what_belongs_to_the_page_is_found() {
        let tree = Tree::sample([
            (
                "static/partner-desk.js",
                "// innerHTML\n/*\n eval( */\ndocument.head.append(x);",
            ),
            (
                "static/moving.js",
                "localStorage['partner-desk'] = place;\nlocalStorage.other = place;",
            ),
            (
                "static/styles/a.css",
                "/* !important */\n.a { color: red !important; }",
            ),
        ]);
        let problems = guests_keep_to_themselves(&tree);
        assert_eq!(problems.len(), 3, "{problems:?}");
        for place in ["static/partner-desk.js:4", "static/moving.js:2"] {
            assert!(problems.iter().any(|problem| problem.starts_with(place)));
        }
    }
}
