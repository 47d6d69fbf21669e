//! Server-sent events, read from a response as they come: `EventSource` could not send the token.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response, TextDecodeOptions, TextDecoder};

/// An event is a few dozen bytes; a line that does not end is no event stream.
const LINE_MAX: usize = 16_384;

/// One event as it was sent. With a number alone it says how far the stream is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Event {
    pub id: Option<String>,
    /// Empty: the ordinary kind.
    pub name: String,
    pub data: String,
}

/// Reads events until the stream ends or breaks. `beat` is called with everything that comes, comments too:
/// by it one sees that the stream is alive.
pub async fn read(response: &Response, mut beat: impl FnMut(), mut each: impl FnMut(Event)) {
    let Some(reader) = reader(response) else {
        return;
    };
    let Ok(decoder) = TextDecoder::new() else {
        return;
    };
    let options = TextDecodeOptions::new();
    options.set_stream(true);
    let mut lines = Lines::default();
    while let Ok(chunk) = JsFuture::from(reader.read()).await {
        let value = Reflect::get(&chunk, &"value".into()).unwrap_or(JsValue::UNDEFINED);
        let Ok(bytes) = value.dyn_into::<Uint8Array>() else {
            return;
        };
        beat();
        let text = decoder.decode_with_js_u8_array_and_options(&bytes, &options);
        let Ok(text) = text else { return };
        if !lines.take(&text, &mut each) {
            return;
        }
    }
}

fn reader(response: &Response) -> Option<ReadableStreamDefaultReader> {
    response.body()?.get_reader().dyn_into().ok()
}

/// Puts lines together, and events from them.
#[derive(Default)]
struct Lines {
    rest: String,
    event: Event,
}

impl Lines {
    /// Whether it still looks like a stream of events.
    fn take(&mut self, text: &str, each: &mut impl FnMut(Event)) -> bool {
        self.rest.push_str(text);
        while let Some((line, rest)) = self.rest.split_once('\n') {
            let (line, rest) = (line.trim_end_matches('\r').to_owned(), rest.to_owned());
            self.rest = rest;
            self.line(&line, each);
        }
        self.rest.len() <= LINE_MAX && self.event.data.len() <= LINE_MAX
    }

    fn line(&mut self, line: &str, each: &mut impl FnMut(Event)) {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            if event != Event::default() {
                each(event);
            }
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.event.id = Some(value.to_owned()),
            "event" => self.event.name = value.to_owned(),
            "data" => self.event.data.push_str(value),
            _ => {}
        }
    }
}
