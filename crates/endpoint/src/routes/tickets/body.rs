//! The body of `POST /v1/tickets`: from JSON to a draft, with everything that is wrong about it.

use super::uploads;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::Fields;
use crate::routes::receipt::fingerprint;
use crate::store::idempotency::Fingerprint;
use partner_rules::wire::{NewTicket, Preview, WireViolation};
use partner_rules::{
    Dc, Draft, OrgIdKind, Policy, Region, Ticket, Violation, ViolationCode, check,
};
use serde_json::Value;

/// Longer than any language tag that is in use (RFC 5646, 4.4.1 recommends room for 35).
const LANG_MAX: usize = 35;
const POLICY_VERSION_MAX: usize = 64;
const CALL: &str = "POST /v1/tickets";
/// All fields, in the order in which violations are listed.
const ORDER: [&str; 13] = [
    "dc",
    "region",
    "service",
    "org_id_kind",
    "org_id",
    "subject",
    "description",
    "superadmin_email",
    "customer_email",
    "zuid",
    "uploads",
    "preview",
    "lang",
];

/// A body that is JSON with known fields; more is not said yet.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) dc: Option<Dc>,
    region: Option<Region>,
    org_id_kind: Option<OrgIdKind>,
    pub(crate) draft: Draft,
    preview: Option<Preview>,
    lang: Option<String>,
    pub(crate) uploads: Vec<String>,
    violations: Vec<WireViolation>,
}

/// A body without a violation.
#[derive(Debug)]
pub(crate) struct Sound {
    pub(crate) region: Region,
    pub(crate) draft: Draft,
    pub(crate) ticket: Ticket,
    pub(crate) preview: Option<Preview>,
    pub(crate) lang: Option<String>,
    pub(crate) uploads: Vec<String>,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Body, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let dc = fields.code("dc");
    // As in the embed: the region is the data centre's unless said otherwise.
    let region = fields.optional("region").or_else(|| dc.map(Region::from));
    let org_id_kind = fields.code("org_id_kind");
    let (superadmin_email, superadmin_unknown) = superadmin(&mut fields);
    let draft = Draft {
        service: fields.text("service"),
        org_id_kind: org_id_kind.unwrap_or_default(),
        org_id: fields.text("org_id"),
        subject: fields.text("subject"),
        description: fields.text("description"),
        superadmin_email,
        superadmin_unknown,
        customer_email: fields.optional_text("customer_email").unwrap_or_default(),
        zuid: fields.optional_text("zuid").unwrap_or_default(),
    };
    let uploads = uploads::read(&mut fields);
    let preview = fields.optional("preview");
    if preview
        .as_ref()
        .is_some_and(|preview: &Preview| preview.policy_version.len() > POLICY_VERSION_MAX)
    {
        fields.wrong("preview", ViolationCode::TooLong);
    }
    let lang = fields.optional_text("lang");
    if lang.as_deref().is_some_and(|lang| !is_language(lang)) {
        fields.wrong("lang", ViolationCode::UnknownValue);
    }
    let violations = fields.finish()?;
    Ok(Body {
        dc,
        region,
        org_id_kind,
        draft,
        preview,
        lang,
        uploads,
        violations,
    })
}

/// `null` says "I don't know it" (R14); a missing field says nothing and is missed.
fn superadmin(fields: &mut Fields) -> (String, bool) {
    match fields.take("superadmin_email") {
        None => (String::new(), false),
        Some(Value::Null) => (String::new(), true),
        Some(Value::String(text)) => (text, false),
        Some(_) => {
            fields.wrong("superadmin_email", ViolationCode::UnknownValue);
            (String::new(), false)
        }
    }
}

fn is_language(text: &str) -> bool {
    (1..=LANG_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Body {
    /// What the request is known by. `None` when not everything in it could be understood; such a body is never stored.
    /// `hashes` stand for the uploads, so that the same file uploaded again is the same request.
    pub(crate) fn fingerprint(&self, hashes: Option<Vec<String>>) -> Option<Fingerprint> {
        if !self.violations.is_empty() {
            return None;
        }
        let draft = &self.draft;
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let parsed = NewTicket {
            dc: self.dc?,
            region: self.region?,
            service: draft.service.clone(),
            org_id_kind: self.org_id_kind?,
            org_id: draft.org_id.clone(),
            subject: draft.subject.clone(),
            description: draft.description.clone(),
            superadmin_email: Some(draft.superadmin_email.clone())
                .filter(|_| !draft.superadmin_unknown),
            customer_email: given(&draft.customer_email),
            zuid: given(&draft.zuid),
            uploads: hashes?,
            preview: self.preview.clone(),
            lang: self.lang.clone(),
        };
        fingerprint(CALL, &parsed)
    }

    /// Checks the fields by the same rules as the browser.
    pub(crate) fn check(
        self,
        policy: &Policy,
        dc: Dc,
        uploads_known: bool,
    ) -> Result<Sound, ApiError> {
        let Self {
            region,
            draft,
            preview,
            lang,
            uploads,
            mut violations,
            ..
        } = self;
        let checked = check(&draft, policy, dc).ticket;
        for Violation { field, code, limit } in checked.as_ref().err().into_iter().flatten() {
            let field = field.wire_name();
            // A field of the wrong type was noted already; as a draft it only looks empty.
            if violations.iter().all(|known| known.field != field) {
                violations.push(WireViolation {
                    field: field.to_owned(),
                    code: *code,
                    limit: *limit,
                });
            }
        }
        uploads::check(&uploads, uploads_known, policy.limits(), &mut violations);
        match (checked, region) {
            (Ok(ticket), Some(region)) if violations.is_empty() => Ok(Sound {
                region,
                draft,
                ticket,
                preview,
                lang,
                uploads,
            }),
            _ => Err(invalid(violations)),
        }
    }
}

fn invalid(mut violations: Vec<WireViolation>) -> ApiError {
    violations.sort_by_key(|one| ORDER.iter().position(|field| *field == one.field));
    ApiError::new(ProblemCode::InvalidFields).violations(violations)
}
