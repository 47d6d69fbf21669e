//! The query of `GET /v1/tickets`.

use super::cursor;
use crate::problem::ApiError;
use crate::routes::parameters::{Parameters, RawQuery};
use crate::store::tickets::{Filter, Sort};
use partner_rules::wire::Status;
use partner_rules::{Policy, Severity};

pub(crate) fn read(query: RawQuery, policy: &Policy) -> Result<Filter, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let status = parameters.one("status", status);
    let service_id = parameters.one("service", |typed| {
        Some(policy.catalogue().resolve(typed).id)
    });
    let severity = parameters.one("severity", severity);
    let sort = parameters.one("sort", sort).unwrap_or_default();
    let limit = parameters.limit();
    let after = parameters.one("cursor", |text| cursor::read(text, sort));
    let text = parameters.text("q");
    parameters.finish()?;
    Ok(Filter {
        status,
        service_id,
        severity,
        text,
        sort,
        after,
        limit,
    })
}

fn status(code: &str) -> Option<Status> {
    match code {
        "open" => Some(Status::Open),
        "on_hold" => Some(Status::OnHold),
        "closed" => Some(Status::Closed),
        _ => None,
    }
}

fn severity(code: &str) -> Option<Option<Severity>> {
    match code {
        "S1" => Some(Some(Severity::S1)),
        "none" => Some(None),
        _ => None,
    }
}

fn sort(code: &str) -> Option<Sort> {
    match code {
        "newest" => Some(Sort::Newest),
        "oldest" => Some(Sort::Oldest),
        "updated" => Some(Sort::Updated),
        _ => None,
    }
}
