//! `partner-endpoint mail …` as operators and mail servers run it.

use super::{OURS, fixture};
use crate::support::{program, text};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

fn settings(data: &Path) -> Vec<String> {
    [
        ("--data", data.to_string_lossy().as_ref()),
        ("--mail-dc", "eu"),
        ("--mail-addresses", OURS),
        ("--mail-authserv-id", "mx.desk.example"),
    ]
    .iter()
    .flat_map(|(name, value)| [(*name).to_owned(), (*value).to_owned()])
    .collect()
}

fn mail(data: &Path, words: &[&str], input: &[u8]) -> Output {
    let mut child = program()
        .arg("mail")
        .args(words)
        .args(settings(data))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut stdin = child.stdin.take().expect("stdin");
    // It may have heard enough before the end.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("ended")
}

fn shops(data: &Path, words: &[&str]) {
    let data = data.to_string_lossy();
    let output = crate::support::run(&[&["shops"], words, &["--data", data.as_ref()]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn a_pipe_takes_mails_and_says_by_its_code_what_became_of_them() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path().join("data");
    // There is nothing to take a mail for: not now.
    assert_eq!(
        code(&mail(&data, &["ingest"], &fixture("composer.eml"))),
        Some(75)
    );
    shops(&data, &["add", "one", "--name", "One"]);
    shops(&data, &["users", "set", "one", "ada@one.example", "own"]);
    for _ in 0..2 {
        let output = mail(&data, &["ingest"], &fixture("composer.eml"));
        assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    }
    let aside = folder.path().join("maildir");
    let aside_word = aside.to_string_lossy();
    let output = mail(
        &data,
        &["ingest", "--dir", aside_word.as_ref()],
        b"From: a@b.example\nPrecedence: bulk\n\nBuy!",
    );
    assert_eq!(code(&output), Some(65));
    assert!(text(&output.stderr).contains("set aside: bulk"));
    let kept: Vec<_> = std::fs::read_dir(aside.join(".set-aside"))
        .expect("folder")
        .collect();
    assert_eq!(kept.len(), 2);
}

#[test]
fn an_operator_lists_shows_and_assigns() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path().join("data");
    shops(&data, &["add", "one", "--name", "One"]);
    shops(&data, &["users", "set", "one", "ada@one.example", "own"]);
    let stranger =
        b"From: \x1b[31mEve <eve@else.example>\nSubject: hi\tthere\n\nmail\tshow\n\x1b[2J";
    assert_eq!(code(&mail(&data, &["ingest"], stranger)), Some(0));
    let listed = text(&mail(&data, &["list"], b"").stdout);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert!(lines[0].starts_with("mail\ttime\tbecame"));
    let columns: Vec<&str> = lines[1].split('\t').collect();
    assert_eq!(columns[0], "1");
    assert_eq!(
        columns[2..5],
        ["unverified", "not_authenticated", "eve@else.example"]
    );
    assert_eq!(columns[6], "hi there");
    let shown = text(&mail(&data, &["show", "1"], b"").stdout);
    assert!(shown.contains("\n  mail\tshow\n"), "{shown:?}");
    assert!(!shown.contains('\u{1b}'));

    let refused = mail(
        &data,
        &["assign", "1", "--shop", "one", "--user", "eve@else.example"],
        b"",
    );
    assert_eq!(code(&refused), Some(1));
    assert!(text(&refused.stderr).contains("has no user"));
    let done = mail(
        &data,
        &["assign", "1", "--shop", "one", "--user", "ada@one.example"],
        b"",
    );
    assert_eq!(
        text(&done.stdout),
        "PS-EU-000001\n",
        "{}",
        text(&done.stderr)
    );
    assert_eq!(code(&mail(&data, &["show", "1"], b"")), Some(1));
    assert_eq!(text(&mail(&data, &["list"], b"").stdout).lines().count(), 1);
}
