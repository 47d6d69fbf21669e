//! The published documents say what the program does.

use crate::support::TestApp;
use partner_endpoint::problem::ProblemCode;

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
            "get /v1/policy",
            "get /v1/session",
            "get /v1/tickets",
            "get /v1/tickets/{reference}",
            "post /v1/accounts/verify",
            "post /v1/tickets",
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
