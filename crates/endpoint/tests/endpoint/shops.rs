//! `partner-endpoint shops …`, by a program of its own, on the database of an endpoint that runs.

use crate::support::{
    Answer, ED25519_PUBLIC, Forge, HS256_SECRET, Request, TestApp, ed25519, on_file, program,
    setting,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey};
use partner_endpoint::config::RawConfig;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

/// Longer than any change takes to arrive, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The register beside an endpoint.
struct Register<'a>(&'a Path);

impl Register<'_> {
    fn run(&self, arguments: &[&str], stdin: &str) -> Output {
        let data = self.0.join("data");
        let mut child = program()
            .arg("shops")
            .args(arguments)
            .arg("--data")
            .arg(&data)
            .envs(setting(&data))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        // It may have ended without reading.
        let _ = child
            .stdin
            .take()
            .expect("stdin")
            .write_all(stdin.as_bytes());
        child.wait_with_output().expect("ran")
    }

    /// What a command that works prints.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "");
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            errors(&output)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What a command that is refused says.
    fn refuses(&self, arguments: &[&str], stdin: &str) -> String {
        let output = self.run(arguments, stdin);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        errors(&output)
    }

    /// Everything that can be listed.
    fn state(&self) -> String {
        [vec!["list"], vec!["keys", "list"], vec!["origins", "list"]]
            .iter()
            .map(|list| self.does(list))
            .collect()
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An endpoint that nobody has registered anything at.
async fn bare() -> TestApp {
    TestApp::with(RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        audience: Some("test-group".to_owned()),
        ..RawConfig::default()
    })
    .await
}

/// A member of `acme`, whose token is signed with `acme-1`.
fn forge(app: &TestApp) -> Forge {
    app.forge().claim("shop", "acme").kid("acme-1")
}

async fn session(app: &TestApp, token: &str) -> Answer {
    app.send(Request::get("/v1/session").token(token)).await
}

