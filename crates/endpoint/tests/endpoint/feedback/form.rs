//! What a form may say.

use super::{Form, PATH, PNG, count, filed, kept, picture, sent, small_files};
use crate::support::{Request, TestApp, on_disk, sha256};
use partner_endpoint::config::RawLimits;
use partner_endpoint::feedback::Feedback;
use serde_json::json;

#[tokio::test]
async fn it_is_answered_once_it_is_on_disk() {
    let app = TestApp::demo().await;
    let form = Form::default()
        .file("Größe.png", PNG)
        .text("name", "  Ada Größe ")
        .text("email", "ada@visitor.example")
        .text("subject", "A word is missing")
        .text("description", "In the\r\nsecond line.\n")
        .text(
            "page_url",
            "https://me:secret@portal.example/de?token=1#top",
        )
        .text("lang", "pt-BR")
        .text("version", "1.0.0")
        .file("../../b.GIF", b"GIF89a..");
    let answer = filed(&app, "k", &form).await;
    let receipt = answer.ok(201);
    assert!(!answer.is_replay());
    assert_eq!(receipt["reference"], "TF-000001");
    let fields = receipt.as_object().expect("object");
    assert_eq!(fields.len(), 2, "{receipt}");
    let kept = app.app.store.feedback(1).await.expect("read");
    let kept = kept.expect("there");
    assert_eq!(receipt["created_at"], kept.created_at.rfc3339());
    assert_eq!(
        kept.feedback,
        Feedback {
            name: "Ada Größe".to_owned(),
            email: "ada@visitor.example".to_owned(),
            subject: "A word is missing".to_owned(),
            description: Some("In the\nsecond line.".to_owned()),
            page_url: Some("https://portal.example/de".to_owned()),
            lang: "pt-BR".to_owned(),
            version: Some("1.0.0".to_owned()),
        }
    );
    let files: Vec<_> = kept
        .screenshots
        .iter()
        .map(|file| (file.name.as_str(), file.content_type.as_str(), file.size))
        .collect();
    assert_eq!(
        files,
        [("Größe.png", "image/png", 12), ("b.GIF", "image/gif", 8)]
    );
    let mut ids: Vec<_> = kept
        .screenshots
        .iter()
        .map(|file| file.id.clone())
        .collect();
    ids.sort_unstable();
    assert_eq!(on_disk(&app), ids);
    let bytes = std::fs::read(app.app.files.path(&kept.screenshots[0].id)).expect("read");
    assert_eq!(bytes, PNG);
    assert_eq!(kept.screenshots[0].sha256, sha256(PNG));
    let metrics = app.get("/metrics").await.text();
    assert!(
        metrics.contains("\npartner_endpoint_feedback_total 1\n"),
        "{metrics}"
    );
}

#[tokio::test]
async fn what_is_required_is_missed_and_what_is_not_is_not() {
    let app = TestApp::demo().await;
    let bare = filed(&app, "k", &Form::default().text("version", " ")).await;
    let all = [
        "name:required",
        "email:required",
        "subject:required",
        "lang:required",
    ];
    bare.refused(&all);
    let empty = Form::sound()
        .with("name", " ")
        .with("email", "")
        .with("subject", "\u{200b}")
        .with("lang", "\n");
    filed(&app, "k", &empty).await.refused(&all);
    let optional = Form::sound()
        .text("description", "")
        .text("page_url", " ")
        .text("version", "");
    filed(&app, "k", &optional).await.ok(201);
    let kept = kept(&app, 1).await;
    let Feedback {
        description,
        page_url,
        version,
        ..
    } = kept.feedback;
    assert_eq!((description, page_url, version), (None, None, None));
}

