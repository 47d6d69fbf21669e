//! What goes over the wire: `text/event-stream` as in the HTML standard. No line holds anything but numbers,
//! codes and references, so nothing needs escaping beyond JSON's.

use partner_rules::wire::TicketEvent;
use std::fmt::Write;

/// How long a browser should wait before it comes back.
const RETRY_MS: u32 = 5000;

/// The first bytes, and where the reader stands: from here it misses nothing.
pub(super) fn hello(number: Option<i64>) -> String {
    let mut text = format!(": hello\nretry: {RETRY_MS}\n");
    id(&mut text, number);
    text.push('\n');
    text
}

pub(super) fn event(text: &mut String, number: i64, event: &TicketEvent) {
    id(text, Some(number));
    // Codes and a reference always have a JSON form.
    let json = serde_json::to_string(event).unwrap_or_default();
    let _ = write!(text, "data: {json}\n\n");
}

/// Something was missed: everything has to be loaded again. From `number` on nothing more is.
pub(super) fn reset(text: &mut String, number: i64) {
    text.push_str("event: reset\n");
    id(text, Some(number));
    text.push_str("data: {}\n\n");
}

/// A sign of life. With a number: nothing up to there is the reader's business.
pub(super) fn beat(number: Option<i64>) -> String {
    let mut text = ": beat\n".to_owned();
    id(&mut text, number);
    text.push('\n');
    text
}

fn id(text: &mut String, number: Option<i64>) {
    if let Some(number) = number {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "id: {number}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_rules::wire::EventChange;

    #[test]
    fn every_block_ends_with_an_empty_line() {
        let mut text = String::new();
        reset(&mut text, 7);
        event(
            &mut text,
            8,
            &TicketEvent {
                reference: "PS-EU-000001".to_owned(),
                change: EventChange::Replied,
            },
        );
        assert_eq!(
            format!("{}{text}{}{}", hello(None), beat(Some(9)), beat(None)),
            ": hello\nretry: 5000\n\n\
             event: reset\nid: 7\ndata: {}\n\n\
             id: 8\ndata: {\"reference\":\"PS-EU-000001\",\"change\":\"replied\"}\n\n\
             : beat\nid: 9\n\n\
             : beat\n\n"
        );
    }
}
