//! What somebody wrote in an answer, without the mail that they answer. Cuts only what follows the last word of
//! their own: who answers between the lines keeps all of it.

use super::notice::texts;

/// Characters of a line that says who wrote what follows.
const ATTRIBUTION_MAX: usize = 300;
/// How it begins and how it ends, in the languages that mail programs are set to.
const ATTRIBUTIONS: [(&str, &str); 10] = [
    ("on ", "wrote:"),
    ("am ", "schrieb:"),
    ("am ", ">:"),
    ("le ", "a écrit :"),
    ("le ", "a écrit:"),
    ("el ", "escribió:"),
    ("op ", "schreef:"),
    ("em ", "escreveu:"),
    ("", "のメール:"),
    ("", "wrote:"),
];
/// What stands above a quoted mail, without the lines around it.
const SEPARATORS: [&str; 9] = [
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "forwarded message",
    "message d'origine",
    "mensaje original",
    "oorspronkelijk bericht",
    "mensagem original",
];
/// The head of a quoted mail as Outlook writes it.
const HEADS: [(&str, &str); 2] = [("from:", "sent:"), ("von:", "gesendet:")];

/// What was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Nothing,
    /// Lines that are marked as another's.
    Quoted,
    /// Everything below a line that usually stands above another's mail: somebody may have answered within.
    Below,
}

/// What is new in an answer.
pub(crate) fn answer(text: &str) -> (String, Cut) {
    let lines: Vec<&str> = text.lines().collect();
    let begin = (0..lines.len()).find_map(|at| Some((at, begins(&lines, at)?)));
    let (end, cut) = begin.unwrap_or((lines.len(), Cut::Nothing));
    let own = lines.get(..end).unwrap_or_default().join("\n");
    let own = own.trim();
    if own.is_empty() {
        // All of it is quoted, or answered between the lines.
        return (text.trim().to_owned(), Cut::Nothing);
    }
    (own.to_owned(), cut)
}

/// Whether the mail that is answered begins here, and goes on to the end.
fn begins(lines: &[&str], at: usize) -> Option<Cut> {
    let rest = lines.get(at..).unwrap_or_default();
    let (first, after) = rest.split_first()?;
    if separates(first) || heads(rest) {
        return Some(Cut::Below);
    }
    quotes(rest, first, after).then_some(Cut::Quoted)
}

fn quotes(rest: &[&str], first: &str, after: &[&str]) -> bool {
    if first.starts_with('>') {
        return only_quoted(rest);
    }
    // The attribution may be broken over two lines.
    let joined = after
        .first()
        .map(|next| format!("{} {}", first.trim(), next.trim()));
    if attributes(first) {
        return only_quoted(after);
    }
    joined.is_some_and(|joined| {
        !first.trim().is_empty() && begins_attribution(first) && attributes(&joined)
    }) && only_quoted(after.get(1..).unwrap_or_default())
}

/// Quoted lines and empty ones, at least one of them quoted.
fn only_quoted(lines: &[&str]) -> bool {
    let mut some = false;
    for line in lines {
        if line.starts_with('>') {
            some = true;
        } else if !line.trim().is_empty() {
            return false;
        }
    }
    some
}

fn separates(line: &str) -> bool {
    if texts::above().any(|marker| line.contains(marker)) {
        return true;
    }
    let bare = line.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | ' ' | '>'));
    let bare = bare.to_lowercase().replace('’', "'");
    line.trim_start().starts_with(['-', '_']) && SEPARATORS.contains(&bare.as_str())
}

/// "From: …" followed by "Sent: …" within a few lines.
fn heads(rest: &[&str]) -> bool {
    let lower = |line: &&str| line.trim().trim_matches('*').to_lowercase();
    let Some(first) = rest.first().map(lower) else {
        return false;
    };
    HEADS.iter().any(|(from, sent)| {
        first.starts_with(from)
            && rest
                .iter()
                .take(4)
                .map(lower)
                .any(|line| line.starts_with(sent))
    })
}

fn begins_attribution(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    ATTRIBUTIONS
        .iter()
        .any(|(begin, _)| !begin.is_empty() && line.starts_with(begin))
}

fn attributes(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.chars().count() <= ATTRIBUTION_MAX
        && ATTRIBUTIONS
            .iter()
            .any(|(begin, end)| line.starts_with(begin) && line.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_answered_is_cut_off() {
        for text in [
            "Yes.\n\nOn Mon, 23 Nov 2026, Desk <support@desk.example> wrote:\n> Does it?\n> Really?\n",
            "Yes.\n\nOn Mon, 23 Nov 2026 at 10:00, Desk\n<support@desk.example> wrote:\n\n> Does it?\n",
            "Yes.\n\nAm 23.11.2026 um 10:00 schrieb Desk:\n> Stimmt es?\n\n> Wirklich?\n",
            "Yes.\n\nAm 23.11.2026 um 10:00 schrieb Desk <support@desk.example>:\n> Stimmt es?\n",
            "Yes.\n\n-----Original Message-----\nFrom: Desk\nDoes it?",
            "Yes.\n\n-----Ursprüngliche Nachricht-----\nVon: Desk\nStimmt es?",
            "Yes.\n\nFrom: Desk <support@desk.example>\nSent: Monday\nTo: Ada\n\nDoes it?",
            "Yes.\n\n*Von:* Desk\n*Gesendet:* Montag\n\nStimmt es?",
            "Yes.\n> Does it?\n",
            "Yes.",
        ] {
            let (own, cut) = answer(text);
            let wanted = if text.contains("schrieb Desk:\n") {
                // A name between verb and colon is not worth guessing: the quoted lines still go.
                "Yes.\n\nAm 23.11.2026 um 10:00 schrieb Desk:"
            } else {
                "Yes."
            };
            assert_eq!(own, wanted, "{text}");
            assert_eq!(cut == Cut::Nothing, text == "Yes.", "{text}");
            let marked = text.contains("> ");
            assert_eq!(cut == Cut::Quoted, marked, "{text}");
        }
    }

    #[test]
    fn our_own_line_is_enough() {
        for marker in texts::above() {
            let text = format!("Yes.\n{marker}\nDear Ada, does it?");
            assert_eq!(answer(&text), ("Yes.".to_owned(), Cut::Below));
        }
    }

    #[test]
    fn who_answers_between_the_lines_keeps_all_of_it() {
        let text = "On Monday Desk wrote:\n> Does it?\nYes.\n> Really?\nReally.";
        assert_eq!(answer(text), (text.to_owned(), Cut::Nothing));
        let quoted = "> only\n> quoted";
        assert_eq!(answer(quoted), (quoted.to_owned(), Cut::Nothing));
        let later = "On the whole it works, as he wrote:\nno quote follows";
        assert_eq!(answer(later), (later.to_owned(), Cut::Nothing));
    }
}
