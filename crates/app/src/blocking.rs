//! Work that takes the disk's or the processor's time, off the threads that answer.

use crate::failure::Failure;

/// Does it; what it panics with is ours.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Internal(error.to_string()))
}
