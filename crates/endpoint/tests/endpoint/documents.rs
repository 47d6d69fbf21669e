//! The published documents say what the program does.

use crate::support::{HS256_SECRET, Request, TestApp, ticket, upload};
use partner_endpoint::problem::ProblemCode;
use serde_json::{Value, json};

const API: &str = include_str!("../../../../docs/api.md");

#[test]
fn the_table_of_codes_in_the_documents_is_the_program_s() {
    let table: String = ProblemCode::ALL
        .iter()
        .map(|code| {
            format!(
                "| `{}` | {} | {} |\n",
                code.text(),
                code.status().as_u16(),
                code.meaning()
            )
        })
        .collect();
    assert!(API.contains(&table), "docs/api.md should hold:\n{table}");
}

#[tokio::test]
async fn the_openapi_document_describes_every_call() {
    let app = TestApp::demo().await;
    let document = app.get("/v1/openapi.json").await.ok(200);
    let paths = document["paths"].as_object().expect("paths");
    let mut calls: Vec<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .expect("item")
                .keys()
                .map(move |method| format!("{method} {path}"))
        })
        .collect();
    calls.sort_unstable();
    assert_eq!(
        calls,
        [
            "get /v1/access",
            "get /v1/access-default",
            "get /v1/access-log",
            "get /v1/events",
            "get /v1/policy",
            "get /v1/session",
            "get /v1/tickets",
            "get /v1/tickets/{reference}",
            "get /v1/tickets/{reference}/attachments/{id}",
            "post /v1/accounts/verify",
            "post /v1/tickets",
            "post /v1/tickets/{reference}/close",
            "post /v1/tickets/{reference}/reopen",
            "post /v1/tickets/{reference}/replies",
            "post /v1/translation-feedback",
            "post /v1/uploads",
            "put /v1/access-default",
            "put /v1/access/{email}",
            "put /v1/tickets/{reference}/seen",
        ]
    );
    // Every reference leads somewhere.
    let text = document.to_string();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().expect("name");
        assert!(
            document["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
    for call in calls {
        assert!(
            API.contains(&call.split(' ').nth(1).expect("path").replacen("/v1", "", 1)),
            "{call}"
        );
    }
}

fn schema<'a>(document: &'a Value, name: &str) -> &'a Value {
    let found = &document["components"]["schemas"][name];
    assert!(found.is_object(), "{name}");
    found
}

