//! The server that the tests run against, if the run names one: a schema of its own for every data folder.

use super::sha256;
use partner_endpoint::store::Database;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::cell::Cell;
use std::path::Path;

/// The address of a PostgreSQL database that nobody else uses.
const VARIABLE: &str = "PARTNER_ENDPOINT_TEST_POSTGRES";

thread_local! {
    /// A test has a thread of its own.
    static ON_FILE: Cell<bool> = const { Cell::new(false) };
}

/// First in a test that is about the file which SQLite keeps everything in: it has one in every run.
pub(crate) fn on_file() {
    ON_FILE.set(true);
}

/// Afterwards, in a test that goes on where the run does.
pub(crate) fn on_server() {
    ON_FILE.set(false);
}

/// Whether this test's endpoints keep everything on the server.
pub(crate) fn is_chosen() -> bool {
    !ON_FILE.get() && std::env::var_os(VARIABLE).is_some()
}

/// What `--database` takes for this folder, and again after a restart on it. `None`: a file in the folder.
pub(crate) fn url(data: &Path) -> Option<String> {
    let server = std::env::var(VARIABLE).ok().filter(|_| is_chosen())?;
    let hash = sha256(data.to_string_lossy().as_bytes());
    let schema = format!("t{}", hash.get(..20).expect("a hash"));
    let sql = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
    let url = format!("{server}?options=-c%20search_path%3D{schema}");
    // A test's own runtime is busy with the test, which waits for this.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async {
            let mut connection = PgConnection::connect(&server).await.expect("the server");
            let made = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection);
            made.await.expect("a schema");
            connection.close().await.expect("closed");
        });
    })
    .join()
    .expect("made");
    Some(url)
}

/// The same for a program.
pub(crate) fn setting(data: &Path) -> Option<(&'static str, String)> {
    Some(("PARTNER_ENDPOINT_DATABASE", url(data)?))
}

/// The same for the store itself.
pub(crate) fn database(data: &Path) -> Database {
    match url(data) {
        None => Database::File(data.join("endpoint.sqlite")),
        Some(url) => Database::server(&url, data.to_owned()).expect("an address"),
    }
}
