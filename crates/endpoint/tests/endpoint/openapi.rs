//! What generators of clients and testing tools read out of the OpenAPI document is true.

use crate::feedback::Form;
use crate::support::{Request, TestApp, User, ticket};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::to_value(partner_endpoint::routes::openapi::document()).expect("JSON")
}

/// Every call: method, path, and what is said about it.
fn calls(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().expect("item");
        item.iter()
            .map(move |(method, call)| (method.to_uppercase(), path.clone(), call))
    });
    all.collect()
}

#[test]
fn every_call_has_a_name_of_its_own_and_every_link_leads_to_one() {
    let document = document();
    let calls = calls(&document);
    let names: BTreeSet<&str> = calls
        .iter()
        .map(|(_, path, call)| call["operationId"].as_str().expect(path))
        .collect();
    assert_eq!(names.len(), calls.len(), "{names:?}");
    let mut links = 0;
    for (_, path, call) in &calls {
        for answer in call["responses"].as_object().expect("responses").values() {
            for link in answer["links"]
                .as_object()
                .into_iter()
                .flat_map(|all| all.values())
            {
                let name = link["operationId"].as_str().expect(path);
                assert!(names.contains(name), "{path}: {name}");
                links += 1;
            }
        }
    }
    assert!(links > 0);
}

#[tokio::test]
async fn every_example_in_the_document_is_taken() {
    let app = TestApp::demo().await;
    let token = app.token(User::Superadmin).await;
    let document = document();
    let mut tried = 0;
    for (method, path, call) in calls(&document) {
        let Some(content) = call["requestBody"]["content"].as_object() else {
            continue;
        };
        let (kind, content) = content.iter().next().expect("content");
        let mut request = Request::new(&method, &path);
        for parameter in call["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().expect("name");
            let example = parameter
                .get("example")
                .or(parameter["schema"].get("example"));
            let Some(example) = example.and_then(Value::as_str) else {
                continue;
            };
            match parameter["in"].as_str() {
                Some("header") => request = request.header(name, example),
                _ => request.path = request.path.replace(&format!("{{{name}}}"), example),
            }
        }
        if kind == "multipart/form-data" {
            let texts = content["example"].as_object().expect("example");
            let form = texts.iter().fold(Form::default(), |form, (name, text)| {
                form.text(name, text.as_str().expect("text"))
            });
            let key = request
                .headers
                .iter()
                .find(|(name, _)| name == "Idempotency-Key");
            let (_, key) = key.expect("an example of a key");
            app.send(form.request(key)).await.ok(201);
            tried += 1;
            continue;
        }
        let body = match content.get("example") {
            Some(example) => example.to_string().into_bytes(),
            None if kind == "application/json" => json!({"access": "own"}).to_string().into_bytes(),
            None => b"\x89PNG\r\n\x1a\nIHDR".to_vec(),
        };
        let request = request.header("Content-Type", kind).body(body);
        let answer = app.send(request.token(&token)).await;
        assert!(
            matches!(answer.status, 200 | 201),
            "{method} {path}: {}",
            answer.text()
        );
        tried += 1;
    }
    assert_eq!(tried, 10);
}

#[tokio::test]
async fn a_field_is_taken_as_null_exactly_if_the_document_says_so() {
    let app = TestApp::demo().await;
    let token = app.token(User::Superadmin).await;
    let document = document();
    let fields = document["components"]["schemas"]["NewTicket"]["properties"]
        .as_object()
        .expect("properties");
    for (field, schema) in fields {
        let text = schema.to_string();
        // A type, or one of several schemas.
        let said = text.contains("\"null\"");
        let mut body = ticket();
        body["customer_email"] = json!("c@d.example");
        body[field] = Value::Null;
        let request = Request::post("/v1/tickets", &body).key(field);
        let answer = app.send(request.token(&token)).await;
        assert_eq!(answer.status == 201, said, "{field}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_page_size_has_no_upper_bound() {
    let app = TestApp::demo().await;
    let token = app.token(User::Superadmin).await;
    let document = document();
    let mut lists = 0;
    for (_, path, call) in calls(&document) {
        for parameter in call["parameters"].as_array().into_iter().flatten() {
            if parameter["name"] != "limit" {
                continue;
            }
            let schema = parameter["schema"].to_string();
            assert!(
                !schema.contains("format") && !schema.contains("maximum"),
                "{schema}"
            );
            assert!(schema.contains("\"minimum\":1"), "{schema}");
            for (limit, status) in [("99999999999999999999", 200), ("1", 200), ("0", 422)] {
                let request = Request::get(&format!("{path}?limit={limit}"));
                assert_eq!(app.send(request.token(&token)).await.status, status);
            }
            lists += 1;
        }
    }
    assert_eq!(lists, 3);
}

#[tokio::test]
async fn a_parameter_s_list_of_words_is_what_is_taken() {
    let app = TestApp::demo().await;
    let token = app.token(User::Superadmin).await;
    let document = document();
    let mut lists = 0;
    for parameter in document["paths"]["/v1/tickets"]["get"]["parameters"]
        .as_array()
        .expect("parameters")
    {
        let schema = &parameter["schema"];
        let one_of = schema["oneOf"].as_array().into_iter().flatten();
        let mut words = one_of
            .chain([schema])
            .filter_map(|one| one["enum"].as_array());
        let Some(words) = words.next() else {
            continue;
        };
        let name = parameter["name"].as_str().expect("name");
        assert!(words.contains(&json!("")), "{name}");
        for word in words {
            let word = word.as_str().unwrap_or_default();
            let request = Request::get(&format!("/v1/tickets?{name}={word}"));
            assert_eq!(
                app.send(request.token(&token)).await.status,
                200,
                "{name}={word}"
            );
        }
        let request = Request::get(&format!("/v1/tickets?{name}=mars"));
        assert_eq!(app.send(request.token(&token)).await.status, 422, "{name}");
        lists += 1;
    }
    assert_eq!(lists, 3);
}