fn required(schema: &Value) -> Vec<&str> {
    let list = schema["required"].as_array().into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn a_body_s_field_is_required_exactly_if_it_is_missed() {
    let app = TestApp::real().await;
    let document = app.get("/v1/openapi.json").await.ok(200);
    let token = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    let mut whole = ticket();
    let optional = json!({
        "customer_email": "c@d.example", "zuid": "1", "uploads": [], "lang": "en",
        "preview": {"outcome": "standard", "policy_version": "1"},
    });
    for (name, value) in optional.as_object().expect("object") {
        whole[name] = value.clone();
    }
    let question = json!({"superadmin_email": "a@b.example", "service": "CRM", "dc": "eu"});
    let level = json!({"access": "own"});
    let filed = Request::post("/v1/tickets", &ticket()).key("filed");
    app.send(filed.token(&token)).await.ok(201);
    let replies = "/v1/tickets/PS-EU-000001/replies";
    let reply = json!({"text": "Again.", "uploads": []});
    let close = "/v1/tickets/PS-EU-000001/close";
    let reason = json!({"reason": "It works."});
    for (name, method, path, body) in [
        ("NewTicket", "POST", "/v1/tickets", whole),
        ("NewReply", "POST", replies, reply),
        ("StatusChange", "POST", close, reason),
        ("VerifyRequest", "POST", "/v1/accounts/verify", question),
        ("AccessLevel", "PUT", "/v1/access-default", level),
    ] {
        let fields = schema(&document, name)["properties"]
            .as_object()
            .expect("properties");
        for (index, field) in fields.keys().enumerate() {
            let mut body = body.clone();
            let given = body.as_object_mut().expect("object").remove(field);
            assert!(given.is_some(), "{name} has {field}: add it to the example");
            let request = Request {
                method: method.to_owned(),
                ..Request::post(path, &body)
            };
            let request = request.key(&format!("{name}-{index}")).token(&token);
            let answer = app.send(request).await;
            let missed = answer.violations() == [format!("{field}:required")];
            assert_eq!(missed, answer.status == 422, "{}", answer.text());
            let said = required(schema(&document, name)).contains(&field.as_str());
            assert_eq!(missed, said, "{name}: {field}");
        }
    }
}

/// Asserts that the value has what the schema requires and nothing that it does not know.
fn conforms(document: &Value, schema_of: &Value, value: &Value, place: &str) {
    if let Some(name) = schema_of["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("name");
        return conforms(document, schema(document, name), value, place);
    }
    for one in schema_of["oneOf"].as_array().into_iter().flatten() {
        if value.is_null() != (one["type"] == "null") {
            continue;
        }
        conforms(document, one, value, place);
    }
    let mut required_here = required(schema_of);
    let mut known = schema_of["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    for part in schema_of["allOf"].as_array().into_iter().flatten() {
        let part = match part["$ref"].as_str() {
            Some(name) => schema(document, name.rsplit('/').next().expect("name")),
            None => part,
        };
        required_here.extend(required(part));
        known.extend(part["properties"].as_object().cloned().unwrap_or_default());
    }
    match value {
        Value::Object(fields) if !known.is_empty() => {
            for name in required_here {
                assert!(fields.contains_key(name), "{place}: {name} is missing");
            }
            for (name, value) in fields {
                let inner = known.get(name);
                let inner = inner.unwrap_or_else(|| panic!("{place}: {name} is not described"));
                conforms(document, inner, value, &format!("{place}.{name}"));
            }
        }
        Value::Array(items) => {
            for item in items {
                conforms(document, &schema_of["items"], item, &format!("{place}[]"));
            }
        }
        Value::Null => {
            let null = json!("null");
            let types = schema_of["type"].as_array();
            let allowed = schema_of["type"] == null
                || types.is_some_and(|types| types.contains(&null))
                || schema_of["oneOf"].is_array();
            assert!(allowed, "{place}: null is not described");
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {}
    }
}

/// Every field that is in an answer whatever is asked must be marked as required.
fn nullable_fields_are_required(document: &Value, name: &str, answer: &Value) {
    let listed = required(schema(document, name));
    for (field, value) in answer.as_object().expect("object") {
        assert!(
            !value.is_null() || listed.contains(&field.as_str()),
            "{name}: {field}"
        );
    }
}

#[tokio::test]
async fn answers_are_as_described() {
    let app = TestApp::real().await;
    let document = app.get("/v1/openapi.json").await.ok(200);
    let token = app.forge().claim("role", "superadmin").hs256(HS256_SECRET);
    let put = Request {
        method: "PUT".to_owned(),
        ..Request::post("/v1/access/zoe@one.example", &json!({"access": "own"}))
    };
    let question = json!({"superadmin_email": "a@b.example", "service": "CRM", "dc": "eu"});
    let on = |call: &str, body: &Value| {
        Request::post(&format!("/v1/tickets/PS-EU-000001/{call}"), body).key(call)
    };
    for (path, request) in [
        ("/v1/session", Request::get("/v1/session")),
        ("/v1/policy", Request::get("/v1/policy")),
        (
            "/v1/tickets",
            Request::post("/v1/tickets", &ticket()).key("k"),
        ),
        ("/v1/uploads", upload("a.txt", "x")),
        ("/v1/uploads", upload("a.exe", "x")),
        (
            "/v1/tickets/{reference}/attachments/{id}",
            Request::get("/v1/tickets/none/attachments/none"),
        ),
        (
            "/v1/tickets/{reference}/replies",
            on("replies", &json!({"text": "Again."})),
        ),
        ("/v1/tickets/{reference}/reopen", on("reopen", &json!({}))),
        ("/v1/tickets/{reference}/close", on("close", &json!({}))),
        ("/v1/tickets", Request::get("/v1/tickets")),
        (
            "/v1/tickets/{reference}",
            Request::get("/v1/tickets/PS-EU-000001"),
        ),
        (
            "/v1/accounts/verify",
            Request::post("/v1/accounts/verify", &question),
        ),
        ("/v1/access/{email}", put),
        ("/v1/access", Request::get("/v1/access")),
        ("/v1/access-default", Request::get("/v1/access-default")),
        ("/v1/access-log", Request::get("/v1/access-log")),
        ("/v1/tickets/{reference}", Request::get("/v1/tickets/none")),
        ("/v1/access", Request::get("/v1/access?limit=0")),
    ] {
        let method = request.method.to_lowercase();
        let answer = app.send(request.token(&token)).await;
        let kind = answer.header("content-type").expect("content type");
        let described = &document["paths"][path][&method]["responses"][answer.status.to_string()]["content"]
            [&kind];
        assert!(described.is_object(), "{method} {path} {}", answer.status);
        conforms(&document, &described["schema"], &answer.json(), path);
    }
    let receipt = app
        .send(Request::get("/v1/tickets").token(&token))
        .await
        .ok(200);
    nullable_fields_are_required(&document, "Receipt", &receipt["items"][0]);
    let detail = Request::get("/v1/tickets/PS-EU-000001").token(&token);
    let detail = app.send(detail).await.ok(200);
    nullable_fields_are_required(&document, "Author", &detail["messages"][0]["author"]);
    nullable_fields_are_required(&document, "HistoryEntry", &detail["history"][1]);
    let users = app
        .send(Request::get("/v1/access").token(&token))
        .await
        .ok(200);
    nullable_fields_are_required(&document, "AccessUser", &users["items"][1]);
    let log = app
        .send(Request::get("/v1/access-log").token(&token))
        .await
        .ok(200);
    nullable_fields_are_required(&document, "AccessChange", &log["items"][0]);
}
