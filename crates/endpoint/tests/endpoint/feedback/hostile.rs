//! What no form would send.

use super::{BOUNDARY, Form, PNG, chunked, count, filed, kept, number_of, sent};
use crate::support::{TestApp, on_disk};

const NAMED: &str = "Content-Disposition: form-data; name=\"screenshots\"; filename=";

#[tokio::test]
async fn what_is_no_sound_form_is_malformed() {
    let app = TestApp::demo().await;
    let text = "Content-Disposition: form-data; name=\"version\"";
    let whole = String::from_utf8(Form::sound().body()).expect("text");
    let unended = whole.replace("--\r\n", "\r\n");
    let twice = Form::sound().text("name", "Bob").body();
    let cases: [(&str, Vec<u8>); 16] = [
        ("empty", Vec::new()),
        ("no boundary", b"name=Ada".to_vec()),
        ("no end", unended.into_bytes()),
        ("cut", whole.as_bytes()[..whole.len() - 6].to_vec()),
        ("a text twice", twice),
        (
            "a part without a name",
            Form::sound()
                .part("Content-Disposition: form-data", b"x")
                .body(),
        ),
        (
            "a part without a disposition",
            Form::sound().part("Content-Type: text/plain", b"x").body(),
        ),
        (
            "a file without a name of a part",
            Form::sound()
                .part("Content-Disposition: form-data; filename=\"a.png\"", PNG)
                .body(),
        ),
        ("no UTF-8", Form::sound().part(text, b"\xff\xfe").body()),
        (
            "NUL in a name of a file",
            Form::sound().file("a\0.png", PNG).body(),
        ),
        (
            "NUL in a name of a part",
            Form::sound().text("na\0me", "x").body(),
        ),
        (
            "a head that is none",
            Form::sound().part("\u{1}: \u{2}", b"x").body(),
        ),
        (
            "forty headers",
            Form::sound()
                .part(&format!("{text}{}", "\r\nx: y".repeat(40)), b"x")
                .body(),
        ),
        (
            "ten thousand parts",
            (0..10_000)
                .fold(Form::sound(), |form, _| form.text("x", "y"))
                .body(),
        ),
        (
            "ten thousand parts for files",
            (0..10_000)
                .fold(Form::sound(), |form, _| form.file("", b""))
                .body(),
        ),
        (
            "a huge head",
            Form::sound()
                .part(&format!("{text}; x=\"{}\"", "x".repeat(500_000)), b"x")
                .body(),
        ),
    ];
    for (what, body) in cases {
        for request in [sent(body.clone()), chunked(sent(body))] {
            let answer = app.send(request.key("k")).await;
            assert_eq!(answer.status, 400, "{what}: {}", answer.text());
            answer.problem(400, "malformed_request");
        }
    }
    assert_eq!((count(&app).await, on_disk(&app).len()), (0, 0));
}

#[tokio::test]
async fn what_stands_around_the_form_is_passed_over_within_bounds() {
    let app = TestApp::demo().await;
    let whole = String::from_utf8(Form::sound().body()).expect("text");
    let request = sent(format!("a preamble\r\n{whole}and an end")).key("k1");
    app.send(request).await.ok(201);
    let request = sent(format!("{}\r\n{whole}", "x".repeat(500_000))).key("k2");
    app.send(request).await.problem(400, "malformed_request");
    // Byte by byte it is the same form.
    let mut slow = Form::sound().file("a.png", PNG).request("k3");
    let pieces = slow
        .body
        .iter()
        .flat_map(|byte| [b'1', b'\r', b'\n', *byte, b'\r', b'\n']);
    slow.body = pieces.chain(*b"0\r\n\r\n").collect();
    let slow = slow.header("transfer-encoding", "chunked");
    app.send(slow).await.ok(201);
    assert_eq!((count(&app).await, on_disk(&app).len()), (2, 1));
}

#[tokio::test]
async fn names_of_files_are_made_harmless() {
    let app = TestApp::demo().await;
    let long = format!("{}.png", "n".repeat(1000));
    for (index, (given, name)) in [
        ("\"../x.png\"", "x.png"),
        ("\"..\\..\\x.png\"", "x.png"),
        ("\"C:\\\\Users\\\\me\\\\x.png\"", "x.png"),
        ("\"/etc/cron.d/x.png\"", "x.png"),
        ("\"CON.png\"", "_CON.png"),
        ("\"a\u{202e}b.png\"", "ab.png"),
        ("\"a\\\"b.png\"", "a_b.png"),
        ("\"a%0D%0Ab.png\"", "a%0D%0Ab.png"),
        ("\"a;b.png\"", "a;b.png"),
        (".png", "file.png"),
        (long.as_str(), &format!("{}.png", "n".repeat(116))),
    ]
    .into_iter()
    .enumerate()
    {
        let form = Form::sound().part(&format!("{NAMED}{given}"), PNG);
        let answer = filed(&app, &format!("k{index}"), &form).await;
        if given == ".png" {
            // Nothing is left before the ending, so there is none.
            answer.refused(&["screenshots:file_type"]);
            continue;
        }
        let stored = kept(&app, number_of(&answer.ok(201))).await;
        assert_eq!(stored.screenshots[0].name, name, "{given}");
    }
    let folder = app.app.files.folder().to_owned();
    let beside = std::fs::read_dir(folder.parent().expect("data")).expect("read");
    for entry in beside {
        let name = entry.expect("entry").file_name();
        assert!(name.to_string_lossy().starts_with("endpoint"));
    }
    // A name that is no text is no name.
    let mut head = NAMED.as_bytes().to_vec();
    head.extend_from_slice(b"\"a\xff.png\"");
    let mut body = format!("--{BOUNDARY}\r\n").into_bytes();
    body.extend_from_slice(&head);
    body.extend_from_slice(b"\r\n\r\n");
    body.extend_from_slice(PNG);
    body.extend_from_slice(b"\r\n");
    body.extend_from_slice(&Form::sound().body());
    let answer = app.send(sent(body).key("other")).await;
    answer.refused(&["screenshots:file_type"]);
}

#[tokio::test]
async fn a_boundary_that_is_hardly_one_breaks_nothing() {
    let app = TestApp::demo().await;
    for boundary in ["", "\"\"", "-", "\"a b\"", "\"\\\"\"", &"b".repeat(5000)] {
        let kind = format!("multipart/form-data; boundary={boundary}");
        for body in [
            Vec::new(),
            b"--".to_vec(),
            b"----".to_vec(),
            Form::sound().body(),
        ] {
            let request = sent(body).key("k").header("content-type", &kind);
            let status = app.send(request).await.status;
            assert!(matches!(status, 400 | 415 | 422), "{boundary}: {status}");
        }
    }
    assert_eq!(count(&app).await, 0);
}
