//! Which files are taken: those of a list, whose beginning is what their ending says.
//!
//! Listed are pictures, recordings, documents, archives and plain text. Programs, scripts, and pages that
//! a browser would draw (HTML, SVG) are not. Nobody's word for a type is taken: the sender's
//! `Content-Type` decides nothing, and the type that readers get comes from this table.

/// Enough for every signature below.
const HEAD: usize = 16;
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP: &[u8] = b"PK\x03\x04";
const UTF_16: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];
const PLAIN: &str = "text/plain";

/// What a file of some kind looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// These bytes at this place.
    Has(usize, &'static [u8]),
    /// These two at the beginning and at the eighth byte.
    Riff(&'static [u8]),
    /// No NUL, unless it is UTF-16, and none of the signatures.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    extension: &'static str,
    pub content_type: &'static str,
    content: Content,
}

/// What has been noticed of the bytes.
#[derive(Debug, Default)]
pub struct Seen {
    head: Vec<u8>,
    nul: bool,
}

impl Seen {
    pub fn look(&mut self, bytes: &[u8]) {
        let missing = HEAD.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(missing));
        self.nul = self.nul || bytes.contains(&0);
    }
}

const fn has(extension: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Kind {
    at(extension, content_type, 0, bytes)
}

const fn at(
    extension: &'static str,
    content_type: &'static str,
    place: usize,
    bytes: &'static [u8],
) -> Kind {
    Kind {
        extension,
        content_type,
        content: Content::Has(place, bytes),
    }
}

const fn text(extension: &'static str, content_type: &'static str) -> Kind {
    Kind {
        extension,
        content_type,
        content: Content::Text,
    }
}

/// Endings in lower case. One that has several contents has several rows.
const KINDS: &[Kind] = &[
    has("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    has("jpg", "image/jpeg", b"\xff\xd8\xff"),
    has("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    has("gif", "image/gif", b"GIF87a"),
    has("gif", "image/gif", b"GIF89a"),
    has("bmp", "image/bmp", b"BM"),
    Kind {
        extension: "webp",
        content_type: "image/webp",
        content: Content::Riff(b"WEBP"),
    },
    at("heic", "image/heic", 4, b"ftyp"),
    at("mp4", "video/mp4", 4, b"ftyp"),
    at("m4v", "video/mp4", 4, b"ftyp"),
    at("mov", "video/quicktime", 4, b"ftyp"),
    has("webm", "video/webm", b"\x1a\x45\xdf\xa3"),
    has("pdf", "application/pdf", b"%PDF-"),
    has("rtf", "application/rtf", b"{\\rtf"),
    has(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ZIP,
    ),
    has(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ZIP,
    ),
    has(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ZIP,
    ),
    has("odt", "application/vnd.oasis.opendocument.text", ZIP),
    has("ods", "application/vnd.oasis.opendocument.spreadsheet", ZIP),
    has(
        "odp",
        "application/vnd.oasis.opendocument.presentation",
        ZIP,
    ),
    has("doc", "application/msword", OLE),
    has("xls", "application/vnd.ms-excel", OLE),
    has("ppt", "application/vnd.ms-powerpoint", OLE),
    has("msg", "application/vnd.ms-outlook", OLE),
    has("zip", "application/zip", ZIP),
    has("gz", "application/gzip", b"\x1f\x8b"),
    has("tgz", "application/gzip", b"\x1f\x8b"),
    has("7z", "application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c"),
    text("txt", PLAIN),
    text("log", PLAIN),
    text("md", PLAIN),
    text("eml", PLAIN),
    text("xml", PLAIN),
    text("yaml", PLAIN),
    text("yml", PLAIN),
    text("csv", "text/csv"),
    text("tsv", "text/tab-separated-values"),
    text("ics", "text/calendar"),
    text("vcf", "text/vcard"),
    text("json", "application/json"),
    text("har", "application/json"),
];

/// What a browser makes of a screen, or keeps of it.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

impl Kind {
    /// Whether it is a picture that every browser draws.
    pub fn is_picture(self) -> bool {
        PICTURES.contains(&self.content_type)
    }
}

/// Whether files of this name may be pictures: known before a byte has arrived.
pub fn may_be_picture(name: &str) -> bool {
    kinds(name).any(Kind::is_picture)
}

/// The ending that files of this type get when they are saved under a name of ours.
pub fn ending(content_type: &str) -> &'static str {
    let known = KINDS.iter().find(|kind| kind.content_type == content_type);
    known.map_or("bin", |kind| kind.extension)
}

/// Whether files of this name are taken at all: known before a byte has arrived.
pub fn is_listed(name: &str) -> bool {
    kinds(name).next().is_some()
}

/// The kind that name and content agree on.
pub fn judge(name: &str, seen: &Seen) -> Option<Kind> {
    kinds(name).find(|kind| kind.content.fits(seen))
}

fn kinds(name: &str) -> impl Iterator<Item = Kind> {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    KINDS
        .iter()
        .copied()
        .filter(move |kind| kind.extension == extension)
}

impl Content {
    fn fits(self, seen: &Seen) -> bool {
        match self {
            Self::Has(place, bytes) => {
                let tail = seen.head.get(place..).unwrap_or_default();
                tail.starts_with(bytes)
            }
            Self::Riff(form) => Self::Has(0, b"RIFF").fits(seen) && Self::Has(8, form).fits(seen),
            Self::Text => {
                let wide = UTF_16.iter().any(|mark| seen.head.starts_with(mark));
                (wide || !seen.nul) && !KINDS.iter().any(|kind| kind.content.is_telling(seen))
            }
        }
    }

    /// A signature long enough that no text begins with it by chance.
    fn is_telling(self, seen: &Seen) -> bool {
        match self {
            Self::Has(_, bytes) => bytes.len() >= 4 && self.fits(seen),
            Self::Riff(_) => self.fits(seen),
            Self::Text => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_of(name: &str, bytes: &[u8]) -> Option<&'static str> {
        let mut seen = Seen::default();
        // Byte by byte: pieces come as they come.
        for byte in bytes {
            seen.look(&[*byte]);
        }
        judge(name, &seen).map(|kind| kind.content_type)
    }

    #[test]
    fn name_and_content_must_agree() {
        let png = b"\x89PNG\r\n\x1a\nIHDR\0\0";
        for (name, bytes, expected) in [
            ("a.png", png.as_slice(), Some("image/png")),
            ("A.PNG", png, Some("image/png")),
            ("a.gif", b"GIF89a\0\0", Some("image/gif")),
            ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            ("a.mp4", b"\0\0\0\x18ftypmp42", Some("video/mp4")),
            ("a.pdf", b"%PDF-1.7", Some("application/pdf")),
            ("a.csv", b"a,b\n1,2\n", Some("text/csv")),
            ("a.txt", b"", Some("text/plain")),
            ("a.txt", "Gr\u{fc}\u{df}e".as_bytes(), Some("text/plain")),
            ("a.txt", b"\xff\xfea\0b\0", Some("text/plain")),
            ("a.log", b"BMW and PK are no signatures", Some("text/plain")),
            ("a.tar.gz", b"\x1f\x8b\x08", Some("application/gzip")),
            ("a.jpg", png, None),
            ("a.png", b"\x89PN", None),
            ("a.png", b"", None),
            ("a.webp", b"RIFF\x10\0\0\0AVI LIST", None),
            ("a.txt", png, None),
            ("a.txt", b"%PDF-1.7 text only", None),
            ("a.log", b"MZ\x90\0\x03", None),
            ("a.log", b"\x7fELF\x02\x01\0", None),
            ("a.exe", b"MZ\x90\0\x03", None),
            ("a.html", b"<html>", None),
            ("a.svg", b"<svg/>", None),
            ("a.js", b"alert()", None),
            ("a.pdf.exe", b"%PDF-1.7", None),
            ("png", png, None),
            ("a.", b"text", None),
        ] {
            assert_eq!(type_of(name, bytes), expected, "{name} {bytes:?}");
        }
    }

    #[test]
    fn pictures_are_four_types_by_five_endings() {
        let endings: Vec<&str> = KINDS
            .iter()
            .filter(|kind| may_be_picture(&format!("a.{}", kind.extension)))
            .map(|kind| kind.extension)
            .collect();
        assert_eq!(endings, ["png", "jpg", "jpeg", "gif", "gif", "webp"]);
        for (content_type, expected) in [
            ("image/jpeg", "jpg"),
            ("image/png", "png"),
            ("text/html", "bin"),
        ] {
            assert_eq!(ending(content_type), expected);
        }
    }

    #[test]
    fn a_nul_counts_wherever_it_is() {
        let mut long = vec![b'a'; 100_000];
        long.push(0);
        assert_eq!(type_of("a.txt", &long), None);
    }

    #[test]
    fn nothing_that_runs_or_is_drawn_is_listed() {
        for extension in [
            "exe", "com", "bat", "cmd", "ps1", "vbs", "js", "mjs", "jar", "msi", "scr", "lnk",
            "sh", "html", "htm", "xhtml", "svg", "mhtml", "hta", "docm", "xlsm", "iso", "dmg",
            "apk", "wasm", "php", "url", "reg",
        ] {
            assert!(!is_listed(&format!("a.{extension}")), "{extension}");
        }
    }

    #[test]
    fn signatures_fit_into_what_is_looked_at() {
        for kind in KINDS {
            match kind.content {
                Content::Has(place, bytes) => assert!(place + bytes.len() <= HEAD),
                Content::Riff(form) => assert!(8 + form.len() <= HEAD),
                Content::Text => {}
            }
            assert_eq!(kind.extension, kind.extension.to_ascii_lowercase());
        }
    }
}
