//! What is said and changed on tickets that are there.

use super::desk::{allowed, show};
use super::rules::{Answered, Refusal, refusal};
use super::{Created, DEPARTMENT, Portal, State};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::form_urlencoded::parse;

/// A counted second of a day on which everything here happens.
pub(super) fn instant(number: u64) -> String {
    let (minutes, seconds) = (number / 60, number % 60);
    format!(
        "2026-11-23T{:02}:{:02}:{seconds:02}.000Z",
        minutes / 60,
        minutes % 60
    )
}

impl Portal {
    /// Somebody at the portal does something to the ticket with this reference.
    pub(in crate::relay) fn touch(&self, reference: &str, change: impl FnOnce(&mut Created)) {
        let mut state = self.state();
        let number = state.number();
        let of = |ticket: &&mut Created| ticket.body["cf"]["cf_reference"] == reference;
        let ticket = state.tickets.iter_mut().find(of).expect("created");
        ticket.modified = number;
        change(ticket);
    }

    /// An agent writes a comment; its id.
    pub(in crate::relay) fn comment(&self, reference: &str, public: bool, content: &str) -> String {
        let id = format!("52{:015}", self.state().number());
        let comment = json!({
            "type": "comment", "id": id, "isPublic": public, "content": content, "contentType": "html",
            "commentedTime": "2026-11-23T09:30:00.000Z", "attachments": [],
            "commenter": {"name": "Kim Agent", "type": "AGENT", "email": "kim@portal.example"},
        });
        self.touch(reference, |ticket| ticket.entries.push(comment));
        id
    }

    /// Somebody writes a mail: `out` from an agent.
    pub(in crate::relay) fn mail(
        &self,
        reference: &str,
        direction: &str,
        visibility: &str,
        status: &str,
        content: &str,
    ) {
        let id = format!("53{:015}", self.state().number());
        let thread = json!({
            "type": "thread", "id": id, "visibility": visibility, "direction": direction, "status": status,
            "channel": "EMAIL", "isDescriptionThread": false, "summary": "a summary", "content": content,
            "createdTime": "2026-11-23T09:40:00.000Z", "author": {"name": "Lee Agent", "type": "AGENT"},
        });
        self.touch(reference, |ticket| ticket.entries.push(thread));
    }
}

fn found<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Created, Refusal> {
    let found = state.tickets.iter_mut().find(|ticket| ticket.id == id);
    found.ok_or_else(|| refusal(404, "URL_NOT_FOUND"))
}

fn wrong(field: &str) -> Refusal {
    Refusal::invalid(field)
}

