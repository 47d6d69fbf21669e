//! One line of the file, checked by the same rules as a ticket's fields.

use super::LineError;
use super::columns::Columns;
use crate::directory::{address_key, domain_key};
use crate::store::accounts::{AccountRecord, Address, IdentifierKind};
use csv::ByteRecord;
use partner_rules::{Dc, ViolationCode, email, identifier};

struct Line<'a> {
    columns: &'a Columns,
    record: &'a ByteRecord,
    number: u64,
    errors: Vec<LineError>,
}

pub(super) fn read(
    columns: &Columns,
    record: &ByteRecord,
    number: u64,
) -> Result<AccountRecord, Vec<LineError>> {
    let mut line = Line {
        columns,
        record,
        number,
        errors: Vec::new(),
    };
    if !columns.fits(record) {
        line.wrong("*", ViolationCode::UnknownField);
    }
    let superadmin = line.one("superadmin_email", address);
    let dc = line.one("dc", |text| match text {
        "" => Err(ViolationCode::Required),
        code => Dc::parse(&code.to_lowercase()).ok_or(ViolationCode::UnknownValue),
    });
    let domains = line.list("domains", domain);
    let mut identifiers = Vec::new();
    for (column, kind) in [
        ("zoid", IdentifierKind::Zoid),
        ("zgid", IdentifierKind::Zgid),
        ("zuids", IdentifierKind::Zuid),
    ] {
        identifiers.extend(line.list(column, id).into_iter().map(|value| (kind, value)));
    }
    let users = line.list("user_emails", address);
    let subscriptions = line.subscription().into_iter().collect();
    let shop_id = line.one("shop", |text| {
        Ok(Some(text.to_owned()).filter(|shop| !shop.is_empty()))
    });
    match (superadmin, dc, shop_id) {
        (Some(superadmin), Some(dc), Some(shop_id)) if line.errors.is_empty() => {
            Ok(AccountRecord {
                dc,
                shop_id,
                superadmin,
                users,
                domains,
                identifiers,
                subscriptions,
            })
        }
        _ => Err(line.errors),
    }
}

impl Line<'_> {
    fn wrong(&mut self, column: &str, code: ViolationCode) {
        self.errors.push(LineError::new(self.number, column, code));
    }

    fn one<T>(
        &mut self,
        column: &str,
        read: impl Fn(&str) -> Result<T, ViolationCode>,
    ) -> Option<T> {
        match self.columns.cell(self.record, column).and_then(read) {
            Ok(value) => Some(value),
            Err(code) => {
                self.wrong(column, code);
                None
            }
        }
    }

    fn list<T>(&mut self, column: &str, read: impl Fn(&str) -> Result<T, ViolationCode>) -> Vec<T> {
        self.one(column, |text| {
            let parts = text.split(|c: char| c == ';' || c.is_whitespace());
            parts.filter(|part| !part.is_empty()).map(&read).collect()
        })
        .unwrap_or_default()
    }

    fn subscription(&mut self) -> Option<(String, u32)> {
        let service = self.one("service", |text| Ok(text.to_owned()))?;
        let licences = self.one("user_licences", |text| match text {
            "" => Ok(None),
            digits => digits
                .parse()
                .map(Some)
                .map_err(|_| ViolationCode::NotDigits),
        })?;
        match (service.is_empty(), licences) {
            (true, None) => None,
            (false, Some(licences)) => Some((service, licences)),
            (true, Some(_)) => {
                self.wrong("service", ViolationCode::Required);
                None
            }
            (false, None) => {
                self.wrong("user_licences", ViolationCode::Required);
                None
            }
        }
    }
}

fn address(text: &str) -> Result<Address, ViolationCode> {
    let address = email::parse(text).map_err(|(code, _)| code)?;
    Ok(Address {
        text: address.as_str().to_owned(),
        key: address_key(address.as_str()),
    })
}

/// A domain is what may stand after the @ of an address.
fn domain(text: &str) -> Result<String, ViolationCode> {
    email::parse(&format!("a@{text}")).map_err(|(code, _)| code)?;
    Ok(domain_key(text))
}

fn id(text: &str) -> Result<String, ViolationCode> {
    identifier::read(text)
        .identifier
        .map(|id| id.as_str().to_owned())
        .map_err(|(code, _)| code)
}
