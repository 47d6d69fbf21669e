//! The header fields of a mail as they stand, in order. For what is decided by place and count; what only has
//! to be read is read by the library.

use super::bounds;

/// Name in lower case, and the value with its folds undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A line that is no header field ends nothing: mail servers do not stop there either.
pub(crate) fn fields(raw: &[u8]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for line in bounds::head(raw).split(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.starts_with([' ', '\t']) {
            if let Some(last) = fields.last_mut() {
                last.value.push(' ');
                last.value.push_str(line.trim());
            }
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim_end();
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_graphic()) {
            continue;
        }
        fields.push(Field {
            name: name.to_ascii_lowercase(),
            value: value.trim().to_owned(),
        });
    }
    fields
}

/// All values of this name.
pub(crate) fn values<'a>(fields: &'a [Field], name: &'a str) -> impl Iterator<Item = &'a str> {
    let named = fields.iter().filter(move |field| field.name == name);
    named.map(|field| field.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_undone_and_order_is_kept() {
        let raw = b"Received: from a\r\n\tby b\r\nReceived: c\r\nbroken line\r\nX-\xff: d\r\nFrom : e\r\n\r\nTo: f\r\n";
        let fields = fields(raw);
        let told: Vec<_> = fields
            .iter()
            .map(|field| (field.name.as_str(), field.value.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("received", "from a by b"),
                ("received", "c"),
                ("from", "e")
            ]
        );
        assert_eq!(values(&fields, "received").count(), 2);
    }
}
