//! Mounting, closing, taking down.

use crate::bridge::Page;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn live_regions_are_there_before_they_speak() {
    let page = Page::open(Some("eu"), "requests");
    page.wait_for("the live region is rendered", |page| {
        page.find("pd-live").is_some()
    })
    .await;
    let live = page.find("pd-live").unwrap();
    assert_eq!(live.inner_text().trim(), "");
    assert_eq!(live.get_attribute("aria-live").as_deref(), Some("polite"));
}

#[wasm_bindgen_test]
async fn an_endpoint_out_of_reach_leaves_the_channels_and_a_way_to_try_again() {
    let page = Page::open(Some("eu"), "requests");
    page.wait_for("the failure is told", |page| {
        page.find("pd-reload").is_some()
    })
    .await;
    assert!(page.find("pd-channel-email").is_some());
    assert!(page.find("pd-add-ticket").is_none());
}

#[wasm_bindgen_test]
async fn without_a_data_centre_there_is_no_form() {
    let page = Page::open(None, "add-ticket");
    page.wait_for("channels are shown", |page| {
        page.find("pd-channel-help-center").is_some()
    })
    .await;
    assert!(page.find("pd-service").is_none());
}

#[wasm_bindgen_test]
async fn the_close_button_asks_the_loader_once() {
    let page = Page::open(None, "requests");
    page.wait_for("the close button is there", |page| {
        page.find("pd-close").is_some()
    })
    .await;
    page.find("pd-close").unwrap().click();
    page.wait_for("the loader is asked", |page| !page.told().is_empty())
        .await;
    assert_eq!(page.told(), ["close"]);
}

#[wasm_bindgen_test]
async fn destroy_leaves_the_root_empty() {
    let mut page = Page::open(Some("eu"), "requests");
    page.wait_for("the panel is rendered", |page| {
        page.find("pd-close").is_some()
    })
    .await;
    page.handle.destroy();
    page.wait_for("the root is empty", |page| {
        page.root.child_element_count() == 0
    })
    .await;
}

#[wasm_bindgen_test]
async fn another_language_keeps_the_panel() {
    let page = Page::open(None, "requests");
    page.wait_for("the close button is there", |page| {
        page.find("pd-close").is_some()
    })
    .await;
    let close = page.find("pd-close").unwrap();
    let options = js_sys::JSON::parse(r#"{"lang": "de"}"#).unwrap();
    page.handle.set_options(&options);
    page.wait_for("the label is German", |page| {
        let label = page
            .find("pd-close")
            .and_then(|button| button.get_attribute("aria-label"));
        label.as_deref() == Some("Schließen")
    })
    .await;
    assert_eq!(
        page.find("pd-close"),
        Some(close),
        "the same button, not a new panel"
    );
}
