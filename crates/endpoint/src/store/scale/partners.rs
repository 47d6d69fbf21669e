//! What partners' calls ask for.

use super::filled::NOW;
use super::{long_ways, sorted};
use crate::rates::Identity;
use crate::store::accounts::{IdentifierKind, View};
use crate::store::audit::Verification;
use crate::store::idempotency::Scope;
use crate::store::seed::shop_id;
use crate::store::sql::plans::asked;
use crate::store::tickets::{Filed, Filter, Position, Sight, Sort};
use crate::store::{Store, StoreError};
use partner_rules::wire::{Author, AuthorKind, Status};
use partner_rules::{Account, Dc, Severity};

const VERIFIER: &str = "user0@shop-100000.example";

/// Of the shop that has the most.
fn sights() -> [Sight; 2] {
    [None, Some(VERIFIER)].map(|user| Sight {
        shop_id: shop_id(0),
        created_by: user.map(str::to_owned),
        viewer: VERIFIER.to_owned(),
    })
}

/// Every order, with and without what narrows it down.
fn filters() -> Vec<Filter> {
    let mut filters = Vec::new();
    for sort in [Sort::Newest, Sort::Oldest, Sort::Updated] {
        for status in [None, Some(Status::Open), Some(Status::Closed)] {
            for after in [
                None,
                Some(Position {
                    at: NOW.millis(),
                    id: 9_000_000,
                }),
            ] {
                filters.push(Filter {
                    status,
                    service_id: None,
                    severity: None,
                    text: None,
                    sort,
                    after,
                    limit: 51,
                });
            }
        }
    }
    filters
}

pub(super) async fn lists_are_read_in_their_order_whatever_narrows_them_down(store: &Store) {
    for sight in sights() {
        for plain in filters() {
            let narrow = Filter {
                service_id: Some("crm".to_owned()),
                severity: Some(Some(Severity::S1)),
                ..plain.clone()
            };
            for filter in [plain, narrow] {
                let (found, pages) = asked(store.tickets(&sight, &filter)).await;
                found.expect("read");
                assert_eq!(long_ways(&pages), [""; 0], "{filter:?}");
                // With a user and a status there is no index of both: there are few tickets of one user.
                if super::decides_without_numbers()
                    && (sight.created_by.is_none() || filter.status.is_none())
                {
                    assert_eq!(sorted(&pages), [""; 0], "{filter:?} {pages:#?}");
                }
                let (_, counts) = asked(store.tickets_in_all(&sight, &filter)).await;
                assert_eq!(long_ways(&counts), [""; 0], "{filter:?}");
                assert_eq!((pages.len(), counts.len()), (1, 1));
            }
        }
    }
}

pub(super) async fn a_search_reads_tickets_of_its_shop_alone(store: &Store) {
    for sight in sights() {
        for text in ["case 4711", "zoho", "a"] {
            let filter = Filter {
                text: Some(text.to_owned()),
                ..filters().remove(0)
            };
            let (found, mut questions) = asked(store.tickets(&sight, &filter)).await;
            found.expect("read");
            questions.extend(asked(store.tickets_in_all(&sight, &filter)).await.1);
            assert!(questions.len() >= 2, "{questions:?}");
            assert_eq!(long_ways(&questions), [""; 0], "{text}");
        }
    }
}

pub(super) async fn a_ticket_is_read_with_all_that_belongs_to_it_from_indexes(store: &Store) {
    let [sight, _] = sights();
    let newest = store
        .tickets(&sight, &filters().remove(0))
        .await
        .expect("read");
    let reference = &newest.first().expect("a ticket").ticket.reference;
    let (whole, questions) = asked(store.ticket(&sight, reference)).await;
    assert!(whole.expect("read").is_some());
    assert!(questions.len() >= 5, "{questions:?}");
    assert_eq!(long_ways(&questions), [""; 0]);
    let (seen, questions) = asked(store.see(&sight, reference, NOW, NOW)).await;
    assert!(seen.expect("written").is_some());
    assert_eq!(long_ways(&questions), [""; 0]);
}

async fn verify(store: &Store) -> Result<(), StoreError> {
    let shop_id = &shop_id(0);
    let view = View {
        dc: Dc::Eu,
        shop_id,
    };
    let account = store
        .account_by_superadmin(view, "admin@customer7.example")
        .await?;
    let account = account.expect("an account");
    store.account_by_domain(view, "customer7.example").await?;
    store
        .accounts_by_identifier(view, IdentifierKind::Zoid, "20000000007")
        .await?;
    store
        .accounts_by_user(view, "user@customer7.example")
        .await?;
    store.superadmin_of(account).await?;
    assert!(!store.subscriptions(account).await?.is_empty());
    store
        .note_verification(&Verification {
            at: NOW,
            shop_id,
            sub: VERIFIER,
            dc: Dc::Eu,
            service_id: "crm",
            address_hash: [0; 32],
            account: Account::Standard,
        })
        .await
}

pub(super) async fn an_account_is_found_from_indexes(store: &Store) {
    let (done, questions) = asked(verify(store)).await;
    done.expect("found");
    assert_eq!(questions.len(), 7);
    assert_eq!(long_ways(&questions), [""; 0]);
}

/// All that the call asks, from the token to the answer; the key first, which is what makes it a duplicate.
async fn submit(store: &Store) -> Result<(), StoreError> {
    let (shop_id, sub) = (shop_id(0), VERIFIER.to_owned());
    let by = Author {
        kind: AuthorKind::Partner,
        name: "Ada".to_owned(),
        email: Some(sub.clone()),
    };
    let sight = Sight {
        shop_id: shop_id.clone(),
        created_by: None,
        viewer: sub.clone(),
    };
    let one = store.tickets(&sight, &filters().remove(0)).await?;
    let ticket = one.into_iter().next().expect("a ticket").ticket;
    assert!(store.key(&shop_id, NOW).await?.is_some());
    assert!(store.shop(&shop_id).await?.is_some());
    assert!(store.user(&shop_id, &sub).await?.is_some());
    let whose = Identity {
        shop_id: &shop_id,
        sub: &sub,
    };
    let uploads = ["none".to_owned()];
    assert_eq!(store.hashes(whose, &uploads).await?, None);
    let scope = Scope {
        key: "new".to_owned(),
        shop_id: shop_id.clone(),
        sub: sub.clone(),
    };
    for wanted in [false, true] {
        let filed = store
            .file(ticket.clone(), &by, &[], &scope, &[7; 32])
            .await?;
        assert_eq!(matches!(filed, Filed::Bound(_)), wanted, "{filed:?}");
        assert!(store.bound(&scope, &[7; 32]).await?.is_some());
    }
    Ok(())
}

pub(super) async fn filing_asks_indexes_alone_and_so_does_filing_again(store: &Store) {
    let (done, questions) = asked(submit(store)).await;
    done.expect("filed");
    assert!(questions.len() > 15, "{}", questions.len());
    assert_eq!(long_ways(&questions), [""; 0]);
}

pub(super) async fn who_watches_is_told_from_indexes(store: &Store) {
    let work = async {
        for sight in sights() {
            store.last_event(&sight.shop_id).await?;
            store.events_after(&sight, 0).await?;
            store.unread(&sight).await?;
        }
        store.shops_with_news(0).await
    };
    let (done, questions) = asked(work).await;
    done.expect("read");
    assert!(questions.len() >= 8, "{}", questions.len());
    assert_eq!(long_ways(&questions), [""; 0]);
}
