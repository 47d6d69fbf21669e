//! The database behind the endpoint's back.

use super::{TestApp, server};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Error};
use std::path::Path;

/// A connection of one's own to an endpoint's database.
pub(crate) enum Raw {
    File(SqliteConnection),
    Server(PgConnection),
}

impl Raw {
    pub(crate) async fn run(&mut self, sql: &str) -> Result<(), Error> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::File(connection) => sql.execute(connection).await.map(|_| ()),
            Self::Server(connection) => sql.execute(connection).await.map(|_| ()),
        }
    }

    pub(crate) async fn number(&mut self, sql: &'static str) -> i64 {
        let number = match self {
            Self::File(connection) => sqlx::query_scalar(sql).fetch_one(connection).await,
            Self::Server(connection) => sqlx::query_scalar(sql).fetch_one(connection).await,
        };
        number.expect("a number")
    }

    pub(crate) async fn texts(&mut self, sql: &'static str) -> Vec<String> {
        let texts = match self {
            Self::File(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
            Self::Server(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
        };
        texts.expect("texts")
    }

    /// A number, and two texts that may be missing.
    pub(crate) async fn notice(
        &mut self,
        sql: &'static str,
    ) -> (i64, Option<String>, Option<String>) {
        let row = match self {
            Self::File(connection) => sqlx::query_as(sql).fetch_one(connection).await,
            Self::Server(connection) => sqlx::query_as(sql).fetch_one(connection).await,
        };
        row.expect("a row")
    }
}

pub(crate) async fn behind(app: &TestApp) -> Raw {
    behind_folder(&app.data()).await
}

/// The same for programs on this folder.
pub(crate) async fn behind_folder(data: &Path) -> Raw {
    match server::url(data) {
        None => Raw::File(raw(&data.join("endpoint.sqlite")).await),
        Some(url) => Raw::Server(PgConnection::connect(&url).await.expect("opened")),
    }
}

/// All that the endpoint keeps, in lower case: the bytes of every file in its folder, and on a server of every table.
pub(crate) async fn everything(app: &TestApp) -> String {
    let mut bytes = Vec::new();
    let mut folders = vec![app.data()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => bytes.extend(std::fs::read(path).expect("read")),
            }
        }
    }
    let mut all = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    if server::is_chosen() {
        let tables = "SELECT query_to_xml('SELECT * FROM ' || quote_ident(table_name), true, false, '')::text
            FROM information_schema.tables WHERE table_schema = current_schema()";
        all += &behind(app)
            .await
            .texts(tables)
            .await
            .concat()
            .to_ascii_lowercase();
        // What is kept as bytes.
        let keys = "SELECT encode(material, 'escape') FROM shop_keys";
        all += &behind(app).await.texts(keys).await.concat();
    }
    all
}

/// Takes the write lock, as another program does that writes; until `ROLLBACK`.
pub(crate) async fn hold(raw: &mut Raw) {
    let sql = match raw {
        Raw::File(_) => "BEGIN IMMEDIATE",
        Raw::Server(_) => {
            "BEGIN; SELECT pg_advisory_xact_lock(1886613099, hashtext(current_schema()))"
        }
    };
    raw.run(sql).await.expect("held");
}

/// Opens the file, and makes it if it is missing.
pub(crate) async fn raw(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    SqliteConnection::connect_with(&options)
        .await
        .expect("opened")
}

/// Lets the database do something that it would not do by itself. What the two call differently: `{bytes}`,
/// `{char}`.
pub(crate) async fn sabotage(app: &TestApp, sql: &str) {
    change(&mut behind(app).await, sql).await;
}

async fn change(raw: &mut Raw, sql: &str) {
    let (bytes, char) = match raw {
        Raw::File(_) => ("BLOB", "char"),
        Raw::Server(_) => ("BYTEA", "chr"),
    };
    let sql = sql.replace("{bytes}", bytes).replace("{char}", char);
    raw.run(&sql).await.expect("changed");
}

/// A migration of a newer program: it adds a column and an index, and notes itself as the library does.
pub(crate) async fn newer_migration(raw: &mut Raw) {
    hold(raw).await;
    let sql = "ALTER TABLE tickets ADD COLUMN future INTEGER;
        CREATE INDEX tickets_by_future ON tickets (future);
        INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            SELECT 9999, 'future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1;
        COMMIT";
    change(raw, sql).await;
}

/// And one that programs can live with which know it, and no others.
pub(crate) async fn newer_programs_only(raw: &mut Raw) {
    let sql = "UPDATE meta SET value = CAST('9999' AS {bytes}) WHERE name = 'oldest_program'";
    change(raw, sql).await;
}

/// Lets the database fail at something: `INSERT ON users`; perhaps not at every row.
pub(crate) async fn refuse(app: &TestApp, what: &str, when: Option<&str>) {
    let when = when.map(|condition| format!("WHEN ({condition})"));
    let when = when.unwrap_or_default();
    let sql = match server::is_chosen() {
        false => format!(
            "CREATE TRIGGER refusal BEFORE {what} {when}
             BEGIN SELECT raise(ABORT, 'database or disk is full'); END"
        ),
        true => format!(
            "CREATE FUNCTION refusal() RETURNS trigger LANGUAGE plpgsql
             AS $$ BEGIN RAISE EXCEPTION 'database or disk is full'; END $$;
             CREATE TRIGGER refusal BEFORE {what} FOR EACH ROW {when} EXECUTE FUNCTION refusal()"
        ),
    };
    sabotage(app, &sql).await;
}

/// Lets it succeed again.
pub(crate) async fn relent(app: &TestApp) {
    let sql = match server::is_chosen() {
        false => "DROP TRIGGER refusal",
        true => "DROP FUNCTION refusal() CASCADE",
    };
    sabotage(app, sql).await;
}