#[tokio::test]
async fn values_that_do_not_do_are_named_with_their_bound() {
    let app = TestApp::demo().await;
    let long = |count: usize| "ä".repeat(count);
    let endless = "x".repeat(300_000);
    for (field, text, code, limit) in [
        ("name", long(151), "too_long", Some(150)),
        ("name", "a\nb".to_owned(), "control_character", None),
        ("name", "a\0b".to_owned(), "control_character", None),
        ("name", endless.clone(), "too_long", Some(150)),
        ("email", "nobody".to_owned(), "syntax", None),
        ("email", "a@b".to_owned(), "no_dot", None),
        (
            "email",
            format!("{}@b.example", long(65)),
            "local_too_long",
            Some(64),
        ),
        ("email", endless.clone(), "too_long", Some(150)),
        ("subject", long(256), "too_long", Some(255)),
        ("subject", "\u{1b}[2J".to_owned(), "control_character", None),
        ("description", long(32_001), "too_long", Some(32_000)),
        ("description", endless.clone(), "too_long", Some(32_000)),
        (
            "description",
            format!("a{}", " ".repeat(300_000)),
            "too_long",
            Some(32_000),
        ),
        (
            "page_url",
            format!("https://a.example/{}", long(2000)),
            "too_long",
            Some(2000),
        ),
        ("page_url", "/de".to_owned(), "syntax", None),
        ("page_url", "javascript:alert(1)".to_owned(), "syntax", None),
        (
            "page_url",
            "https://a.example/\n".repeat(2),
            "control_character",
            None,
        ),
        ("lang", "xx".to_owned(), "unknown_value", None),
        ("lang", "DE".to_owned(), "unknown_value", None),
        ("lang", endless.clone(), "unknown_value", None),
        ("version", long(41), "too_long", Some(40)),
    ] {
        let answer = filed(&app, "k", &Form::sound().with(field, &text)).await;
        answer.refused(&[&format!("{field}:{code}")]);
        assert_eq!(
            answer.json()["violations"][0]["limit"],
            json!(limit),
            "{field}"
        );
    }
    let at_the_bound = Form::sound()
        .with("name", &format!(" {} ", long(150)))
        .with("subject", &long(255))
        .text("description", &format!("\n{}\n", long(32_000)))
        .text("version", &long(40));
    filed(&app, "k", &at_the_bound).await.ok(201);
    assert_eq!(count(&app).await, 1);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let app = TestApp::demo().await;
    let form = Form::sound()
        .with("name", "")
        .with("lang", "xx")
        .file("a.png", PNG)
        .file("run.exe", b"MZ")
        .file("b.png", b"no picture")
        .text("version", &"v".repeat(41));
    filed(&app, "k", &form).await.refused(&[
        "name:required",
        "lang:unknown_value",
        "version:too_long",
        "screenshots:file_type",
    ]);
    assert_eq!(on_disk(&app), [""; 0], "a refusal leaves nothing");
}

#[tokio::test]
async fn parts_that_the_call_does_not_know_are_named() {
    let app = TestApp::demo().await;
    let form = Form::sound()
        .text("Name", "x")
        .text("dc", "eu")
        .text("dc", "eu")
        .file("a.png", PNG)
        .text(&"n".repeat(500), "x");
    let answer = filed(&app, "k", &form).await;
    answer.problem(422, "unknown_field");
    assert_eq!(
        answer.violations(),
        [
            "Name:unknown_field".to_owned(),
            "dc:unknown_field".to_owned(),
            format!("{}:unknown_field", "n".repeat(100)),
        ]
    );
    assert_eq!(on_disk(&app), [""; 0]);
}

