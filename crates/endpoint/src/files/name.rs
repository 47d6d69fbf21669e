//! Names of files, made harmless: for a list in a browser, for a header, and for whoever saves the file.

/// In characters; more are cut out before the ending.
const NAME_MAX: usize = 120;
/// An ending is kept up to here.
const EXTENSION_MAX: usize = 16;
/// For what nothing is left of.
const NAMELESS: &str = "file";
/// Names that Windows keeps for devices, whatever follows the first dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// The last part of a path, without what some system or reader would take for something else.
pub fn harmless(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if r#"<>:"|?*"#.contains(c) { '_' } else { c })
        .collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let short = shortened(clean);
    if short.is_empty() {
        NAMELESS.to_owned()
    } else if is_device(&short) {
        // One more than before: it may be one too many.
        shortened(&format!("_{short}"))
    } else {
        short
    }
}

/// Control characters, and what turns the direction of text around or takes no room. A joiner within an
/// emoji goes too: the name is shown in parts then, and still is the name.
///
/// Unicode's property `Default_Ignorable_Code_Point`, fillers and variation selectors included, and the
/// separators of lines and of annotations.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= NAME_MAX {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= EXTENSION_MAX => (stem, extension),
        Some(_) | None => (name, ""),
    };
    let room = NAME_MAX - 1 - extension.chars().count();
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    if extension.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{extension}")
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_lowercase();
    DEVICES.contains(&stem.as_str())
        || NUMBERED.iter().any(|device| {
            let mut rest = stem.strip_prefix(device).unwrap_or_default().chars();
            let digit = rest
                .next()
                .is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
            digit && rest.next().is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless() {
        for (given, expected) in [
            ("photo.png", "photo.png"),
            ("Größe – 東京.pdf", "Größe – 東京.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("C:\\Users\\me\\a.txt", "a.txt"),
            ("/", "file"),
            ("", "file"),
            ("..", "file"),
            (" . ", "file"),
            (".htaccess", "htaccess"),
            ("a.txt. . ", "a.txt"),
            ("a\0.png", "a.png"),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie_ x.png"),
            ("\u{202e}gnp.exe", "gnp.exe"),
            ("photo\u{202e}gnp.exe", "photognp.exe"),
            ("a\u{2066}b\u{2069}\u{200f}\u{61c}.png", "ab.png"),
            ("\u{feff}\u{200b}a.png", "a.png"),
            ("\u{3164}", "file"),
            ("a\u{115f}\u{fe0f}\u{34f}.png", "a.png"),
            ("\u{ffa0}con.txt", "_con.txt"),
            ("a<b>:\"|?*.png", "a_b______.png"),
            ("con", "_con"),
            ("CON.txt", "_CON.txt"),
            ("nul .tar.gz", "_nul .tar.gz"),
            ("com1.log", "_com1.log"),
            ("LPT².txt", "_LPT².txt"),
            ("com10.log", "com10.log"),
            ("console.log", "console.log"),
            ("com.log", "com.log"),
        ] {
            assert_eq!(harmless(given), expected, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = harmless(&format!("{}.png", "ä".repeat(1000)));
        assert_eq!(name.chars().count(), NAME_MAX);
        assert!(name.ends_with("ä.png"));
        let dots = harmless(&format!("{}.png", "a.".repeat(1000)));
        assert!(dots.chars().count() <= NAME_MAX && dots.ends_with("a.png"));
        let no_end = harmless(&"x".repeat(1000));
        assert!(no_end.chars().count() <= NAME_MAX);
        let device = harmless(&format!("con.{}.txt", "x".repeat(111)));
        assert_eq!(device.chars().count(), NAME_MAX);
        assert!(device.starts_with("_con.x") && device.ends_with("x.txt"));
        let cut_to_a_device = harmless(&format!("con{}x.txt", " ".repeat(200)));
        assert_eq!(cut_to_a_device, "_con.txt");
        let all_end = harmless(&format!("a.{}", "x".repeat(1000)));
        assert!(all_end.chars().count() <= NAME_MAX);
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for given in ["a.png", "../con", "x\u{202e}.exe", &"ab. ".repeat(300)] {
            let once = harmless(given);
            assert_eq!(harmless(&once), once);
        }
    }
}
