//! The desk's languages, and which of them a browser prefers.

use axum::http::{HeaderMap, header};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) enum Lang {
    #[default]
    En,
    De,
}

impl Lang {
    pub(in crate::desk) const ALL: [Self; 2] = [Self::En, Self::De];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// In itself, so that whoever looks for it finds it.
    pub(in crate::desk) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    pub(in crate::desk) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The one that `Accept-Language` prefers; English if it names none of ours.
    pub(in crate::desk) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter();
        let asked = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .filter_map(weighed);
        let mut best: Option<(Self, f32)> = None;
        for (lang, weight) in asked {
            // The first of equals.
            if best.is_none_or(|(_, most)| weight > most) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang).unwrap_or_default()
    }
}

/// One of ours with how much it is wanted; nothing if it is not wanted at all.
fn weighed(range: &str) -> Option<(Lang, f32)> {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
    let lang = Lang::parse(&primary)?;
    let weight = parameters
        .trim()
        .strip_prefix("q=")
        .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
    (weight > 0.0).then_some((lang, weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_preferred_language_is_taken() {
        for (value, expected) in [
            ("de", Lang::De),
            ("de-CH, fr;q=0.9", Lang::De),
            ("fr, de;q=0.5, en;q=0.4", Lang::De),
            ("en;q=0.4, de;q=0.5", Lang::De),
            ("EN-gb, DE", Lang::En),
            ("de;q=0, en;q=0.1", Lang::En),
            ("fr, nl", Lang::En),
            ("*", Lang::En),
            ("de;q=nonsense", Lang::En),
            ("", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::ACCEPT_LANGUAGE,
                HeaderValue::from_str(value).expect("value"),
            );
            assert_eq!(Lang::of(&headers), expected, "{value}");
        }
        assert_eq!(Lang::of(&HeaderMap::new()), Lang::En);
    }
}
