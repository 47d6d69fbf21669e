//! What is kept in the browser: an IndexedDB database with small records and the bytes of files, each
//! under the hash of whose it is. Nothing is opened before somebody has opened the panel. Not encrypted: the page
//! around us could read it as well as we can.
//!
//! Records: `<owner> draft`, `<owner> entry <key>`, `<owner> over <key>`, `<owner> feedback`, and `last`, the owner that
//! was written for last; in the other store `<owner> <id>` for the bytes of a file.

use super::bridge::text;
use crate::state::storage::Lack;
use js_sys::{Array, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

const DATABASE: &str = "partner-desk";
/// Texts, and the bytes of attachments apart from them: a large file takes its time, and what is typed
/// must not wait behind it.
const STORES: [&str; 2] = [KEPT, FILES];
const KEPT: &str = "kept";
const FILES: &str = "files";
const LAST: &str = "last";

/// A record to be written, or removed.
pub struct Change {
    pub name: String,
    pub record: Option<JsValue>,
}

/// A record and its name, without the owner.
pub type Record = (String, JsValue);

#[derive(Clone, Default)]
pub struct Vault {
    database: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Vault {
    /// All records of an owner, as pairs of a name without the owner, and the record.
    pub async fn read(&self, owner: &str) -> Result<Vec<Record>, Lack> {
        self.read_all(KEPT, owner).await
    }

    /// The same for the bytes of files, by their ids.
    pub async fn read_files(&self, owner: &str) -> Result<Vec<Record>, Lack> {
        self.read_all(FILES, owner).await
    }

    async fn read_all(&self, store: &str, owner: &str) -> Result<Vec<Record>, Lack> {
        let (_, store) = self.store(store, IdbTransactionMode::Readonly).await?;
        let range = range(owner)?;
        let keys = store.get_all_keys_with_key(&range).map_err(lack)?;
        let values = store.get_all_with_key(&range).map_err(lack)?;
        let (keys, values) = (done(&keys).await?, done(&values).await?);
        let pairs = Array::from(&keys)
            .to_vec()
            .into_iter()
            .zip(Array::from(&values).to_vec());
        let named = pairs.filter_map(|(key, record)| {
            let key = key.as_string()?;
            Some((key.get(owner.len() + 1..)?.to_owned(), record))
        });
        Ok(named.collect())
    }

    /// One record of an owner.
    pub async fn record(&self, owner: &str, name: &str) -> Option<JsValue> {
        let (_, store) = self.store(KEPT, IdbTransactionMode::Readonly).await.ok()?;
        let request = store.get(&full(owner, name).into()).ok()?;
        done(&request).await.ok().filter(JsValue::is_object)
    }

    /// Writes all of it or nothing, after everything that was asked for before.
    pub async fn write(&self, owner: &str, changes: Vec<Change>) -> Result<(), Lack> {
        let (transaction, store) = self.store(KEPT, IdbTransactionMode::Readwrite).await?;
        store
            .put_with_key(&owner.into(), &LAST.into())
            .map_err(lack)?;
        put(&store, owner, changes)?;
        // The page may be gone before its requests have answered, and what is not committed by then is lost. (Not
        // so the bytes of files: WebKit would commit before it has them.)
        let _ending = transaction.unchecked_ref::<Transaction>().commit();
        complete(&transaction).await
    }

    /// Writes and removes bytes of files.
    pub async fn write_files(&self, owner: &str, changes: Vec<Change>) -> Result<(), Lack> {
        let (transaction, store) = self.store(FILES, IdbTransactionMode::Readwrite).await?;
        put(&store, owner, changes)?;
        complete(&transaction).await
    }

    /// Takes a lease that nobody else holds; for browsers without locks.
    pub async fn lease(&self, owner: &str, name: &str, now: f64, until: f64) -> Option<bool> {
        let (transaction, store) = self.store(KEPT, IdbTransactionMode::Readwrite).await.ok()?;
        let name = JsValue::from(full(owner, name));
        let held = done(&store.get(&name).ok()?).await.ok()?;
        let free = held.as_f64().is_none_or(|held| held < now);
        if free {
            store.put_with_key(&until.into(), &name).ok()?;
        }
        complete(&transaction).await.ok()?;
        Some(free)
    }

    /// Waits until everything that was asked for before is done.
    pub async fn rest(&self) {
        if self.database.borrow().is_none() {
            return;
        }
        for name in STORES {
            if let Ok((transaction, _)) = self.store(name, IdbTransactionMode::Readwrite).await {
                let _done = complete(&transaction).await;
            }
        }
    }

    /// Nothing of this owner stays; without one, of the last that was written for.
    pub async fn purge(&self, owner: Option<&str>) -> Result<(), Lack> {
        if self.database.borrow().is_none() && !exists().await {
            // Looking must not leave anything.
            return Ok(());
        }
        let (transaction, store) = self.store(KEPT, IdbTransactionMode::Readwrite).await?;
        let last = done(&store.get(&LAST.into()).map_err(lack)?)
            .await?
            .as_string();
        let owner = owner.map(str::to_owned).or(last);
        if let Some(owner) = &owner {
            store.delete(&range(owner)?).map_err(lack)?;
        }
        store.delete(&LAST.into()).map_err(lack)?;
        complete(&transaction).await?;
        let Some(owner) = owner else { return Ok(()) };
        let (transaction, store) = self.store(FILES, IdbTransactionMode::Readwrite).await?;
        store.delete(&range(&owner)?).map_err(lack)?;
        complete(&transaction).await
    }

    async fn store(
        &self,
        name: &str,
        mode: IdbTransactionMode,
    ) -> Result<(IdbTransaction, IdbObjectStore), Lack> {
        let open = self.database.borrow().clone();
        let database = match open {
            Some(database) => database,
            None => open_database().await?,
        };
        *self.database.borrow_mut() = Some(database.clone());
        let begun = database.transaction_with_str_and_mode(name, mode);
        let Ok(transaction) = begun else {
            // Closed by the browser, as it does when somebody clears the site's data: once more.
            *self.database.borrow_mut() = None;
            let database = open_database().await?;
            let transaction = database
                .transaction_with_str_and_mode(name, mode)
                .map_err(lack)?;
            let store = transaction.object_store(name).map_err(lack)?;
            *self.database.borrow_mut() = Some(database);
            return Ok((transaction, store));
        };
        let store = transaction.object_store(name).map_err(lack)?;
        Ok((transaction, store))
    }
}

/// Whether anything was ever kept on this site. Browsers that do not say may have it.
async fn exists() -> bool {
    let Ok(databases) = INDEXED_DB.with(Factory::databases) else {
        return true;
    };
    let Ok(found) = JsFuture::from(databases).await else {
        return true;
    };
    let named = |found: JsValue| text(&found, "name").as_deref() == Some(DATABASE);
    Array::from(&found).iter().any(named)
}

#[wasm_bindgen]
extern "C" {
    type Factory;

    #[wasm_bindgen(thread_local_v2, js_name = indexedDB)]
    static INDEXED_DB: Factory;
    #[wasm_bindgen(method, catch)]
    fn databases(this: &Factory) -> Result<Promise, JsValue>;

    type Transaction;

    /// web-sys takes it for deprecated, the standard does not.
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;
}

async fn open_database() -> Result<IdbDatabase, Lack> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or(Lack::Refused)?;
    let request = factory.open_with_u32(DATABASE, 1).map_err(lack)?;
    let opening: IdbOpenDbRequest = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Ok(database) = opening.result() {
            let database: IdbDatabase = database.unchecked_into();
            for name in STORES {
                // A browser that cannot make it fails the opening.
                let _made = database.create_object_store(name);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Ok(done(&request).await?.unchecked_into())
}

fn put(store: &IdbObjectStore, owner: &str, changes: Vec<Change>) -> Result<(), Lack> {
    for change in changes {
        let name = JsValue::from(full(owner, &change.name));
        match change.record {
            Some(record) => store.put_with_key(&record, &name).map_err(lack)?,
            None => store.delete(&name).map_err(lack)?,
        };
    }
    Ok(())
}

fn range(owner: &str) -> Result<JsValue, Lack> {
    let (from, to) = (full(owner, ""), full(owner, "\u{ffff}"));
    let range = IdbKeyRange::bound(&from.into(), &to.into()).map_err(lack)?;
    Ok(range.into())
}

fn full(owner: &str, name: &str) -> String {
    let mut full = String::from(owner);
    full.push(' ');
    full.push_str(name);
    full
}

async fn done(request: &IdbRequest) -> Result<JsValue, Lack> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(ended).await {
        Ok(_) => request.result().map_err(lack),
        Err(_) => Err(lack(error_of(request))),
    }
}

async fn complete(transaction: &IdbTransaction) -> Result<(), Lack> {
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(ended).await {
        Ok(_) => Ok(()),
        Err(_) => Err(lack(error_of(transaction))),
    }
}

/// `error` of a request or a transaction.
fn error_of(of: &JsValue) -> JsValue {
    Reflect::get(of, &"error".into()).unwrap_or(JsValue::NULL)
}

fn lack(error: JsValue) -> Lack {
    let full = error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == "QuotaExceededError");
    if full { Lack::Full } else { Lack::Refused }
}
