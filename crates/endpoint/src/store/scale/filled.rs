//! A database with much in it.

use crate::clock::Timestamp;
use crate::config::load_policy;
use crate::store::seed::Seed;
use crate::store::{Database, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::Path;
use tempfile::TempDir;

/// The address of a PostgreSQL database that nobody else uses, as for the tests over HTTP.
pub(super) const VARIABLE: &str = "PARTNER_ENDPOINT_TEST_POSTGRES";

pub(super) const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub(super) async fn with(tickets: u32, seed: u32) -> (Store, TempDir) {
    let (store, folder) = empty().await;
    let seed = Seed {
        shops: 400,
        tickets,
        seed,
        now: NOW,
        secret: "0123456789abcdef0123456789abcdef".to_owned(),
    };
    let policy = load_policy(None).expect("the built-in policy");
    let made = store.seed(&seed, policy.rules(), |_| ()).await;
    made.expect("filled");
    (store, folder)
}

pub(super) async fn empty() -> (Store, TempDir) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let database = match std::env::var(VARIABLE) {
        Err(_) => Database::File(folder.path().join("endpoint.sqlite")),
        Ok(server) => on_server(&server, folder.path()).await,
    };
    let store = Store::open(database).await.expect("opened");
    (store, folder)
}

/// In a schema of its own, named after the folder. Reading a table from end to end is made to look dear: of small tables
/// that would be the quickest way, whatever indexes there are; so one that is left is one that no index can avoid.
async fn on_server(server: &str, folder: &Path) -> Database {
    let name = folder.file_name().expect("a name").to_string_lossy();
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let schema: String = letters.collect::<String>().to_lowercase();
    let sql = format!("CREATE SCHEMA s{schema}");
    let mut connection = PgConnection::connect(server).await.expect("the server");
    let made = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection);
    made.await.expect("a schema");
    let url = format!("{server}?options=-c%20search_path%3Ds{schema}%20-c%20enable_seqscan%3Doff");
    Database::server(&url, folder.to_owned()).expect("an address")
}
