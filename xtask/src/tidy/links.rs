//! Links and pictures in documents lead to files that exist. Must never look at other servers.

use super::tree::Tree;

/// Every `](target)` of a Markdown file that is no address and no place in the same file.
pub(super) fn lead_somewhere(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in file.text.lines().enumerate() {
            for target in targets(line) {
                if !resolved(folder, target).is_some_and(|path| exists(tree, &path)) {
                    problems.push(format!(
                        "{}:{}: `{target}` does not exist",
                        file.path,
                        index + 1
                    ));
                }
            }
        }
    }
    problems
}

fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let (target, _) = rest.split_once(')')?;
        let path = target.split('#').next()?;
        let elsewhere = path.is_empty() || path.contains(':') || path.starts_with('/');
        (!elsewhere).then_some(path)
    })
}

/// The path from the root; nothing if it leads out of the checkout.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn exists(tree: &Tree, path: &str) -> bool {
    path.is_empty() || tree.has(path) || tree.others.iter().any(|other| other == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let mut tree = Tree::sample([
            (
                "README.md",
                "[a](docs/a.md#x) ![b](docs/b.png)\n[gone](docs/gone.md) ![gone](docs/gone.png)\n\
                 [here](#x) [there](https://example.org/a) [out](../a.md)",
            ),
            (
                "docs/a.md",
                "[up](../README.md) [folder](../docs/) [a](a.md)",
            ),
        ]);
        tree.others.push("docs/b.png".to_owned());
        assert_eq!(
            lead_somewhere(&tree),
            [
                "README.md:2: `docs/gone.md` does not exist",
                "README.md:2: `docs/gone.png` does not exist",
                "README.md:3: `../a.md` does not exist",
            ]
        );
    }
}
