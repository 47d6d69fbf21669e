//! Accounts from a CSV file: all of it, or the list of lines that are wrong.
//!
//! Cell contents never get into messages: a message has a line, a column and a code.

mod columns;
mod line;

use crate::clock::Timestamp;
use crate::store::accounts::AccountRecord;
use crate::store::{Store, StoreError};
use partner_rules::{Dc, ViolationCode};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why a line cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineCode {
    Violation(ViolationCode),
    /// The same service again for the same account.
    Duplicate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    pub line: u64,
    pub column: String,
    pub code: LineCode,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} bad entries, nothing imported", .0.len())]
    Lines(Vec<LineError>),
    #[error("the directory could not be written: {0}")]
    Store(#[from] StoreError),
}

/// Imports a whole file and returns the number of accounts.
pub async fn import(store: &Store, csv: &[u8], now: Timestamp) -> Result<usize, ImportError> {
    let mut known_shops = BTreeSet::new();
    let (accounts, mut errors) = read(csv);
    for (line, account) in &accounts {
        let Some(shop) = &account.shop_id else {
            continue;
        };
        if known_shops.contains(shop) {
            continue;
        }
        if store.shop(shop).await?.is_some() {
            known_shops.insert(shop.clone());
        } else {
            errors.push(LineError::new(*line, "shop", ViolationCode::UnknownValue));
        }
    }
    if !errors.is_empty() {
        errors.sort_by_key(|error| error.line);
        return Err(ImportError::Lines(errors));
    }
    let accounts: Vec<AccountRecord> = accounts.into_iter().map(|(_, account)| account).collect();
    store.replace_accounts(&accounts, now).await?;
    Ok(accounts.len())
}

type Key = (Dc, String, Option<String>);

/// The accounts with their first lines, and what is wrong.
pub(crate) fn read(csv: &[u8]) -> (Vec<(u64, AccountRecord)>, Vec<LineError>) {
    let mut errors = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(csv);
    let columns = match reader.byte_headers().map(columns::Columns::read) {
        Ok(Ok(columns)) => columns,
        Ok(Err(wrong)) => return (Vec::new(), wrong),
        Err(_) => {
            return (
                Vec::new(),
                vec![LineError::new(1, "*", ViolationCode::Syntax)],
            );
        }
    };
    let mut accounts: BTreeMap<Key, (u64, AccountRecord)> = BTreeMap::new();
    for record in reader.byte_records() {
        let Ok(record) = record else {
            errors.push(LineError::new(0, "*", ViolationCode::Syntax));
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        match line::read(&columns, &record, line) {
            Ok(account) => merge(&mut accounts, line, account, &mut errors),
            Err(wrong) => errors.extend(wrong),
        }
    }
    let mut accounts: Vec<(u64, AccountRecord)> = accounts.into_values().collect();
    accounts.sort_by_key(|(line, _)| *line);
    (accounts, errors)
}

fn merge(
    accounts: &mut BTreeMap<Key, (u64, AccountRecord)>,
    line: u64,
    account: AccountRecord,
    errors: &mut Vec<LineError>,
) {
    let key = (
        account.dc,
        account.superadmin.key.clone(),
        account.shop_id.clone(),
    );
    let Some((_, known)) = accounts.get_mut(&key) else {
        accounts.insert(key, (line, account));
        return;
    };
    for (service, licences) in account.subscriptions {
        if known
            .subscriptions
            .iter()
            .any(|(other, _)| other.to_lowercase() == service.to_lowercase())
        {
            errors.push(LineError {
                line,
                column: "service".to_owned(),
                code: LineCode::Duplicate,
            });
        } else {
            known.subscriptions.push((service, licences));
        }
    }
    known.users.extend(account.users);
    known.domains.extend(account.domains);
    known.identifiers.extend(account.identifiers);
}

impl LineError {
    fn new(line: u64, column: &str, code: ViolationCode) -> Self {
        Self {
            line,
            column: column.to_owned(),
            code: LineCode::Violation(code),
        }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.column, self.code)
    }
}

impl fmt::Display for LineCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate => f.write_str("duplicate"),
            Self::Violation(code) => f.write_str(code.code()),
        }
    }
}

#[cfg(test)]
mod tests;
