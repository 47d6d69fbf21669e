//! Who a mail is from, as far as our own mail server vouches for it. `From` alone proves nothing; neither does
//! what another server says, nor what stands where a sender could have put it.

use super::authres::{self, Results};
use super::head::{Field, values};
use crate::config::MailConfig;
use crate::directory::{address_key, domain_key};
use partner_rules::email;

const RESULTS: &str = "authentication-results";
const TRACE: &str = "received";

/// An address that the mail server vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vouched {
    /// As written.
    pub(crate) email: String,
    /// As compared.
    pub(crate) key: String,
}

/// Why nobody vouches for a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// No `From`, several, or one that is no address.
    NoSender,
    /// Our mail server says nothing about it.
    NotAuthenticated,
    /// Our mail server says that it is not from there, or does not say that it is.
    NotPassed,
}

/// `from`: the addresses of the header `From` as the library reads it.
pub(crate) fn vouched(
    fields: &[Field],
    from: &[String],
    config: &MailConfig,
) -> Result<Vouched, Doubt> {
    let [address] = from else {
        return Err(Doubt::NoSender);
    };
    if values(fields, "from").count() != 1 {
        return Err(Doubt::NoSender);
    }
    let address = email::parse(address).map_err(|_| Doubt::NoSender)?;
    let results = ours(fields, config).ok_or(Doubt::NotAuthenticated)?;
    if !passes(&results, address.domain()) {
        return Err(Doubt::NotPassed);
    }
    Ok(Vouched {
        key: address_key(address.as_str()),
        email: address.as_str().to_owned(),
    })
}

/// The topmost header under our server's name, with no more lines of transport above it than our own servers
/// write. One that cannot be read says nothing, and those below it are not asked.
fn ours(fields: &[Field], config: &MailConfig) -> Option<Results> {
    let mut hops = 0;
    for field in fields {
        if field.name == TRACE {
            hops += 1;
            if hops > config.hops {
                return None;
            }
        }
        if field.name != RESULTS {
            continue;
        }
        match authres::read(&field.value) {
            Some(results) if results.authserv_id == config.authserv_id => return Some(results),
            Some(_) => {}
            // Whose it is cannot be said for certain; it may be ours.
            None if mentions(&field.value, &config.authserv_id) => return None,
            None => {}
        }
    }
    None
}

fn mentions(value: &str, authserv_id: &str) -> bool {
    value.to_ascii_lowercase().contains(authserv_id)
}

/// DMARC passed for just this domain. Where the domain publishes no DMARC, a DKIM signature of the very same
/// domain does. SPF alone never does: who shares an outgoing server with others can pass for them.
fn passes(results: &Results, domain: &str) -> bool {
    let same = |told: Option<&str>| {
        told.is_some_and(|told| domain_key(told.trim_start_matches('@')) == domain_key(domain))
    };
    let mut dmarc = results
        .methods
        .iter()
        .filter(|method| method.name == "dmarc")
        .peekable();
    if dmarc.peek().is_some() {
        let mut all = dmarc.clone();
        if all.any(|method| method.result != "none") {
            return dmarc
                .all(|method| method.result == "pass" && same(method.property("header.from")));
        }
    }
    results.methods.iter().any(|method| {
        method.name == "dkim" && method.result == "pass" && same(method.property("header.d"))
    })
}

#[cfg(test)]
mod tests;
