//! From a file to a server, with everything.

use crate::feedback::{Form, PNG};
use crate::fixtures::{body, cases};
use crate::support::{
    Request, TestApp, User, behind_folder, database, demo, is_chosen, on_file, on_server, program,
    setting, text, ticket, upload,
};
use partner_endpoint::config::RawLimits;
use partner_endpoint::store::Store;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// An installation on a file with all drafts of the case files, a file, a conversation, and feedback.
async fn small() -> TestApp {
    on_file();
    let app = TestApp::demo().await;
    for (index, case) in cases().iter().enumerate() {
        // Some of them are no tickets.
        app.file(User::Superadmin, &format!("case-{index}"), &body(case))
            .await;
    }
    let token = app.token(User::Member).await;
    let sent = upload("trace.txt", "500").token(&token);
    let id = app.send(sent).await.ok(201)["id"].clone();
    let mut with_file = ticket();
    with_file["uploads"] = json!([id]);
    let receipt = app.file(User::Member, "last", &with_file).await.ok(201);
    let reference = receipt["reference"].as_str().expect("text");
    for (call, body) in [
        ("replies", json!({"text": "Zürich ☂"})),
        ("close", json!({})),
    ] {
        let request = Request::post(&format!("/v1/tickets/{reference}/{call}"), &body);
        app.send(request.key(call).token(&token)).await.ok(201);
    }
    let form = Form::sound().text("description", "Wrong.");
    let form = form.file("page.png", PNG);
    app.send(form.request("feedback")).await.ok(201);
    // What only a file can hold.
    let mut raw = crate::support::behind(&app).await;
    raw.run("UPDATE feedback SET subject = 'a' || char(0) || 'b'")
        .await
        .expect("changed");
    app
}

/// Runs the command from a folder's file to the same folder's server.
fn copy(data: &Path) -> (i32, String) {
    let (_, to) = setting(data).expect("a server");
    let file = format!("sqlite:{}", data.join("endpoint.sqlite").display());
    let mut command = program();
    command.args(["copy", "--from", &file, "--to", &to]);
    let output = command.arg("--data").arg(data).output().expect("ran");
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().expect("a code"), said)
}

/// All that the partners see.
async fn seen(app: &TestApp) -> Vec<Value> {
    let list = app.get_as(User::Superadmin, "/v1/tickets?limit=200").await;
    let list = list.ok(200);
    let mut seen = Vec::new();
    for item in list["items"].as_array().expect("a list") {
        let path = format!("/v1/tickets/{}", item["reference"].as_str().expect("text"));
        seen.push(app.get_as(User::Superadmin, &path).await.ok(200));
    }
    seen.push(list);
    seen
}

#[tokio::test]
async fn a_small_installation_moves_to_a_server_with_everything() {
    if !is_chosen() {
        return;
    }
    let app = small().await;
    let (before, data) = (seen(&app).await, app.data());
    let receipt = app.file(User::Member, "last", &ticket()).await;
    receipt.problem(422, "idempotency_mismatch");
    let folder = Arc::clone(&app.folder);
    app.stop().await;
    on_server();
    let (code, said) = copy(&data);
    assert_eq!(code, 0, "{said}");
    let tickets = before.len() - 1;
    assert!(
        tickets > 10 && said.contains(&format!("\ntickets\t{tickets}\t")),
        "{said}"
    );
    let last = said.lines().last().expect("a line");
    let [_, old, new] = last.split('\t').collect::<Vec<_>>()[..] else {
        panic!("{last}");
    };
    std::fs::rename(old, new).expect("the folder of files");

    let (code, said) = copy(&data);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("not empty"), "{said}");

    let app = TestApp::in_folder(folder, demo(RawLimits::default())).await;
    assert_eq!(seen(&app).await, before);
    let mut raw = behind_folder(&data).await;
    let subjects = raw.texts("SELECT subject FROM feedback").await;
    assert_eq!(subjects, ["a\u{fffd}b"]);
    // Keys are known, files are there, and numbers go on.
    let same = app.file(User::Member, "last", &ticket()).await;
    same.problem(422, "idempotency_mismatch");
    let newest = &before[0];
    let (reference, file) = (&newest["reference"], &newest["attachments"][0]["id"]);
    let path = format!(
        "/v1/tickets/{}/attachments/{}",
        reference.as_str().expect("text"),
        file.as_str().expect("text")
    );
    assert_eq!(app.get_as(User::Member, &path).await.text(), "500");
    let next = app.file(User::Member, "next", &ticket()).await.ok(201);
    let number = |reference: &Value| -> u64 {
        let text = reference.as_str().expect("text");
        let (_, number) = text.rsplit_once('-').expect("a number");
        number.parse().expect("a number")
    };
    assert_eq!(number(&next["reference"]), number(reference) + 1);
    let feedback = app.send(Form::sound().request("next")).await.ok(201);
    assert_eq!(feedback["reference"], "TF-000002");
    let open = next["reference"].as_str().expect("text");
    let path = format!("/v1/tickets/{open}/replies");
    let reply = Request::post(&path, &json!({"text": "And more."})).key("more");
    let reply = reply.token(&app.token(User::Member).await);
    app.send(reply).await.ok(201);
    app.stop().await;
}

#[tokio::test]
async fn what_does_not_arrive_as_it_was_does_not_arrive_at_all() {
    if !is_chosen() {
        return;
    }
    let app = small().await;
    let data = app.data();
    let folder = Arc::clone(&app.folder);
    app.stop().await;
    on_server();
    let store = Store::open(&database(&data)).await.expect("made");
    store.close().await;
    let mut raw = behind_folder(&data).await;
    for (act, wanted) in [
        ("RAISE EXCEPTION 'full'", "it could not be copied"),
        (
            "NEW.text := NEW.text || ' '; RETURN NEW",
            "messages was not copied as it is (1 rows there, 1 here)",
        ),
        (
            "RETURN NULL",
            "messages was not copied as it is (1 rows there, 0 here)",
        ),
    ] {
        raw.run(&format!(
            "CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; END $$;
             CREATE TRIGGER harm BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION harm()"
        ))
        .await
        .expect("sabotaged");
        let (code, said) = copy(&data);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(wanted), "{said}");
        for table in ["SELECT count(*) FROM shops", "SELECT count(*) FROM tickets"] {
            assert_eq!(raw.number(table).await, 0, "{table}");
        }
        raw.run("DROP FUNCTION harm() CASCADE").await.expect("well");
    }
    let (code, said) = copy(&data);
    assert_eq!(code, 0, "{said}");
    drop(folder);
}