/// Asks until the answer has this status.
async fn until(app: &TestApp, request: Request, status: u16) -> Answer {
    let start = Instant::now();
    loop {
        let answer = app.send(request.clone()).await;
        if answer.status == status {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "{}", answer.text());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_shop_is_registered_and_changed_while_the_endpoint_runs() {
    let app = bare().await;
    let register = Register(app.folder.path());
    register.does(&["add", "acme", "--name", "Acme & Söhne"]);
    let secret = register.does(&["keys", "add", "acme", "--kid", "acme-1", "--alg", "hs256"]);
    let secret = secret.strip_suffix('\n').expect("one line");
    assert_eq!(secret.len(), 43, "nothing but the secret");
    let token = forge(&app).hs256(secret.as_bytes());
    let answer = session(&app, &token).await.ok(200);
    assert_eq!(answer["shop"]["name"], "Acme & Söhne");
    assert_eq!(answer["access"], "own");

    let page = Request::get("/v1/session")
        .token(&token)
        .header("origin", "https://xn--mller-kva.example:8443");
    app.send(page.clone())
        .await
        .problem(403, "origin_not_allowed");
    let said = register.does(&["origins", "add", "acme", "HTTPS://MÜLLER.Example:8443/"]);
    assert!(
        said.contains("https://xn--mller-kva.example:8443"),
        "{said}"
    );
    until(&app, page.clone(), 200).await;
    register.does(&[
        "origins",
        "remove",
        "acme",
        "https://xn--mller-kva.example:8443",
    ]);
    until(&app, page, 403).await;

    register.does(&[
        "update",
        "acme",
        "--name",
        "Acme",
        "--default-access",
        "none",
    ]);
    let answer = session(&app, &token).await.ok(200);
    assert_eq!(answer["shop"]["name"], "Acme");
    assert_eq!(answer["access"], "none");
    register.does(&["users", "set", "acme", "ADA@one.example", "company"]);
    assert_eq!(session(&app, &token).await.ok(200)["access"], "company");
    let users = register.does(&["users", "list", "acme"]);
    assert!(
        users.contains("ada@one.example\tcompany\tyes\tAda"),
        "{users}"
    );

    let odd = forge(&app).claim("name", "Ada\n\u{1b}[2J\tx");
    session(&app, &odd.hs256(secret.as_bytes())).await.ok(200);
    let users = register.does(&["users", "list", "acme"]);
    assert!(users.ends_with("\tyes\tAda  [2J x\n"), "{users:?}");

    register.does(&["keys", "withdraw", "acme", "acme-1"]);
    session(&app, &token)
        .await
        .problem(401, "token_unknown_key");
    let list = register.does(&["keys", "list", "acme"]);
    assert!(list.contains("acme\tacme-1\tHS256\twithdrawn\t"), "{list}");
    assert!(!list.contains(secret));
    assert_eq!(
        register.does(&["list"]).lines().nth(1),
        Some("acme\tAcme\tnone\t0\t0\t1")
    );
}

#[tokio::test]
async fn keys_of_every_spelling_are_taken() {
    let app = bare().await;
    let register = Register(app.folder.path());
    register.does(&["add", "acme", "--name", "Acme"]);
    let hex = ED25519_PUBLIC
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let add = |kid: &str, rest: &[&str], stdin: &str| {
        let arguments = [&["keys", "add", "acme", "--kid", kid], rest].concat();
        let output = register.run(&arguments, stdin);
        assert!(output.status.success(), "{}", errors(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    add("hex", &["--public-key", &hex], "");
    add(
        "base64url",
        &[
            "--public-key",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        ],
        "",
    );
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
    add("pem", &["--public-key-file", "-"], pem);
    add("argument", &["--public-key", pem], "");
    for kid in ["hex", "base64url", "pem", "argument"] {
        session(
            &app,
            &forge(&app).kid(kid).sign(Algorithm::EdDSA, &ed25519()),
        )
        .await
        .ok(200);
    }
    let made = add("made", &["--generate"], "");
    let body = made
        .strip_prefix("-----BEGIN PRIVATE KEY-----\n")
        .and_then(|rest| rest.strip_suffix("\n-----END PRIVATE KEY-----\n"))
        .expect("PEM and nothing else");
    let private = EncodingKey::from_ed_der(&STANDARD.decode(body).expect("base64"));
    session(
        &app,
        &forge(&app).kid("made").sign(Algorithm::EdDSA, &private),
    )
    .await
    .ok(200);
    let secret = String::from_utf8(HS256_SECRET.to_vec()).expect("text");
    let said = add("given", &["--secret-file", "-"], &format!("{secret}\n"));
    assert!(!said.contains(&secret));
    session(&app, &forge(&app).kid("given").hs256(HS256_SECRET))
        .await
        .ok(200);
    let unnamed = register.run(&["keys", "add", "acme", "--generate"], "");
    // A machine under load has the log say that it is slow.
    let said = errors(&unnamed);
    assert!(
        said.lines().any(|line| line.starts_with("key acme-")),
        "its kid is said: {said}"
    );
}

#[tokio::test]
async fn rotation_overlaps_unless_the_key_has_leaked() {
    let app = bare().await;
    let register = Register(app.folder.path());
    register.does(&["add", "acme", "--name", "Acme"]);
    let key = |arguments: &[&str]| register.does(arguments).trim_end().to_owned();
    let first = key(&["keys", "add", "acme", "--kid", "acme-1", "--alg", "HS256"]);
    let second = key(&[
        "keys",
        "rotate",
        "acme",
        "--kid",
        "acme-2",
        "--overlap",
        "2h",
    ]);
    let signed = |kid: &str, secret: &str| forge(&app).kid(kid).hs256(secret.as_bytes());
    let list = register.does(&["keys", "list", "acme"]);
    assert!(list.contains("acme\tacme-1\tHS256\tending\t"), "{list}");

    app.clock.advance(2 * 3_600_000 - 60_000);
    session(&app, &signed("acme-1", &first)).await.ok(200);
    session(&app, &signed("acme-2", &second)).await.ok(200);
    app.clock.advance(120_000);
    session(&app, &signed("acme-1", &first))
        .await
        .problem(401, "token_unknown_key");
    session(&app, &signed("acme-2", &second)).await.ok(200);

    // A longer overlap of a later rotation gives no key its time back.
    let before = register.does(&["keys", "list", "acme"]);
    let third = key(&[
        "keys",
        "rotate",
        "acme",
        "--kid",
        "acme-3",
        "--overlap",
        "30d",
    ]);
    let after = register.does(&["keys", "list", "acme"]);
    let line = |list: &str| list.lines().nth(1).expect("acme-1").to_owned();
    assert_eq!(line(&before), line(&after));
    key(&["keys", "rotate", "acme", "--kid", "acme-4", "--now"]);
    for (kid, secret) in [("acme-2", &second), ("acme-3", &third)] {
        session(&app, &signed(kid, secret))
            .await
            .problem(401, "token_unknown_key");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_changed() {
    let app = bare().await;
    let register = Register(app.folder.path());
    register.does(&["add", "acme", "--name", "Acme"]);
    register.does(&["add", "other", "--name", "Other"]);
    register.does(&["keys", "add", "acme", "--kid", "acme-1", "--alg", "HS256"]);
    register.does(&["origins", "add", "acme", "https://acme.example"]);
    let before = register.state();
    let cases: &[(&[&str], &str)] = &[
        (
            &["add", "acme", "--name", "Again"],
            "there is a shop `acme` already",
        ),
        (&["add", "Acme", "--name", "A"], "a shop's id is"),
        (&["add", "third", "--name", " "], "a shop's name is"),
        (
            &["add", "third", "--name", "A", "--default-access", "all"],
            "none, own or company",
        ),
        (
            &["update", "third", "--name", "A"],
            "there is no shop `third`",
        ),
        (&["update", "acme"], "nothing to change"),
        (
            &["update", "acme", "--name", "B", "--default-access", "x"],
            "none, own or company",
        ),
        (
            &["keys", "add", "third", "--generate"],
            "there is no shop `third`",
        ),
        (
            &["keys", "add", "other", "--kid", "acme-1", "--generate"],
            "the kid `acme-1` is taken",
        ),
        (&["keys", "add", "acme"], "--generate"),
        (&["keys", "add", "acme", "--alg", "none"], "EdDSA or HS256"),
        (&["keys", "add", "acme", "--alg", "RS256"], "EdDSA or HS256"),
        (
            &["keys", "add", "acme", "--kid", "a b", "--generate"],
            "a kid is",
        ),
        (
            &["keys", "add", "acme", "--public-key", "abc"],
            "no sound Ed25519 public key",
        ),
        (
            &[
                "keys",
                "add",
                "acme",
                "--alg",
                "HS256",
                "--public-key",
                "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            ],
            "--alg says otherwise",
        ),
        (
            &["keys", "add", "acme", "--public-key-file", "no-such-file"],
            "no-such-file cannot be read",
        ),
        (
            &["keys", "rotate", "third", "--generate"],
            "there is no shop",
        ),
        (
            &["keys", "rotate", "acme", "--kid", "acme-1", "--now"],
            "is taken",
        ),
        (
            &["keys", "rotate", "acme", "--overlap", "soon"],
            "a time is a number",
        ),
        (
            &["keys", "withdraw", "other", "acme-1"],
            "has no key `acme-1`",
        ),
        (&["keys", "withdraw", "acme", "acme-9"], "has no key"),
        (&["keys", "list", "third"], "there is no shop"),
        (
            &["origins", "add", "acme", "https://b.example", "null"],
            "null is no origin",
        ),
        (
            &["origins", "add", "acme", "https://b.example/desk"],
            "no path",
        ),
        (
            &[
                "origins",
                "remove",
                "acme",
                "https://acme.example",
                "https://b.example",
            ],
            "has no origin https://b.example",
        ),
        (
            &["origins", "add", "third", "https://b.example"],
            "there is no shop",
        ),
        (
            &["users", "set", "acme", "nobody", "own"],
            "no e-mail address",
        ),
        (
            &["users", "set", "acme", "a@b.example", "some"],
            "none, own or company",
        ),
        (
            &["users", "set", "third", "a@b.example", "own"],
            "there is no shop",
        ),
        (&["users", "list", "third"], "there is no shop"),
    ];
    for (arguments, said) in cases {
        let complaint = register.refuses(arguments, "");
        assert!(complaint.contains(said), "{arguments:?}: {complaint}");
    }
    let private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
    for (arguments, stdin, said) in [
        (
            ["keys", "add", "acme", "--public-key-file", "-"],
            private,
            "private key",
        ),
        (
            ["keys", "add", "acme", "--secret-file", "-"],
            private,
            "in PEM",
        ),
        (
            ["keys", "add", "acme", "--secret-file", "-"],
            "hunter2",
            "32 to 1024",
        ),
    ] {
        let complaint = register.refuses(&arguments, stdin);
        assert!(complaint.contains(said), "{complaint}");
        assert!(
            !complaint.contains("MC4CAQ") && !complaint.contains("hunter2"),
            "no secret is repeated: {complaint}"
        );
    }
    assert_eq!(register.state(), before);
}

#[tokio::test]
async fn demo_and_real_shops_never_share_a_database() {
    let demo = TestApp::demo().await;
    let register = Register(demo.folder.path());
    let before = register.state();
    for arguments in [
        &["add", "acme", "--name", "Acme"] as &[&str],
        &["update", "demo", "--name", "Acme"],
        &["keys", "add", "demo", "--generate"],
        &["origins", "add", "demo", "https://acme.example"],
        &["users", "set", "demo", "a@b.example", "company"],
    ] {
        let complaint = register.refuses(arguments, "");
        assert!(complaint.contains("made by demo mode"), "{complaint}");
    }
    assert_eq!(register.state(), before);
}

#[tokio::test]
async fn a_mistyped_folder_is_not_made() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let register = Register(folder.path());
    for arguments in [&["list"] as &[&str], &["keys", "add", "acme", "--generate"]] {
        let complaint = register.refuses(arguments, "");
        assert!(complaint.contains("there is no database"), "{complaint}");
    }
    register.refuses(&["add", "UPPER", "--name", "A"], "");
    assert!(!folder.path().join("data").exists());
    register.does(&["add", "acme", "--name", "Acme"]);
    assert!(
        register
            .does(&["list"])
            .contains("acme\tAcme\town\t0\t0\t0")
    );
}

#[tokio::test]
async fn a_private_key_given_by_mistake_is_not_repeated() {
    let app = bare().await;
    let register = Register(app.folder.path());
    register.does(&["add", "acme", "--name", "Acme"]);
    let body = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
    let private = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let output = register.run(&["keys", "add", "acme", "--public-key", &private], "");
    assert!(!output.status.success());
    let said = errors(&output);
    assert!(!said.contains(body), "{said}");
    assert!(said.contains("that is a private key"), "{said}");
}
