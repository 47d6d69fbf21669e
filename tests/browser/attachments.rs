//! The attachments of the form as somebody meets them: chosen, dropped, pasted, taken off.

use js_sys::{Function, Reflect};
use partner_desk::i18n::Texts;
use partner_desk::platform::blobs::{Blobs, is_readable};
use partner_desk::platform::locale::texts;
use partner_desk::state::files::{Attached, Files, FilesAction, Picked, Standing};
use partner_desk::views::add_ticket::attachments::{Attachments, attachments};
use partner_desk::views::add_ticket::dropping::dropping;
use partner_rules::policy::Limits;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, File, HtmlElement};
use yew::prelude::*;

const LIMITS: Limits = Limits {
    service_max: 255,
    subject_max: 255,
    description_max: 32_000,
    email_max: 150,
    files_max: 2,
    file_bytes_max: 20 << 20,
};

#[derive(Properties, PartialEq)]
struct Props {
    files: Files,
    frozen: bool,
    on_pick: Callback<Vec<File>>,
    on_change: Callback<FilesAction>,
}

#[component]
fn Form(props: &Props) -> Html {
    let english: Texts = texts("en", &JsValue::NULL);
    let drops = dropping(!props.frozen, &props.on_pick);
    let shown = attachments(&Attachments {
        texts: &english,
        files: &props.files,
        limits: &LIMITS,
        error: None,
        frozen: props.frozen,
        on_pick: &props.on_pick,
        on_change: &props.on_change,
    });
    html! {
        <form ondragover={drops.ondragover} ondragleave={drops.ondragleave} ondrop={drops.ondrop}
            onpaste={drops.onpaste}>
            { for shown }
        </form>
    }
}

struct Shown {
    root: Element,
    picked: Rc<RefCell<Vec<String>>>,
    changes: Rc<RefCell<Vec<FilesAction>>>,
}

async fn show(files: Files, frozen: bool) -> Shown {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let (picked, changes) = (Rc::default(), Rc::default());
    let (names, actions): (Rc<RefCell<Vec<String>>>, Rc<RefCell<Vec<_>>>) =
        (Rc::clone(&picked), Rc::clone(&changes));
    let props = Props {
        files,
        frozen,
        on_pick: Callback::from(move |files: Vec<File>| {
            names.borrow_mut().extend(files.iter().map(File::name));
        }),
        on_change: Callback::from(move |action| actions.borrow_mut().push(action)),
    };
    yew::Renderer::<Form>::with_root_and_props(root.clone(), props).render();
    gloo_timers::future::TimeoutFuture::new(20).await;
    Shown {
        root,
        picked,
        changes,
    }
}

impl Shown {
    fn find(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.root.query_selector(selector).unwrap();
        found.map(JsCast::unchecked_into)
    }

    fn at(&self, hook: &str) -> HtmlElement {
        self.find(&format!("[data-testid={hook}]")).unwrap()
    }

    /// Fires an event that carries data at the form; gives whether the browser's own way was stopped.
    fn fire(&self, event: &str, data: &str) -> bool {
        let code = format!(
            "const data = new DataTransfer(); {data};
             const event = {event}; return !form.dispatchEvent(event);"
        );
        let form: JsValue = self.find("form").unwrap().into();
        let fire = Function::new_with_args("form", &code);
        fire.call1(&JsValue::NULL, &form).unwrap().is_truthy()
    }

    fn picked(&self) -> Vec<String> {
        self.picked.borrow().clone()
    }
}

const FILE: &str = "data.items.add(new File(['abc'], 'a.png', { type: 'image/png' }))";
const DRAG: &str =
    "new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data })";
const DROP: &str = "new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })";
const PASTE: &str =
    "new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })";

fn files(standings: Vec<Standing>) -> Files {
    let list = standings
        .into_iter()
        .enumerate()
        .map(|(n, standing)| Attached {
            id: Rc::from(format!("id-{n}")),
            name: Rc::from(format!("file {n}.png")),
            size: 3 << 20,
            kept: false,
            standing,
        });
    Files {
        list: list.collect(),
        left_out: 0,
    }
}

#[wasm_bindgen_test]
async fn the_control_is_named_large_enough_and_says_the_limits() {
    let shown = show(Files::default(), false).await;
    let input = shown.at("pd-attachments");
    let labels = Reflect::get(&input, &"labels".into()).unwrap();
    let text = |at: u32| {
        let label: HtmlElement = Reflect::get_u32(&labels, at).unwrap().unchecked_into();
        label.inner_text()
    };
    assert_eq!(
        (text(0), text(1)),
        ("Attachments (optional)".into(), "Choose files".into())
    );
    let hint = input.get_attribute("aria-describedby").unwrap();
    let hint = shown.find(&format!("#{hint}")).unwrap().inner_text();
    assert!(
        hint.starts_with("Up to 2 files of at most 20 MB each."),
        "{hint}"
    );
}

