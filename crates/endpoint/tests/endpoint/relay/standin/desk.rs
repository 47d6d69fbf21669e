//! The calls: who may make them, and what they do.

use super::rules::{self, Answered, Refusal, refusal};
use super::talk;
use super::wire::routed;
use super::{CLIENT, Call, Created, DEPARTMENT, ORG, Portal, REFRESH, SECRET, Uploaded};
use axum::body::{Body, Bytes};
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::form_urlencoded::parse;

/// Within bounds, with a token that holds, and not instead of what a test has to say.
pub(super) async fn answer(portal: &Portal, call: Call, request: Request<Body>) -> Response {
    let said = portal.state().said(call);
    if let Some(say) = said {
        let status = StatusCode::from_u16(say.status).expect("a status");
        let mut answer = (status, Json(say.body)).into_response();
        if let Some(seconds) = say.retry_after {
            let value = seconds.to_string().parse().expect("a number");
            answer.headers_mut().insert("retry-after", value);
        }
        return answer;
    }
    {
        let mut state = portal.state();
        if state.limit > 0 && state.busy >= state.limit {
            return refusal(429, "THRESHOLD_EXCEEDED").into_response();
        }
        state.busy += 1;
        state.most_busy = state.most_busy.max(state.busy);
    }
    let answer = routed(router(portal), request).await;
    portal.state().busy -= 1;
    answer
}

fn router(portal: &Portal) -> Router {
    Router::new()
        .route("/oauth/v2/token", post(token))
        .route("/api/v1/uploads", post(upload))
        .route("/api/v1/tickets", post(create))
        .route("/api/v1/tickets/search", get(search))
        .route("/api/v1/tickets/{id}", get(read).patch(talk::alter))
        .route(
            "/api/v1/tickets/{id}/comments",
            get(talk::comments).post(talk::say),
        )
        .route(
            "/api/v1/tickets/{id}/conversations",
            get(talk::conversations),
        )
        .route("/api/v1/tickets/{id}/threads/{thread}", get(talk::thread))
        .fallback(|| async { refusal(404, "URL_NOT_FOUND") })
        .with_state(portal.clone())
}

async fn token(State(portal): State<Portal>, headers: HeaderMap, body: Bytes) -> Response {
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let form: BTreeMap<String, String> = parse(&body).into_owned().collect();
    let sent = |name: &str| form.get(name).map(String::as_str);
    let sound = form.len() == 4
        && sent("grant_type") == Some("refresh_token")
        && sent("client_id") == Some(CLIENT)
        && sent("client_secret") == Some(SECRET);
    // Zoho refuses with 200.
    if !sound || sent("refresh_token") != Some(REFRESH) {
        return Json(json!({"error": "invalid_code"})).into_response();
    }
    let mut state = portal.state();
    let token = format!("1000.access-token-{}", state.number());
    state.tokens.insert(token.clone());
    Json(json!({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})).into_response()
}

pub(super) fn allowed(portal: &Portal, headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().expect("ASCII"))
    };
    let token = text("authorization").and_then(|text| text.strip_prefix("Zoho-oauthtoken "));
    if !token.is_some_and(|token| portal.state().tokens.contains(token)) {
        return Err(refusal(401, "INVALID_OAUTH"));
    }
    match text("orgid") {
        Some(ORG) => Ok(()),
        Some(_) => Err(refusal(403, "OAUTH_ORG_MISMATCH")),
        None => Err(refusal(403, "FORBIDDEN")),
    }
}

async fn upload(State(portal): State<Portal>, headers: HeaderMap, form: Multipart) -> Answered {
    allowed(&portal, &headers)?;
    let mut form = form;
    let field = form.next_field().await.expect("a form").expect("a field");
    assert_eq!(field.name(), Some("file"));
    let uploaded = Uploaded {
        name: field.file_name().expect("a name").to_owned(),
        content_type: field.content_type().expect("a type").to_owned(),
        bytes: field.bytes().await.expect("bytes").to_vec(),
        used: false,
    };
    assert!(form.next_field().await.expect("a form").is_none());
    let size = uploaded.bytes.len().to_string();
    let mut state = portal.state();
    let id = format!("51{:015}", state.number());
    state.uploads.insert(id.clone(), uploaded);
    Ok(Json(json!({"id": id, "size": size})).into_response())
}

async fn create(State(portal): State<Portal>, headers: HeaderMap, body: Bytes) -> Answered {
    allowed(&portal, &headers)?;
    if headers["content-type"] != "application/json" {
        return Err(refusal(415, "UNSUPPORTED_MEDIA_TYPE"));
    }
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let (told, holding) = {
        let mut state = portal.state();
        rules::sound(&body, &state)?;
        for id in body["uploads"].as_array().into_iter().flatten() {
            let id = id.as_str().expect("text");
            state.uploads.get_mut(id).expect("checked").used = true;
        }
        let number = state.number();
        let created = Created {
            id: format!("51{number:015}"),
            body: rules::workflow(body),
            status: "Open".to_owned(),
            entries: Vec::new(),
            modified: number,
            hidden: state.lag,
        };
        let told = show(&created);
        state.tickets.push(created);
        (told, state.holding)
    };
    portal.tickets.send_modify(|tickets| *tickets += 1);
    if holding {
        portal.release.notified().await;
    }
    Ok(Json(told).into_response())
}

async fn search(
    State(portal): State<Portal>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answered {
    allowed(&portal, &headers)?;
    let query = query.expect("a query");
    let query: BTreeMap<String, String> = parse(query.as_bytes()).into_owned().collect();
    if query.contains_key("modifiedTimeRange") {
        return talk::changed(&portal, &query);
    }
    let known = ["departmentId", "customField1", "limit"];
    if !query.keys().all(|name| known.contains(&name.as_str())) {
        return Err(refusal(422, "UNPROCESSABLE_ENTITY"));
    }
    assert_eq!(query["departmentId"], DEPARTMENT);
    let (field, wanted) = query["customField1"].split_once(':').expect("field:value");
    let mut state = portal.state();
    let vague = state.vague;
    let mut data = Vec::new();
    for ticket in &mut state.tickets {
        let is = ticket.body["cf"][field].as_str().expect("a reference");
        if ticket.hidden > 0 {
            ticket.hidden -= 1;
        } else if is == wanted || (vague && is[..6] == wanted[..6]) {
            let mut shown = show(ticket);
            if vague {
                shown.as_object_mut().expect("object").remove("cf");
            }
            data.push(shown);
        }
    }
    Ok(match data.is_empty() {
        true => StatusCode::NO_CONTENT.into_response(),
        false => Json(json!({"count": data.len(), "data": data})).into_response(),
    })
}

async fn read(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Answered {
    allowed(&portal, &headers)?;
    let state = portal.state();
    let found = state.tickets.iter().find(|ticket| ticket.id == id);
    Ok(match found {
        Some(ticket) => Json(show(ticket)).into_response(),
        None => refusal(404, "URL_NOT_FOUND").into_response(),
    })
}

pub(super) fn show(ticket: &Created) -> Value {
    let number = &ticket.id[12..];
    json!({
        "id": ticket.id,
        "ticketNumber": number.trim_start_matches('0'),
        "webUrl": format!("https://desk.zoho.eu/support/x/{}", ticket.id),
        "status": ticket.status,
        "statusType": ticket.status,
        "modifiedTime": talk::instant(ticket.modified),
        "subject": ticket.body["subject"],
        "createdTime": "2026-11-23T09:00:00.000Z",
        "cf": ticket.body["cf"],
    })
}
