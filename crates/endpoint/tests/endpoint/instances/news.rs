//! How soon an instance tells what another one has written. Without a server there is nobody to say so, and they look
//! every two seconds.

use super::Installation;
use super::follow::{Follower, token};
use crate::support::{Raw, Request, behind_folder, is_chosen, ticket};
use std::time::{Duration, Instant};

const TIMES: usize = 8;
/// Looking takes seconds.
const FEW: usize = 3;
/// The median of so many is far below this when instances are told, and around a second when they look.
const SOON: Duration = Duration::from_millis(300);

/// Files at the first, and says how long it took until the other's reader knew: the median.
async fn delay(
    two: &Installation,
    reader: &mut Follower,
    (name, times): (&str, usize),
) -> Duration {
    let mut delays = Vec::new();
    for index in 0..times {
        let filing = Request::post("/v1/tickets", &ticket()).key(&format!("{name}{index}"));
        let filing = filing.token(&two.superadmin());
        let receipt = filing.send(two.programs[0].address).await.ok(201);
        let start = Instant::now();
        reader
            .hears_of(receipt["reference"].as_str().expect("text"))
            .await;
        delays.push(start.elapsed());
    }
    delays.sort_unstable();
    println!("{name}: {delays:?}");
    delays[times / 2]
}

/// How many listen on behalf of this folder's programs.
async fn listeners(raw: &mut Raw) -> i64 {
    raw.number(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'partner-endpoint'
         AND query LIKE 'LISTEN \"' || event_channel() || '\"%'",
    )
    .await
}

async fn wait_for_listeners(raw: &mut Raw, wanted: i64) {
    let start = Instant::now();
    while listeners(raw).await != wanted {
        assert!(start.elapsed() < super::PATIENCE, "{wanted} listen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_writes_another_tells_at_once_and_again_after_its_ears_were_cut_off() {
    if !is_chosen() {
        return;
    }
    let two = Installation::of(2).await;
    let mut raw = behind_folder(two.folder.path()).await;
    let mut reader = Follower::start(two.programs[1].address, token(&two.tokens, 0)).await;
    wait_for_listeners(&mut raw, 2).await;
    let told = delay(&two, &mut reader, ("told", TIMES)).await;
    assert!(told < SOON, "{told:?}");

    // Nobody is told any more: they find out all the same.
    raw.run("ALTER TABLE events DISABLE TRIGGER events_are_told")
        .await
        .expect("silenced");
    let looked = delay(&two, &mut reader, ("looked", FEW)).await;
    assert!(looked > SOON, "{looked:?}: by looking");
    raw.run("ALTER TABLE events ENABLE TRIGGER events_are_told")
        .await
        .expect("told again");

    raw.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'partner-endpoint'
         AND query LIKE 'LISTEN \"' || event_channel() || '\"%'",
    )
    .await
    .expect("cut off");
    let filing = Request::post("/v1/tickets", &ticket()).key("meanwhile");
    let filing = filing.token(&two.superadmin());
    let receipt = filing.send(two.programs[0].address).await.ok(201);
    reader
        .hears_of(receipt["reference"].as_str().expect("text"))
        .await;
    wait_for_listeners(&mut raw, 2).await;
    let again = delay(&two, &mut reader, ("again", TIMES)).await;
    assert!(again < SOON, "{again:?}");
}