pub(super) async fn alter(
    Shared(portal): Shared<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Answered {
    allowed(&portal, &headers)?;
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let mut state = portal.state();
    if state.unknown_service.is_some()
        && state.unknown_service.as_deref() == body["cf"]["cf_service"].as_str()
    {
        return Err(wrong("cf/cf_service"));
    }
    let number = state.number();
    state.patches.push(body.clone());
    let ticket = found(&mut state, &id)?;
    for (name, value) in body.as_object().expect("an object") {
        match name.as_str() {
            "status" => {
                let status = value.as_str().expect("text");
                if !["Open", "On Hold", "Closed"].contains(&status) {
                    return Err(wrong("status"));
                }
                ticket.status = status.to_owned();
            }
            "cf" => {
                for (field, value) in value.as_object().expect("fields") {
                    ticket.body["cf"][field] = value.clone();
                }
                ticket.body = super::rules::workflow(ticket.body.clone());
            }
            other => return Err(wrong(other)),
        }
    }
    ticket.modified = number;
    Ok(Json(show(ticket)).into_response())
}

pub(super) async fn say(
    Shared(portal): Shared<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Answered {
    allowed(&portal, &headers)?;
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let names = ["content", "contentType", "isPublic", "attachmentIds"];
    let sent = body.as_object().expect("an object");
    if let Some(name) = sent.keys().find(|name| !names.contains(&name.as_str())) {
        return Err(wrong(name));
    }
    let content = body["content"].as_str().expect("text");
    if content.is_empty() || content.chars().count() > 32_000 || content.contains("unspeakable") {
        return Err(wrong("content"));
    }
    let (comment, holding) = {
        let mut state = portal.state();
        for file in body["attachmentIds"].as_array().into_iter().flatten() {
            let file = state.uploads.get_mut(file.as_str().expect("text"));
            let file = file
                .filter(|file| !file.used)
                .ok_or_else(|| wrong("attachmentIds"))?;
            file.used = true;
        }
        let number = state.number();
        let comment = json!({
            "type": "comment", "id": format!("52{number:015}"), "isPublic": body["isPublic"],
            "content": content, "contentType": "plainText", "commentedTime": instant(number),
            "commenter": {"name": "The relay", "type": "AGENT"},
            "attachments": body.get("attachmentIds").cloned().unwrap_or_else(|| json!([])),
        });
        let ticket = found(&mut state, &id)?;
        ticket.entries.push(comment.clone());
        ticket.modified = number;
        (comment, state.holding_words)
    };
    portal.tickets.send_modify(|tickets| *tickets += 1);
    if holding {
        portal.release.notified().await;
    }
    Ok(Json(comment).into_response())
}

fn query(query: Option<String>) -> BTreeMap<String, String> {
    let query = query.unwrap_or_default();
    parse(query.as_bytes()).into_owned().collect()
}

fn page(
    portal: &Portal,
    headers: &HeaderMap,
    id: &str,
    asked: &BTreeMap<String, String>,
    comments_only: bool,
) -> Answered {
    allowed(portal, headers)?;
    let number = |name: &str| {
        asked
            .get(name)
            .map(|text| text.parse::<usize>().expect("a number"))
    };
    let (from, limit) = (number("from").unwrap_or(0), number("limit").unwrap_or(50));
    if limit > 100 {
        return Err(wrong("limit"));
    }
    let mut state = portal.state();
    let ticket = found(&mut state, id)?;
    let mut data: Vec<Value> = ticket.entries.iter().rev().cloned().collect();
    if comments_only {
        data.retain(|entry| entry["type"] == "comment");
    }
    // A list shows no texts of mails.
    for entry in data.iter_mut().filter(|entry| entry["type"] == "thread") {
        entry.as_object_mut().expect("object").remove("content");
    }
    let data: Vec<Value> = data.into_iter().skip(from).take(limit).collect();
    Ok(match data.is_empty() {
        true => StatusCode::NO_CONTENT.into_response(),
        false => Json(json!({"data": data})).into_response(),
    })
}

pub(super) async fn comments(
    Shared(portal): Shared<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(asked): RawQuery,
) -> Answered {
    let asked = query(asked);
    assert_eq!(asked["sortBy"], "-commentedTime");
    page(&portal, &headers, &id, &asked, true)
}

pub(super) async fn conversations(
    Shared(portal): Shared<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(asked): RawQuery,
) -> Answered {
    page(&portal, &headers, &id, &query(asked), false)
}

pub(super) async fn thread(
    Shared(portal): Shared<Portal>,
    headers: HeaderMap,
    Path((id, thread)): Path<(String, String)>,
) -> Answered {
    allowed(&portal, &headers)?;
    let mut state = portal.state();
    let ticket = found(&mut state, &id)?;
    let found = ticket
        .entries
        .iter()
        .find(|entry| entry["id"] == thread.as_str());
    let entry = found.ok_or_else(|| refusal(404, "URL_NOT_FOUND"))?;
    Ok(Json(entry).into_response())
}

/// What has changed; which of it a test wants to be found is for the test: instants are counted here.
pub(super) fn changed(portal: &Portal, asked: &BTreeMap<String, String>) -> Answered {
    let known = [
        "departmentId",
        "modifiedTimeRange",
        "sortBy",
        "limit",
        "from",
    ];
    if !asked.keys().all(|name| known.contains(&name.as_str())) {
        return Err(refusal(422, "UNPROCESSABLE_ENTITY"));
    }
    assert_eq!(asked["departmentId"], DEPARTMENT);
    assert_eq!(asked["sortBy"], "modifiedTime");
    let (since, until) = asked["modifiedTimeRange"]
        .split_once(',')
        .expect("two instants");
    assert!(since < until, "{since} {until}");
    let from: usize = asked["from"].parse().expect("a number");
    let limit: usize = asked["limit"].parse().expect("a number");
    let mut state = portal.state();
    let mut data: Vec<&Created> = state.tickets.iter().collect();
    data.sort_by_key(|ticket| ticket.modified);
    let data: Vec<Value> = data.into_iter().skip(from).take(limit).map(show).collect();
    state.polls.push(asked["modifiedTimeRange"].clone());
    Ok(match data.is_empty() {
        true => StatusCode::NO_CONTENT.into_response(),
        false => Json(json!({"count": data.len(), "data": data})).into_response(),
    })
}
