//! What a ticket may say, as published: names, lengths, and what is required.

use super::{DEPARTMENT, State};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An answer, or a refusal.
pub(super) type Answered = Result<Response, Refusal>;

const FIELDS: [&str; 12] = [
    "departmentId",
    "contactId",
    "contact",
    "subject",
    "description",
    "email",
    "priority",
    "status",
    "channel",
    "language",
    "cf",
    "uploads",
];
const CUSTOM: [&str; 7] = [
    "cf_customer_email",
    "cf_service",
    "cf_org_id",
    "cf_org_id_kind",
    "cf_reference",
    "cf_priority_customer",
    "cf_severity",
];

/// An answer that says no.
pub(super) struct Refusal {
    status: StatusCode,
    body: Value,
}

impl Refusal {
    pub(super) fn invalid(field: &str) -> Self {
        let errors = json!([{"fieldName": format!("/{field}"), "errorType": "invalid"}]);
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({"errorCode": "INVALID_DATA", "message": "x", "errors": errors}),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

pub(super) fn refusal(status: u16, code: &str) -> Refusal {
    Refusal {
        status: StatusCode::from_u16(status).expect("a status"),
        body: json!({"errorCode": code, "message": "x"}),
    }
}

/// Whether a new ticket is as it must be.
pub(super) fn sound(body: &Value, state: &State) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, kind: &str| {
        errors.push(json!({"fieldName": format!("/{field}"), "errorType": kind}));
    };
    let ticket = body.as_object().expect("an object");
    for name in ticket
        .keys()
        .filter(|name| !FIELDS.contains(&name.as_str()))
    {
        wrong(name, "invalid");
    }
    if body["departmentId"] != DEPARTMENT {
        wrong("departmentId", "invalid");
    }
    for (field, least, most) in [
        ("subject", 1, 255),
        ("description", 0, 32_000),
        ("email", 0, 150),
    ] {
        let length = body[field].as_str().map_or(0, |text| text.chars().count());
        if length < least || length > most {
            wrong(field, "invalid");
        }
    }
    let known = ["Web", "Email", "Phone", "Chat"];
    if !body["channel"]
        .as_str()
        .is_some_and(|one| known.contains(&one))
    {
        wrong("channel", "invalid");
    }
    let contact = body["contact"].as_object().expect("a contact");
    if contact["lastName"].as_str().is_none_or(str::is_empty) {
        wrong("contact/lastName", "missing");
    }
    let nothing = Map::new();
    for (name, value) in body["cf"].as_object().unwrap_or(&nothing) {
        let long = value
            .as_str()
            .is_some_and(|text| text.chars().count() > 255);
        if !CUSTOM.contains(&name.as_str()) || long {
            wrong(&format!("cf/{name}"), "invalid");
        }
    }
    if state.unknown_service.is_some()
        && state.unknown_service.as_deref() == body["cf"]["cf_service"].as_str()
    {
        wrong("cf/cf_service", "invalid");
    }
    for id in body["uploads"].as_array().into_iter().flatten() {
        let file = state.uploads.get(id.as_str().expect("text"));
        if file.is_none_or(|file| file.used) {
            wrong("uploads", "invalid");
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Refusal {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        body: json!({"errorCode": "INVALID_DATA", "message": "x", "errors": errors}),
    })
}

/// Sets flag and severity by the SuperAdmin address, as the portal's own rules do.
pub(super) fn workflow(mut body: Value) -> Value {
    if body["cf"]["cf_customer_email"] == "admin@large.example" {
        body["cf"]["cf_priority_customer"] = json!("true");
        body["cf"]["cf_severity"] = json!("S1 – Critical");
    }
    body
}
