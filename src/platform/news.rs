//! What one tab hears from the endpoint, told to the other tabs of the same site and user.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "partner-desk news";

/// A request that has changed, with the number of the event; without a reference anything may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub id: Option<String>,
    pub reference: Option<String>,
}

/// Hears until it is dropped.
pub struct Ear {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Ear {
    pub fn new(owner: &str, mut call: impl FnMut(Told) + 'static) -> Self {
        let owner = JsValue::from(owner);
        let heard = Closure::new(move |event: MessageEvent| {
            let message = Array::from(&event.data());
            if message.get(0) == owner {
                call(Told {
                    id: message.get(1).as_string(),
                    reference: message.get(2).as_string(),
                });
            }
        });
        // Without it every tab learns of news when it loads its list.
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _heard: heard,
        }
    }

    /// Tells the others, not ourselves.
    pub fn tell(&self, owner: &str, told: &Told) {
        if let Some(channel) = &self.channel {
            let text = |text: &Option<String>| text.as_deref().map_or(JsValue::NULL, JsValue::from);
            let message = Array::of3(&owner.into(), &text(&told.id), &text(&told.reference));
            let _told = channel.post_message(&message);
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
