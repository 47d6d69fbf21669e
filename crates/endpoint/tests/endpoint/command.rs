//! The program itself.

use crate::support::{Answer, Program, Request, database, run, text, ticket};
use partner_endpoint::store::Store;
use partner_endpoint::store::tickets::Sight;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

fn import(folder: &Path, csv: &str) -> Output {
    let file = folder.join("accounts.csv");
    std::fs::write(&file, csv).expect("written");
    run(&[
        "accounts",
        "import",
        &file.to_string_lossy(),
        "--data",
        &folder.join("data").to_string_lossy(),
    ])
}

#[test]
fn help_explains_every_setting() {
    let help = text(&run(&["serve", "--help"]).stdout);
    for setting in [
        "config",
        "listen",
        "port",
        "data",
        "database",
        "policy",
        "dcs",
        "audience",
        "demo",
        "site",
        "body-max-bytes",
        "body-seconds",
        "answer-seconds",
        "upload-seconds",
        "uploads-per-day",
        "upload-bytes-per-day",
        "feedback-per-hour",
        "feedback-bytes-per-day",
        "feedback-retention-days",
        "connections-max",
        "trusted-proxies",
        "proxy-header",
        "requests-per-minute",
        "writes-per-minute",
        "address-per-minute",
        "failures-per-minute",
        "verify-per-minute",
        "verify-per-hour",
        "sign-ins-per-hour",
        "desk-listen",
        "desk-origin",
        "audit-days",
    ] {
        let variable = format!(
            "PARTNER_ENDPOINT_{}",
            setting.to_uppercase().replace('-', "_")
        );
        assert!(help.contains(&format!("--{setting}")), "{setting}");
        assert!(help.contains(&variable), "{variable}");
    }
    let help = text(&run(&["accounts", "import", "--help"]).stdout);
    assert!(
        help.contains("superadmin_email") && help.contains("user_licences"),
        "{help}"
    );
}

#[test]
fn it_says_when_it_is_ready_and_where() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let program = Program::serve(folder.path());
    std::net::TcpStream::connect(program.address).expect("it answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut program = Program::serve(folder.path());
    let address = program.address;
    let token = Request::get("/demo/token?user=member")
        .send(address)
        .await
        .ok(200);
    let token = token["token"].as_str().expect("token").to_owned();
    let (acknowledged, mut receipts) = tokio::sync::mpsc::unbounded_channel();
    for worker in 0..8 {
        let (token, acknowledged) = (token.clone(), acknowledged.clone());
        tokio::spawn(async move {
            for index in 0.. {
                let request =
                    Request::post("/v1/tickets", &ticket()).key(&format!("{worker}-{index}"));
                let bytes = request.token(&token).exchange(address).await;
                let Some(answer) = Answer::read(&bytes, false) else {
                    return;
                };
                let reference = answer.ok(201)["reference"]
                    .as_str()
                    .expect("reference")
                    .to_owned();
                if acknowledged.send(reference).is_err() {
                    return;
                }
            }
        });
    }
    drop(acknowledged);
    let mut told = BTreeSet::new();
    while let Some(reference) = receipts.recv().await {
        assert!(told.insert(reference), "no reference twice");
        if told.len() == 40 {
            program.kill();
        }
    }

    let store = Store::open(&database(folder.path())).await.expect("opened");
    let sight = Sight {
        shop_id: "demo".to_owned(),
        created_by: None,
        viewer: String::new(),
    };
    for reference in &told {
        assert!(
            store
                .ticket(&sight, reference)
                .await
                .expect("read")
                .is_some(),
            "{reference}"
        );
    }
    assert!(told.len() >= 40);
}

#[test]
fn a_bad_setting_is_named() {
    for (arguments, named) in [
        (vec!["serve"], "`dcs`"),
        (vec!["serve", "--demo", "--listen", "0.0.0.0:0"], "`listen`"),
        (
            vec!["serve", "--demo", "--policy", "nowhere.json"],
            "`policy`",
        ),
        (vec!["serve", "--config", "nowhere.toml"], "`config`"),
    ] {
        let output = run(&arguments);
        assert!(!output.status.success());
        assert!(
            text(&output.stderr).contains(named),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_policy_file_is_checked_by_field() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("policy.json");
    let path = file.to_string_lossy().into_owned();
    let check = |json: &str| {
        std::fs::write(&file, json).expect("written");
        run(&["policy", "check", &path])
    };
    let sound = partner_rules::policy::DEFAULT_JSON;
    assert!(check(sound).status.success());
    let output = check(&sound.replacen("\"date\"", "\"dates\"", 1));
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("dates"),
        "{}",
        text(&output.stderr)
    );
    let output = check(&sound.replacen("contacts", "colours", 1));
    assert!(
        text(&output.stderr).contains("exclusions[0].metric"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn imports_say_how_many_or_which_lines() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let output = import(
        folder.path(),
        "superadmin_email,dc\nboss@a.example,eu\nboss@b.example,us\n",
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "2 accounts imported\n");
    let output = import(folder.path(), "superadmin_email,dc\nboss@a.example,mars\n");
    assert_eq!(output.status.code(), Some(1));
    let complaint = text(&output.stderr);
    assert!(
        complaint.contains("line 2: dc: unknown_value"),
        "{complaint}"
    );
    assert!(
        !complaint.contains("boss"),
        "no cell is repeated: {complaint}"
    );
}

#[test]
fn the_openapi_document_is_printed() {
    let output = run(&["openapi"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(document["paths"]["/v1/tickets"]["post"].is_object());
}
