//! The clock, corrected by the endpoint's (a partner's computer may be wrong by hours), or a fake one.

use std::cell::Cell;
use std::rc::Rc;

#[derive(Clone, Default)]
pub struct Clock {
    /// Endpoint's time minus ours, in milliseconds.
    offset_ms: Rc<Cell<f64>>,
    /// A fake clock was started: it goes on, whatever the endpoint says.
    fake: Rc<Cell<bool>>,
    /// Date minus steady clock when it was looked at last.
    drift_ms: Rc<Cell<Option<f64>>>,
}

/// What the two clocks may drift apart between two looks.
const JUMP_MS: f64 = 5_000.0;

impl Clock {
    /// Milliseconds since 1970, as the endpoint counts them once it is known.
    pub fn now_ms(&self) -> i64 {
        whole(self.now())
    }

    /// The same, as JavaScript has it.
    pub fn now(&self) -> f64 {
        js_sys::Date::now() + self.offset_ms.get()
    }

    /// Takes the endpoint's time (RFC 3339) as the present.
    pub fn correct(&self, server_time: &str) {
        let server = js_sys::Date::parse(server_time);
        if server.is_finite() {
            self.offset_ms.set(server - js_sys::Date::now());
        }
    }

    /// The endpoint says in passing what time it is; a fake clock goes on.
    pub fn hear(&self, server_time: &str) {
        if !self.fake.get() {
            self.correct(server_time);
        }
    }

    /// Whether the date has moved otherwise than time went by since the last look: somebody has set the
    /// clock, or the machine has slept. Either way only the endpoint knows what time it is.
    pub fn jumped(&self) -> bool {
        let steady = web_sys::window().and_then(|window| window.performance());
        let Some(steady) = steady else { return false };
        let drift = js_sys::Date::now() - steady.now();
        let before = self.drift_ms.replace(Some(drift));
        !self.fake.get() && before.is_some_and(|before| (drift - before).abs() > JUMP_MS)
    }

    /// Starts a fake clock at that time; one that runs is left alone.
    pub fn start(&self, at: &str) {
        if !self.fake.replace(true) {
            self.correct(at);
        }
    }
}

/// RFC 3339 to milliseconds since 1970.
pub fn instant(rfc3339: &str) -> Option<i64> {
    let at = js_sys::Date::parse(rfc3339);
    at.is_finite().then(|| whole(at))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "dates of JavaScript fit into 54 bits"
)]
pub(super) fn whole(ms: f64) -> i64 {
    ms as i64
}
