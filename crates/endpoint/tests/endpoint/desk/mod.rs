//! The desk as a browser without scripts sees it.

mod agents;
mod browser;
mod filing;
mod hostile;
mod sign_in;
mod tickets;

pub(crate) use browser::Browser;

use crate::support::TestApp;

/// An open desk in demo mode, and a browser at its door.
async fn demo() -> (TestApp, Browser) {
    let app = TestApp::demo().await;
    let browser = Browser::at(&app);
    (app, browser)
}

/// The same, signed in as the demo agent.
async fn signed_in() -> (TestApp, Browser) {
    let (app, mut browser) = demo().await;
    browser.sign_in_as_demo().await;
    (app, browser)
}
