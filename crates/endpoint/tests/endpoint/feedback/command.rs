//! `partner-endpoint feedback …`.

use super::{Form, PNG, filed, kept, picture};
use crate::support::{TestApp, on, on_file, run, sabotage, sha256, text};

const HEADER: &str = "reference\ttime\tlang\tversion\tname\temail\tsubject\tscreenshots\n";

fn lines(said: &str) -> Vec<Vec<String>> {
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect();
    said.lines().skip(1).map(columns).collect()
}

#[tokio::test]
async fn the_list_has_all_of_it_newest_first() {
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    assert_eq!(on(&data, &["feedback", "list"]), (0, HEADER.to_owned()));
    filed(&app, "k1", &Form::sound().file("a.png", PNG))
        .await
        .ok(201);
    let second = Form::sound()
        .with("name", "Bob")
        .with("lang", "pt-BR")
        .text("version", "1.2.3");
    let receipt = filed(&app, "k2", &second).await.ok(201);
    let (code, said) = on(&data, &["feedback", "list"]);
    assert_eq!(code, 0);
    assert!(said.starts_with(HEADER), "{said}");
    let lines = lines(&said);
    let created_at = receipt["created_at"].as_str().expect("time");
    assert_eq!(
        lines[0],
        [
            "TF-000002",
            created_at,
            "pt-BR",
            "1.2.3",
            "Bob",
            "ada@visitor.example",
            "A word is missing",
            "0"
        ]
    );
    assert_eq!(lines[1][0], "TF-000001");
    assert_eq!((lines[1][3].as_str(), lines[1][7].as_str()), ("", "1"));
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn a_long_list_is_whole() {
    let app = TestApp::demo().await;
    sabotage(
        &app,
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1234)
         INSERT INTO feedback (created_at, name, email, subject, lang, bytes, key, fingerprint)
         SELECT n, 'a', 'a@b.example', 's', 'en', 1, CAST(n AS TEXT), CAST('0' AS {bytes}) FROM n",
    )
    .await;
    let data = app.folder.path().join("data");
    let (code, said) = on(&data, &["feedback", "list"]);
    assert_eq!(code, 0);
    let numbers: Vec<String> = lines(&said)
        .into_iter()
        .map(|line| line[0].clone())
        .collect();
    let expected: Vec<String> = (1..=1234).rev().map(|n| format!("TF-{n:06}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn one_is_shown_in_full_and_its_pictures_are_saved_over_nothing() {
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    let form = Form::sound()
        .text("description", "First line.\nreference\tTF-000009")
        .text("page_url", "https://portal.example/de?x=1")
        .file("Größe.png", &picture(5000))
        .file("../b.jpeg", b"\xff\xd8\xff\xe0");
    let receipt = filed(&app, "k", &form).await.ok(201);
    let created_at = receipt["created_at"].as_str().expect("time");
    let (code, said) = on(&data, &["feedback", "show", "tf-1"]);
    assert_eq!(code, 0, "{said}");
    let (hash, other) = (sha256(&picture(5000)), sha256(b"\xff\xd8\xff\xe0"));
    assert_eq!(
        said,
        format!(
            "reference\tTF-000001\ntime\t{created_at}\nlang\tde\nversion\t\nname\tAda\n\
             email\tada@visitor.example\npage\thttps://portal.example/de\nsubject\tA word is missing\n\
             description\n  First line.\n  reference\tTF-000009\n\
             screenshot\tGröße.png\timage/png\t5000\t{hash}\nscreenshot\tb.jpeg\timage/jpeg\t4\t{other}\n"
        )
    );
    let to = app.folder.path().join("deep/saved");
    let save = [
        "feedback",
        "show",
        "TF-000001",
        "--save",
        &to.to_string_lossy(),
    ];
    let (code, said) = on(&data, &save);
    assert_eq!(code, 0, "{said}");
    let first = to.join("TF-000001-1.png");
    let second = to.join("TF-000001-2.jpg");
    assert!(said.ends_with(&format!(
        "saved\t{}\nsaved\t{}\n",
        first.display(),
        second.display()
    )));
    assert_eq!(std::fs::read(&first).expect("saved"), picture(5000));
    assert_eq!(std::fs::read(&second).expect("saved"), b"\xff\xd8\xff\xe0");
    assert_eq!(std::fs::read_dir(&to).expect("read").count(), 2);

    std::fs::write(&first, "mine").expect("written");
    std::fs::remove_file(&second).expect("removed");
    let (code, said) = on(&data, &save);
    assert_eq!(code, 1);
    assert!(said.contains("TF-000001-1.png is there already"), "{said}");
    assert_eq!(std::fs::read(&first).expect("there"), b"mine");
    std::fs::remove_file(&first).expect("removed");

    let kept = kept(&app, 1).await;
    std::fs::write(app.app.files.path(&kept.screenshots[0].id), "other").expect("changed");
    let (code, said) = on(&data, &save);
    assert_eq!(code, 1);
    assert!(said.contains("is not what was sent"), "{said}");
    assert!(!first.exists());
}

#[tokio::test]
async fn nothing_that_strangers_typed_talks_to_the_terminal() {
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    // The call takes no control characters; what an older or later program stored may have some.
    sabotage(
        &app,
        "INSERT INTO feedback (created_at, name, email, subject, description, page_url, lang, version, bytes, key, fingerprint)
         VALUES (0, 'a' || {char}(27) || '[2J', 'b' || {char}(9) || 'c', 'd' || {char}(10) || 'TF-000009', 'e' || {char}(155) || {char}(13),
                 'f' || {char}(7), 'de', {char}(8238) || 'g', 1, 'k', CAST('0' AS {bytes}))",
    )
    .await;
    sabotage(
        &app,
        "INSERT INTO feedback_files (id, feedback_id, position, name, size, sha256, content_type)
         VALUES ('../../etc/passwd', 1, 0, 'h' || {char}(27) || '.png', 1, 'x', 'image/png')",
    )
    .await;
    let directional = Form::sound().with("name", "x\u{202e}y");
    filed(&app, "k2", &directional).await.ok(201);
    for words in [&["feedback", "list"][..], &["feedback", "show", "TF-1"]] {
        let (code, said) = on(&data, words);
        assert_eq!(code, 0, "{said}");
        let talks = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
        assert!(!said.contains(talks), "{said:?}");
        assert!(said.contains("a\\u{1b}[2J"), "{said}");
        assert!(!said.contains("\nTF-000009"), "{said}");
    }
    let (_, said) = on(&data, &["feedback", "list"]);
    assert!(lines(&said).iter().all(|line| line.len() == 8), "{said}");
}

#[tokio::test]
async fn mistakes_are_said() {
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    for (words, complaint) in [
        (
            ["feedback", "show", "TF-000001"],
            "there is no feedback TF-000001",
        ),
        (["feedback", "show", "PS-EU-000001"], "a reference is TF-"),
        (["feedback", "show", "../x"], "a reference is TF-"),
    ] {
        let (code, said) = on(&data, &words);
        assert_eq!(code, 1);
        assert!(said.contains(complaint), "{said}");
    }
    on_file();
    let nowhere = app.folder.path().join("nowhere");
    let (code, said) = on(&nowhere, &["feedback", "list"]);
    assert_eq!(code, 1);
    assert!(said.contains("there is no database"), "{said}");
    assert!(!nowhere.exists(), "a mistake leaves nothing behind");
    let output = run(&["feedback"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}
