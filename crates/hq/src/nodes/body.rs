//! Reading the body of a request: so long and no longer, and not slower than a slow line.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use jiangsai_app::sync::NodeRefusal;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How slow a body may come.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// Time that is given however little comes.
    grace: Duration,
    /// Bytes a second from then on.
    slowest: u64,
}

impl Default for Pace {
    /// Half of the slowest line that nodes send records on, so that a node gives up before its upstream does.
    fn default() -> Self {
        Self { grace: Duration::from_secs(30), slowest: 8 * 1024 }
    }
}

impl Pace {
    /// When the next piece must be there, from the beginning, after so many bytes.
    fn patience(self, taken: usize) -> Duration {
        self.grace + Duration::from_millis(taken as u64 * 1_000 / self.slowest)
    }
}

/// The body.
///
/// # Errors
/// `too-long` (413), `too-slow` (408), `cut-off` (400).
pub(super) async fn read(mut body: Body, longest: usize, pace: Pace) -> Result<Bytes, NodeRefusal> {
    use axum::body::HttpBody;
    let too_long = || NodeRefusal::new(413, "too-long", String::new());
    // What says that it is too long is not even begun with.
    if body.size_hint().lower() > longest as u64 {
        return Err(too_long());
    }
    let (begun, mut taken) = (Instant::now(), Vec::new());
    loop {
        let frame = timeout_at(begun + pace.patience(taken.len()), body.frame()).await;
        let Some(frame) = frame.map_err(|_| NodeRefusal::new(408, "too-slow", String::new()))? else { break };
        let frame = frame.map_err(|_| NodeRefusal::new(400, "cut-off", String::new()))?;
        if let Some(piece) = frame.data_ref() {
            if taken.len() + piece.len() > longest {
                return Err(too_long());
            }
            taken.extend_from_slice(piece);
        }
    }
    Ok(taken.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use tokio_stream::StreamExt;

    fn pieces(count: usize) -> Body {
        Body::from_stream(tokio_stream::iter((0..count).map(|_| Ok::<_, std::io::Error>(vec![b' '; 4]))))
    }

    #[test]
    fn a_slow_line_is_waited_for_and_a_dripping_one_is_not() {
        let pace = Pace { grace: Duration::from_secs(30), slowest: 1_000 };
        assert_eq!(pace.patience(20), Duration::from_millis(30_020), "twenty bytes give next to nothing");
        assert_eq!(pace.patience(1_500_000), Duration::from_secs(1_530), "however long it takes");
    }

    #[tokio::test]
    async fn a_body_that_does_not_go_on_is_cut() {
        let begun = tokio_stream::iter([Ok::<_, std::io::Error>(vec![b'{'])]).chain(tokio_stream::pending());
        let pace = Pace { grace: Duration::ZERO, slowest: 1 << 30 };
        let refusal = read(Body::from_stream(begun), 10, pace).await.unwrap_err();
        assert_eq!((refusal.status, refusal.code), (408, "too-slow"));
    }

    #[tokio::test]
    async fn a_body_that_is_too_long_is_refused_whether_it_says_so_or_not() {
        let said = read(Body::from(vec![0; 11]), 10, Pace::default()).await.unwrap_err();
        let unsaid = read(pieces(3), 10, Pace::default()).await.unwrap_err();
        assert_eq!((said.status, unsaid.status), (413, 413));
        assert_eq!(read(Body::from(vec![0; 10]), 10, Pace::default()).await.unwrap().len(), 10);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_none() {
        let broken = tokio_stream::iter([Ok(vec![b'{']), Err(std::io::Error::other("cut"))]);
        assert_eq!(read(Body::from_stream(broken), 10, Pace::default()).await.unwrap_err().code, "cut-off");
    }
}