#[wasm_bindgen_test]
async fn chosen_files_go_out_and_the_control_is_empty_again() {
    let shown = show(Files::default(), false).await;
    let choose = "const input = form.querySelector('input'); input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
        if (input.files.length) throw new Error('not empty')";
    for _ in 0..2 {
        shown.fire(
            "new Event('x', { cancelable: true })",
            &format!("{FILE}; {choose}"),
        );
    }
    assert_eq!(shown.picked(), ["a.png", "a.png"]);
}

#[wasm_bindgen_test]
async fn dropped_files_go_out_and_the_form_is_marked_while_they_are_held_over_it() {
    let shown = show(Files::default(), false).await;
    assert!(shown.fire(DRAG, FILE));
    assert!(shown.find("form[data-drop]").is_some());
    assert!(shown.fire(DROP, FILE));
    assert!(shown.find("form[data-drop]").is_none());
    assert_eq!(shown.picked(), ["a.png"]);
}

#[wasm_bindgen_test]
async fn dragged_text_is_left_alone() {
    let shown = show(Files::default(), false).await;
    let text = "data.setData('text/plain', 'abc')";
    assert!(!shown.fire(DRAG, text));
    assert!(!shown.fire(DROP, text));
    assert!(shown.find("form[data-drop]").is_none());
}

#[wasm_bindgen_test]
async fn pasted_files_go_out_and_pasted_text_is_left_alone() {
    let shown = show(Files::default(), false).await;
    assert!(!shown.fire(PASTE, "data.setData('text/plain', 'abc')"));
    let office = "data.setData('text/plain', 'a'); data.setData('text/html', '<b>a</b>')";
    assert!(!shown.fire(PASTE, &format!("{office}; {FILE}")));
    assert!(shown.picked().is_empty());
    assert!(shown.fire(PASTE, FILE));
    assert_eq!(shown.picked(), ["a.png"]);
}

#[wasm_bindgen_test]
async fn a_frozen_form_takes_nothing_and_is_not_replaced_by_a_file() {
    let shown = show(files(vec![Standing::Waiting]), true).await;
    assert!(shown.fire(DROP, FILE));
    assert!(!shown.fire(PASTE, FILE));
    assert!(shown.picked().is_empty());
    assert!(shown.find("[data-testid=pd-attachment-remove]").is_none());
    assert!(shown.at("pd-attachments").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_file_on_its_way_shows_how_far_it_is_and_can_be_cancelled_by_its_name() {
    let attempt = 1;
    let sending = Standing::Sending {
        attempt,
        sent_bytes: 1 << 20,
    };
    let shown = show(files(vec![sending]), false).await;
    let row = shown.at("pd-attachment");
    assert_eq!(row.get_attribute("data-state").as_deref(), Some("sending"));
    assert!(
        row.inner_text().contains("1 MB of 3 MB sent"),
        "{}",
        row.inner_text()
    );
    let bar = shown.find("progress").unwrap();
    assert_eq!(
        Reflect::get(&bar, &"value".into()).unwrap(),
        f64::from(1 << 20)
    );
    let cancel = shown.at("pd-attachment-remove");
    assert_eq!(cancel.inner_text(), "Cancel");
    assert_eq!(
        cancel.get_attribute("aria-label").as_deref(),
        Some("Cancel file 0.png")
    );
    cancel.click();
    assert_eq!(
        *shown.changes.borrow(),
        [FilesAction::Removed(Rc::from("id-0"))]
    );
}

#[wasm_bindgen_test]
async fn refused_files_are_named_in_the_error_of_the_field() {
    let mut list = Files::default();
    let size = (20 << 20) + 1;
    let (id, name) = (Rc::from("a"), Rc::from("film.mov"));
    list.add(vec![Picked { id, name, size }], &LIMITS);
    let shown = show(list, false).await;
    let error = shown.at("pd-error-attachments");
    assert!(
        error
            .inner_text()
            .contains("Remove “film.mov”: it is larger than 20 MB"),
        "{}",
        error.inner_text()
    );
    let input = shown.at("pd-attachments");
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described = input.get_attribute("aria-describedby").unwrap();
    assert!(described.ends_with(&error.id()), "{described}");
}

#[wasm_bindgen_test]
async fn the_registry_gives_bytes_back_by_id_and_lets_go_of_the_others() {
    let make = Function::new_no_args("return new File(['abc'], 'a.png')");
    let file: File = make.call0(&JsValue::NULL).unwrap().unchecked_into();
    let blobs = Blobs::default();
    let picked = blobs.take(vec![file.clone(), file]);
    assert_eq!((&*picked[0].name, picked[0].size), ("a.png", 3));
    assert_ne!(picked[0].id, picked[1].id);
    blobs.clone().retain(|id| id == &*picked[0].id);
    assert!(blobs.get(&picked[1].id).is_none());
    assert!(is_readable(&blobs.get(&picked[0].id).unwrap()).await);
    blobs.clear();
    assert!(blobs.get(&picked[0].id).is_none());
}

/// The listeners of a dialog host must not be needed: events are typed by the browser.
#[wasm_bindgen_test]
fn a_paste_without_data_is_no_fault() {
    let drops = dropping(true, &Callback::noop());
    drops.onpaste.emit(Event::new("paste").unwrap());
}
