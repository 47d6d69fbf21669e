//! The core of the widget, natively: state, transitions, effects. No browser, no Yew.
#![expect(clippy::expect_used, reason = "a test may panic: that is how it fails")]

/// The attempt of the pending effect of this kind.
macro_rules! attempt {
    ($desk:expr, $kind:ident) => {
        $desk.attempt(|effect| {
            if let partner_desk::state::Effect::$kind { attempt } = effect {
                Some(attempt)
            } else {
                None
            }
        })
    };
}

mod access;
mod answering;
mod attaching;
mod conversing;
mod desk;
mod editing;
mod embedding;
mod feedback;
mod files;
mod fixtures;
mod helping;
mod identity;
mod keeping;
mod listing;
mod mailing;
mod news;
mod outbox;
mod picture;
mod reading;
mod sending;
mod twin;
mod uploading;
mod verifying;
mod viewing;
