//! What agents' pages ask for, and what has to be done now and then.

use super::filled::NOW;
use super::{long_ways, sorted};
use crate::casework::Queue;
use crate::casework::queue::Ask;
use crate::store::sql::plans::asked;
use crate::store::tickets::Position;
use crate::store::{Store, StoreError};

pub(super) async fn a_queue_is_read_in_its_order_and_counted_from_its_index(store: &Store) {
    for queue in Queue::ALL {
        for after in [None, Some(Position { at: 1, id: 1 })] {
            for text in [None, Some("case 4711".to_owned())] {
                let ask = Ask {
                    after,
                    text,
                    ..Ask::first(queue)
                };
                let (found, questions) = asked(store.queue(&ask, NOW)).await;
                found.expect("read");
                assert_eq!(questions.len(), 1);
                assert_eq!(long_ways(&questions), [""; 0], "{ask:?}");
                if super::decides_without_numbers() {
                    assert_eq!(sorted(&questions), [""; 0], "{ask:?}");
                }
            }
        }
    }
    let (counts, questions) = asked(store.queue_counts(NOW, 2)).await;
    assert_eq!(counts.expect("read").len(), questions.len());
    assert_eq!(long_ways(&questions), [""; 0]);
}

pub(super) async fn a_case_is_read_with_all_that_belongs_to_it_from_indexes(store: &Store) {
    let (case, questions) = asked(store.whole_case("PS-EU-000777")).await;
    assert!(case.expect("read").is_some());
    assert!(questions.len() >= 6, "{questions:?}");
    assert_eq!(long_ways(&questions), [""; 0]);
}

/// They hold the write lock, so what they read must not grow with what is kept.
pub(super) async fn what_is_done_every_minute_reads_what_is_due_alone(store: &Store) {
    let work = async {
        store.mark_reminders(NOW).await?;
        store.to_reverify(0, 100).await?;
        store.forget_old_keys(NOW).await?;
        store
            .forget_verifications(NOW.plus_seconds(-400 * 86_400))
            .await?;
        store.forget_unused_uploads(NOW).await?;
        store.forget_mails(NOW.plus_seconds(-30 * 86_400)).await?;
        Ok::<_, StoreError>(())
    };
    let (done, questions) = asked(work).await;
    done.expect("done");
    assert!(questions.len() >= 7, "{}", questions.len());
    assert_eq!(long_ways(&questions), [""; 0]);
}
