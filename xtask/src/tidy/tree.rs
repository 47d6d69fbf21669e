//! The checkout's text files, as git sees them. Must never contain what git ignores.

use anyhow::Result;

use super::code::Code;
use crate::files;
use crate::process::{capture, command};

/// A text file; the path is relative to the root, with slashes.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// All text files.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    /// Paths of what is no text, such as pictures.
    pub(super) others: Vec<String>,
}

impl Tree {
    /// Files that are committed or could be.
    pub(super) fn of_checkout() -> Result<Self> {
        let list = capture(command("git").args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let mut tree = Self::default();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            let place = files::root().join(path);
            if let Ok(text) = std::fs::read_to_string(&place) {
                tree.files.push(File {
                    path: path.to_owned(),
                    text,
                });
            } else if place.exists() {
                // A file may be listed that has just been deleted.
                tree.others.push(path.to_owned());
            }
        }
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// A sample for the checks' own tests.
    #[cfg(test)]
    pub(super) fn sample<const N: usize>(files: [(&str, &str); N]) -> Self {
        let file = |(path, text): (&str, &str)| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        Self {
            files: files.map(file).into(),
            others: Vec::new(),
        }
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files under any of the prefixes.
    pub(super) fn under<'a>(&'a self, prefixes: &'a [&str]) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| prefixes.iter().any(|prefix| file.path.starts_with(prefix)))
    }

    /// Rust files under any of the prefixes, test modules at their ends left out.
    pub(super) fn rust<'a>(
        &'a self,
        prefixes: &'a [&str],
    ) -> impl Iterator<Item = (&'a File, Code)> {
        self.under(prefixes)
            .filter(|file| file.path.ends_with(".rs") && !file.path.ends_with("/tests.rs"))
            .map(|file| (file, Code::of(&file.text)))
    }

    /// Whether something exists there: a file, or a folder with a file in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path == path
                || file
                    .path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}
