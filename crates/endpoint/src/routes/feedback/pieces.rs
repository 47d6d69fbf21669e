//! The body on its way to the parser of parts, which would read as fast as the network gives and hold all of
//! that: here it gets one piece at a time, and none once it has taken too many without making anything of them.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use tokio::sync::OwnedMutexGuard;

/// What the parser may hold, in bytes: a piece from the network (32 KiB) and the head of a part.
const HELD_MAX: u64 = 64 * 1024;

/// Why there are no more pieces.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Ended {
    #[error("more than is taken")]
    TooLarge,
    #[error("a part has no end to its head")]
    Headless,
    #[error("the sender went away")]
    Broken,
}

/// How it goes, seen from outside of the parser.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Bytes that the parser got since it gave something.
    held: AtomicU64,
    too_large: AtomicBool,
}

impl Meter {
    /// The parser gave something.
    pub(crate) fn went_on(&self) {
        self.held.store(0, Ordering::Relaxed);
    }

    /// Whether the body ended for being too large.
    pub(crate) fn was_too_large(&self) -> bool {
        self.too_large.load(Ordering::Relaxed)
    }
}

pub(crate) struct Pieces {
    body: OwnedMutexGuard<Body>,
    meter: Arc<Meter>,
    /// Bytes that may still come.
    left: u64,
    gave: bool,
}

impl Pieces {
    /// `max`: of the whole body, in bytes.
    pub(crate) fn new(body: OwnedMutexGuard<Body>, meter: Arc<Meter>, max: u64) -> Self {
        Self {
            body,
            meter,
            left: max,
            gave: false,
        }
    }

    /// Counts a piece, unless it is one too many.
    fn take(&mut self, piece: &Bytes) -> Result<(), Ended> {
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let Some(left) = self.left.checked_sub(length) else {
            self.meter.too_large.store(true, Ordering::Relaxed);
            return Err(Ended::TooLarge);
        };
        self.left = left;
        let before = self.meter.held.fetch_add(length, Ordering::Relaxed);
        if before > HELD_MAX {
            return Err(Ended::Headless);
        }
        Ok(())
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Ended;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Ended>>> {
        let this = self.get_mut();
        if std::mem::take(&mut this.gave) {
            // The parser asks until there is nothing; so there is nothing, for a moment.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = match ready!(Pin::new(&mut *this.body).poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Err(_)) => return Poll::Ready(Some(Err(Ended::Broken))),
            Some(Ok(frame)) => frame,
        };
        if let Some(piece) = frame.data_ref()
            && let Err(ended) = this.take(piece)
        {
            return Poll::Ready(Some(Err(ended)));
        }
        this.gave = true;
        Poll::Ready(Some(Ok(frame)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::{FromRequest, Multipart, Request};
    use std::collections::VecDeque;
    use tokio::sync::Mutex;

    const PIECE: usize = 10_000;

    /// Everything is there already.
    struct Ready(VecDeque<Bytes>);

    impl HttpBody for Ready {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
        }
    }

    async fn parser(head: &'static str, meter: &Arc<Meter>, max: u64) -> Multipart {
        let text = std::iter::repeat_n(Bytes::from(vec![b'x'; PIECE]), 100);
        let end = Bytes::from("\r\n--b--");
        let all = std::iter::once(Bytes::from(head)).chain(text).chain([end]);
        let body = Arc::new(Mutex::new(Body::new(Ready(all.collect()))));
        let pieces = Pieces::new(body.lock_owned().await, Arc::clone(meter), max);
        let request = Request::post("/")
            .header("content-type", "multipart/form-data; boundary=b")
            .body(Body::new(pieces))
            .expect("request");
        let parser = Multipart::from_request(request, &()).await;
        parser.expect("a form")
    }

    #[tokio::test]
    async fn the_parser_gets_a_piece_at_a_time_whatever_there_is() {
        let meter = Arc::new(Meter::default());
        let head = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n";
        let mut parser = parser(head, &meter, u64::MAX).await;
        let mut field = parser.next_field().await.expect("sound").expect("one");
        let (mut size, mut largest) = (0, 0);
        while let Some(chunk) = field.chunk().await.expect("sound") {
            meter.went_on();
            size += chunk.len();
            largest = largest.max(chunk.len());
        }
        assert_eq!(size, 100 * PIECE);
        assert!(largest <= 2 * PIECE, "{largest}");
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_not_waited_for() {
        let meter = Arc::new(Meter::default());
        let mut parser = parser("--b\r\nX: ", &meter, u64::MAX).await;
        assert!(parser.next_field().await.is_err());
        assert!(!meter.was_too_large());
        let held = meter.held.load(Ordering::Relaxed);
        assert!(held <= HELD_MAX + 2 * PIECE as u64, "{held}");
    }

    #[tokio::test]
    async fn what_is_too_large_ends_at_the_bound() {
        let meter = Arc::new(Meter::default());
        let mut parser = parser("preamble", &meter, 15_000).await;
        assert!(parser.next_field().await.is_err());
        assert!(meter.was_too_large());
    }
}