#[tokio::test]
async fn only_pictures_are_taken_by_ending_and_by_content() {
    let app = TestApp::demo().await;
    let webp = b"RIFF\x10\0\0\0WEBPVP8 ".as_slice();
    for (index, (name, bytes)) in [
        ("a.png", PNG),
        ("A.JPG", b"\xff\xd8\xff\xe0"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.webp", webp),
        ("a.gif", b"GIF87a"),
    ]
    .into_iter()
    .enumerate()
    {
        let form = Form::sound().file(name, bytes);
        filed(&app, &format!("k{index}"), &form).await.ok(201);
    }
    for (name, bytes) in [
        ("a.gif", PNG),
        ("a.png", webp),
        ("a.png", b""),
        ("a.bmp", b"BM123456"),
        ("a.svg", b"<svg/>"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.txt", b"text"),
        ("a.heic", b"\0\0\0\x18ftypheic"),
        ("a.png.exe", PNG),
        ("png", PNG),
        ("", PNG),
    ] {
        let form = Form::sound().file(name, bytes);
        let answer = filed(&app, "k", &form).await;
        answer.refused(&["screenshots:file_type"]);
    }
    // Neither a name nor a type is a must of the standard, and the type decides nothing.
    let nameless = Form::sound().part("Content-Disposition: form-data; name=screenshots", PNG);
    filed(&app, "k", &nameless)
        .await
        .refused(&["screenshots:file_type"]);
    let head = "content-disposition: form-data; filename=a.png; name=screenshots\r\nContent-Type: text/html";
    filed(&app, "k", &Form::sound().part(head, PNG))
        .await
        .ok(201);
    assert_eq!(on_disk(&app).len(), 6);
}

#[tokio::test]
async fn a_field_for_files_in_which_none_was_chosen_is_no_file() {
    let app = TestApp::demo().await;
    let form = Form::sound().file("", b"");
    filed(&app, "k", &form).await.ok(201);
    let kept = kept(&app, 1).await;
    assert_eq!(kept.screenshots, []);
}

#[tokio::test]
async fn number_and_size_of_files_are_the_policy_s() {
    let app = small_files(RawLimits::default()).await;
    let with = |count: usize, size: usize| {
        (0..count).fold(Form::sound(), |form, _| form.file("a.png", &picture(size)))
    };
    let answer = filed(&app, "k", &with(3, 100)).await;
    answer.refused(&["screenshots:too_many_files"]);
    assert_eq!(answer.json()["violations"][0]["limit"], 2);
    let answer = filed(&app, "k", &with(1, 1001)).await;
    answer.refused(&["screenshots:file_too_large"]);
    assert_eq!(answer.json()["violations"][0]["limit"], 1000);
    let answer = filed(&app, "k", &with(3, 1001)).await;
    answer.refused(&["screenshots:file_too_large", "screenshots:too_many_files"]);
    assert_eq!(on_disk(&app), [""; 0]);
    filed(&app, "k", &with(2, 1000)).await.ok(201);
    assert_eq!(on_disk(&app).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_files_of_the_largest_size_are_taken() {
    const MAX: usize = 20 << 20;
    let app = TestApp::demo().await;
    let form = (0..5).fold(Form::sound(), |form, _| form.file("a.png", &picture(MAX)));
    filed(&app, "k", &form).await.ok(201);
    assert_eq!(on_disk(&app).len(), 5);
    let form = Form::sound().file("a.png", &picture(MAX + 1));
    let answer = filed(&app, "k2", &form).await;
    answer.refused(&["screenshots:file_too_large"]);
    assert_eq!(answer.json()["violations"][0]["limit"], MAX);
    assert_eq!(on_disk(&app).len(), 5);
}

#[tokio::test]
async fn only_a_form_of_parts_is_read() {
    let app = TestApp::demo().await;
    let body = Form::sound().body();
    for kind in [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=----the-boundary",
        "multipart/form-dataset; boundary=----the-boundary",
        "",
    ] {
        let request = sent(body.clone()).key("k").header("content-type", kind);
        let answer = app.send(request).await;
        answer.problem(415, "unsupported_media_type");
    }
    let request = sent(body.clone()).key("k").without("content-type");
    app.send(request)
        .await
        .problem(415, "unsupported_media_type");
    for kind in ["multipart/form-data", "multipart/form-data; boundary"] {
        let request = sent(body.clone()).key("k").header("content-type", kind);
        app.send(request).await.problem(400, "malformed_request");
    }
    let shouted = "Multipart/FORM-DATA; charset=utf-8; boundary=\"----the-boundary\"";
    let request = sent(body).key("k").header("content-type", shouted);
    app.send(request).await.ok(201);
    let got = app.send(Request::get(PATH)).await;
    got.problem(405, "method_not_allowed");
}

#[test]
fn languages_are_those_that_the_loader_has_texts_in() {
    const LOADER: &str = include_str!("../../../../../static/partner-desk.js");
    let (_, texts) = LOADER.split_once("const TEXTS = `").expect("texts");
    let (texts, _) = texts.split_once('`').expect("an end");
    let mut tags: Vec<&str> = texts
        .lines()
        .filter_map(|line| line.split('|').next())
        .collect();
    let mut known = partner_rules::feedback::LANGS;
    tags.sort_unstable();
    known.sort_unstable();
    assert_eq!(tags, known);
}
