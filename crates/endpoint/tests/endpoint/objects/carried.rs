//! `backup`, `restore` and `check` where files are in a bucket.

use super::{in_bucket, sent, settings};
use crate::backup::filed;
use crate::support::{Objects, TestApp, User, on_file, program, text};
use partner_endpoint::config::RawAttachments;
use std::path::Path;
use std::sync::Arc;

/// Runs a command on this data folder and this place.
fn on(data: &Path, place: &RawAttachments, words: &[&str]) -> (i32, String) {
    let given = |text: &Option<String>| text.clone().expect("given");
    let output = program()
        .args(words)
        .arg("--data")
        .arg(data)
        .env("PARTNER_ENDPOINT_ATTACHMENTS", given(&place.attachments))
        .env(
            "PARTNER_ENDPOINT_ATTACHMENTS_ENDPOINT",
            given(&place.attachments_endpoint),
        )
        .env(
            "PARTNER_ENDPOINT_ATTACHMENTS_KEY_ID",
            given(&place.attachments_key_id),
        )
        .env("PARTNER_ENDPOINT_ATTACHMENTS_SECRET", crate::support::KEY)
        .output()
        .expect("ran");
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().expect("a code"), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_has_the_objects_and_goes_back_into_another_bucket() {
    on_file();
    let objects = Objects::start().await;
    let (place, elsewhere) = (objects.place("from"), objects.place("to"));
    let app = in_bucket(&objects, "from").await;
    let (reference, id) = filed(&app, "before").await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let copy = copies.path().join("copy");
    let (from, to) = (app.data(), copy.to_string_lossy().into_owned());
    assert_eq!(on(&from, &place, &["check"]).0, 0);
    let (code, said) = on(&from, &place, &["backup", &to]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        crate::support::on(&copy, &["check"]).0,
        0,
        "a backup is a folder"
    );

    let folder = Arc::new(tempfile::tempdir().expect("temporary folder"));
    let data = folder.path().join("data");
    let (code, said) = on(&data, &place, &["restore", &to]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("is there already"), "{said}");
    let (code, said) = on(&data, &elsewhere, &["restore", &to]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(on(&data, &elsewhere, &["check"]).0, 0);
    let again = TestApp::in_folder(folder, settings(&elsewhere)).await;
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    assert_eq!(again.get_as(User::Member, &path).await.body, b"before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_of_a_bucket_says_what_is_missing_damaged_or_left_over() {
    on_file();
    let objects = Objects::start().await;
    let place = objects.place("checked");
    let app = in_bucket(&objects, "checked").await;
    let (one, first) = filed(&app, "one").await;
    let (two, second) = filed(&app, "two").await;
    app.app.files.remove(&first).await;
    for (id, bytes) in [(second.as_str(), b"twi".as_slice()), ("ee", b"stray")] {
        let mut file = app.app.files.begin(id).await.expect("begun");
        file.write(bytes).await.expect("written");
        file.flush().await.expect("written");
        file.keep().await.expect("kept");
    }
    sent(&app, "a.txt", b"sound").await.ok(201);
    let (code, said) = on(&app.data(), &place, &["check"]);
    assert_eq!(code, 3, "{said}");
    for line in [
        format!("missing\t{first}\t{one}\n"),
        format!("damaged\t{second}\t{two}\n"),
        "young\tee\t5\n".to_owned(),
    ] {
        assert!(said.contains(&line), "{line} in {said}");
    }
    if objects.age() {
        let (_, said) = on(&app.data(), &place, &["check"]);
        assert!(said.contains("left over\tee\t5\n"), "{said}");
    }
    objects.fail(Some(crate::support::Fault::Status(403)));
    let (code, said) = on(&app.data(), &place, &["check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("does not let us"), "{said}");
}
