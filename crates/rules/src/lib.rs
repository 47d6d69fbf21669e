//! The rules of priority partner support, as pure functions over data.
//!
//! Never here: clocks, randomness, network, DOM, databases, sentences. Codes and numbers only.
//!
//! Where to look: [`place`] data centres and regions · [`policy`] the rules as data · [`service`] the
//! catalogue · [`similar`] near-equal subjects · [`identifier`] ZOID, ZGID, ZUID · [`email`] addresses · [`draft`] what a form holds and
//! [`ticket`] what it becomes · [`feedback`] what is said about a translation · [`classify`] the verdict ·
//! [`codes`] every code that crosses a boundary · [`wire`] the JSON of `/v1`.
//!
//! ```
//! use partner_rules::policy::{DEFAULT_JSON, FullPolicy, RawPolicy};
//! use partner_rules::{Account, Dc, Draft, Outcome, check, classify};
//!
//! let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON)?;
//! let policy = FullPolicy::try_from(raw)?;
//! let draft = Draft {
//!     service: "crm".into(),
//!     org_id: "https://crm.zoho.eu/crm/org20000000001/".into(),
//!     subject: "Contacts do not sync".into(),
//!     description: "Since this morning.".into(),
//!     superadmin_email: "admin@large.example".into(),
//!     ..Draft::default()
//! };
//! let ticket = check(&draft, policy.rules(), Dc::Eu).ticket.expect("nothing is wrong");
//! assert_eq!(ticket.service().name, "Zoho CRM");
//! assert_eq!(ticket.org_id().as_str(), "20000000001");
//! assert_eq!(classify(&draft, policy.rules(), Account::Large).outcome, Outcome::Priority);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod classify;
pub mod codes;
pub mod conversation;
pub mod draft;
pub mod email;
pub mod feedback;
pub mod identifier;
pub mod place;
pub mod policy;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
pub mod service;
pub mod similar;
mod text;
pub mod ticket;
pub mod wire;

pub use classify::{Account, Classification, Outcome, classify, classify_decided};
pub use codes::{
    Change, Field, Hint, HintCode, Metric, OrgIdKind, Reason, Severity, Violation, ViolationCode,
};
pub use draft::Draft;
pub use place::{Dc, Region};
pub use policy::Policy;
pub use ticket::{Checked, Ticket, check};
