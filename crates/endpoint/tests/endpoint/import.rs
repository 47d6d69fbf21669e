//! Accounts from CSV, all or nothing.

use crate::support::TestApp;
use partner_endpoint::clock::{Clock, Timestamp};
use partner_endpoint::directory::import::{ImportError, import};
use partner_endpoint::store::Store;
use partner_endpoint::store::accounts::{IdentifierKind, View};
use partner_rules::Dc;

const VIEW: View<'_> = View {
    dc: Dc::Eu,
    shop_id: "one",
};

async fn store(app: &TestApp) -> (&Store, Timestamp) {
    (&app.app.store, app.clock.now())
}

#[tokio::test]
async fn a_good_file_is_found_by_address_domain_and_ids() {
    let app = TestApp::real().await;
    let (store, now) = store(&app).await;
    let csv = "superadmin_email,domains,zoid,zgid,zuids,user_emails,service,user_licences,dc,shop\n\
               Boss@Müller.example,müller.example; mueller.example,20000000007,808232144,\"70012345;70012346\",u@x.example,Zoho CRM,120,eu,\n\
               boss@xn--mller-kva.example,,,,,,Zoho Desk,7,eu,\n";
    assert_eq!(
        import(store, csv.as_bytes(), now).await.expect("imported"),
        1
    );
    let account = store
        .account_by_superadmin(VIEW, "boss@xn--mller-kva.example")
        .await
        .expect("read")
        .expect("found");
    for domain in ["xn--mller-kva.example", "mueller.example"] {
        assert_eq!(
            store.account_by_domain(VIEW, domain).await.expect("read"),
            Some(account)
        );
    }
    for (kind, value) in [
        (IdentifierKind::Zoid, "20000000007"),
        (IdentifierKind::Zgid, "808232144"),
        (IdentifierKind::Zuid, "70012346"),
    ] {
        assert_eq!(
            store
                .accounts_by_identifier(VIEW, kind, value)
                .await
                .expect("read"),
            [account]
        );
    }
    let mut subscriptions = store.subscriptions(account).await.expect("read");
    subscriptions.sort_unstable();
    assert_eq!(
        subscriptions,
        [("Zoho CRM".to_owned(), 120), ("Zoho Desk".to_owned(), 7)]
    );
    let elsewhere = View { dc: Dc::Us, ..VIEW };
    assert_eq!(
        store
            .account_by_superadmin(elsewhere, "boss@xn--mller-kva.example")
            .await
            .expect("read"),
        None
    );
}

#[tokio::test]
async fn a_file_with_one_bad_line_changes_nothing() {
    let app = TestApp::real().await;
    let (store, now) = store(&app).await;
    let csv = "superadmin_email,dc,shop\nboss@a.example,eu,one\nboss@b.example,mars,\nboss@c.example,eu,nowhere\n";
    let Err(ImportError::Lines(errors)) = import(store, csv.as_bytes(), now).await else {
        panic!("refused")
    };
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        ["line 3: dc: unknown_value", "line 4: shop: unknown_value"]
    );
    assert_eq!(store.count_accounts().await.expect("count"), 0);
}

#[tokio::test]
async fn importing_again_replaces_by_key_and_leaves_the_rest() {
    let app = TestApp::real().await;
    let (store, now) = store(&app).await;
    let first = "superadmin_email,dc,domains,service,user_licences\n\
                 boss@a.example,eu,a.example,CRM,5\nboss@b.example,eu,b.example,CRM,6\n";
    import(store, first.as_bytes(), now)
        .await
        .expect("imported");
    let second =
        "superadmin_email,dc,domains,service,user_licences\nBOSS@a.example,eu,new.example,Desk,9\n";
    import(store, second.as_bytes(), now)
        .await
        .expect("imported");
    assert_eq!(store.count_accounts().await.expect("count"), 2);
    assert_eq!(
        store
            .account_by_domain(VIEW, "a.example")
            .await
            .expect("read"),
        None
    );
    let account = store
        .account_by_domain(VIEW, "new.example")
        .await
        .expect("read")
        .expect("found");
    assert_eq!(
        store.subscriptions(account).await.expect("read"),
        [("Desk".to_owned(), 9)]
    );
    assert!(
        store
            .account_by_domain(VIEW, "b.example")
            .await
            .expect("read")
            .is_some()
    );
}

#[tokio::test]
async fn a_domain_of_two_accounts_finds_neither() {
    let app = TestApp::real().await;
    let (store, now) = store(&app).await;
    let csv = "superadmin_email,dc,domains,shop\n\
               boss@a.example,eu,shared.example,\nboss@b.example,eu,shared.example,\nboss@c.example,eu,c.example,two\n";
    import(store, csv.as_bytes(), now).await.expect("imported");
    assert_eq!(
        store
            .account_by_domain(VIEW, "shared.example")
            .await
            .expect("read"),
        None
    );
    assert_eq!(
        store
            .account_by_domain(VIEW, "c.example")
            .await
            .expect("read"),
        None,
        "the other shop's"
    );
    let two = View {
        shop_id: "two",
        ..VIEW
    };
    assert!(
        store
            .account_by_domain(two, "c.example")
            .await
            .expect("read")
            .is_some()
    );
}
