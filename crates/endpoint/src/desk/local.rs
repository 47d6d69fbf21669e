//! Where to go on after a form: a page of the desk, whatever the form says.

use url::Url;

/// A base that no address of a form can be relative to by chance.
const BASE: &str = "http://desk.invalid";

/// The path and query of a page of the desk; its first page for anything else.
pub(super) fn path(wanted: &str) -> String {
    let sound = || {
        let base = Url::parse(BASE).ok()?;
        // As a browser reads it: `//evil.example` and `/\evil.example` lead elsewhere.
        let url = base.join(wanted).ok()?;
        let ours = wanted.starts_with('/') && url.origin() == base.origin();
        let path = match url.query() {
            None => url.path().to_owned(),
            Some(query) => format!("{}?{query}", url.path()),
        };
        // What was joined may begin with two slashes again: `/..//evil.example`.
        (ours && !path.starts_with("//")).then_some(path)
    };
    sound().unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_desk_are_kept() {
        for (wanted, expected) in [
            ("/", "/"),
            ("/tickets/PS-EU-000001", "/tickets/PS-EU-000001"),
            ("/search?q=a%20b", "/search?q=a%20b"),
            ("/a#b", "/a"),
        ] {
            assert_eq!(path(wanted), expected);
        }
    }

    #[test]
    fn everything_else_leads_to_the_first_page() {
        for wanted in [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "http:evil.example",
            "javascript:alert(1)",
            "/..//evil.example",
            "/%2e%2e//evil.example",
            "/./\\evil.example",
            "/\t/evil.example",
            "/\n//evil.example",
            " //evil.example",
            "evil",
        ] {
            assert_eq!(path(wanted), "/", "{wanted:?}");
        }
    }
}
