//! `partner-endpoint agents …`, as operators run it.

use crate::support::{on, on_file, program, setting, text};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// Runs a command with a line on standard input.
fn piped(data: &Path, words: &[&str], line: &str) -> (i32, String) {
    let mut child = program()
        .args(words)
        .arg("--data")
        .arg(data)
        .envs(setting(data))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = child.stdin.take().expect("input");
    writeln!(input, "{line}").expect("written");
    drop(input);
    let output = child.wait_with_output().expect("ended");
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().expect("a code"), said)
}

#[test]
fn agents_are_added_listed_and_removed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path();
    let add = ["agents", "add", "kim@desk.example", "--name", "Kim"];
    let (code, said) = piped(data, &add, "four words in a row");
    assert_eq!((code, said.trim()), (0, "agent kim@desk.example added"));
    let (code, said) = piped(data, &add, "four words in a row");
    assert_eq!(code, 1);
    assert!(said.contains("already"), "{said}");
    let (code, made) = on(
        data,
        &[
            "agents",
            "add",
            "lee@desk.example",
            "--name",
            "Lee",
            "--generate",
        ],
    );
    assert_eq!(code, 0, "{made}");
    let password = made.lines().next().expect("a password");
    assert_eq!(password.len(), 29, "{made}");
    let (code, list) = on(data, &["agents", "list"]);
    assert_eq!(code, 0);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 3, "{list}");
    assert!(lines[1].starts_with("kim@desk.example\tKim\t20"), "{list}");
    assert!(
        !list.contains("argon2") && !list.contains(password),
        "{list}"
    );
    let (code, said) = on(data, &["agents", "remove", "LEE@desk.example"]);
    assert_eq!(code, 0, "{said}");
    let (code, _) = on(data, &["agents", "remove", "lee@desk.example"]);
    assert_eq!(code, 1);
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_changed() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path().join("data");
    for (words, line, expected) in [
        (
            vec!["agents", "add", "kim", "--name", "Kim"],
            "four words in a row",
            "address",
        ),
        (
            vec!["agents", "add", "kim@desk.example", "--name", " "],
            "four words in a row",
            "name",
        ),
    ] {
        let (code, said) = piped(&data, &words, line);
        assert_eq!(code, 1);
        assert!(said.contains(expected), "{said}");
        assert!(!data.exists(), "no database is left behind");
    }
    let (code, said) = on(&data, &["agents", "list"]);
    assert_eq!(code, 1);
    assert!(said.contains("no database"), "{said}");
    let add = ["agents", "add", "kim@desk.example", "--name", "Kim"];
    let (code, said) = piped(&data, &add, "too short");
    assert_eq!(code, 1);
    assert!(said.contains("15 characters"), "{said}");
    assert!(!said.contains("too short"), "a password is never repeated");
}

#[test]
fn tokens_are_shown_once_and_withdrawn_by_number() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path();
    let add = [
        "agents",
        "add",
        "kim@desk.example",
        "--name",
        "Kim",
        "--generate",
    ];
    assert_eq!(on(data, &add).0, 0);
    let (code, made) = on(
        data,
        &[
            "agents",
            "token",
            "add",
            "kim@desk.example",
            "--label",
            "script",
            "--days",
            "30",
        ],
    );
    assert_eq!(code, 0, "{made}");
    let token = made.lines().next().expect("a token");
    assert!(token.starts_with("pda_") && token.len() == 68, "{made}");
    let (_, list) = on(data, &["agents", "token", "list"]);
    assert!(list.contains("1\tkim@desk.example\tscript\t"), "{list}");
    assert!(!list.contains(token), "{list}");
    assert_eq!(on(data, &["agents", "token", "withdraw", "1"]).0, 0);
    assert_eq!(on(data, &["agents", "token", "withdraw", "1"]).0, 1);
    for words in [
        vec!["agents", "token", "add", "nobody@desk.example"],
        vec!["agents", "token", "add", "kim@desk.example", "--days", "0"],
        vec!["agents", "password", "nobody@desk.example", "--generate"],
    ] {
        assert_eq!(on(data, &words).0, 1, "{words:?}");
    }
}
