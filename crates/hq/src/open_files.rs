//! How many files this program may have open at once; each connection is one. Systems give a program few of their own accord (1,024, or 256) and
//! more when it asks.

/// Files that are open besides connections from other nodes: the database and its log, connections to a server, the screen's and the page's, with
/// room for a backup.
const BESIDES: u64 = 256;

/// Raises the limit as far as the system lets this program, and says in the log what it is now, with a warning where so many connections do not
/// fit. What fails is no reason not to serve.
pub fn make_room(connections: usize) {
    match raise_open_files() {
        Ok(limit) => match lacking(limit, connections) {
            None => tracing::info!(limit, connections, "files that may be open"),
            Some(wanted) => tracing::warn!(
                limit,
                wanted,
                connections,
                "too few files may be open for so many connections: some will be refused. Raise the limit of the system (ulimit -Hn, LimitNOFILE=) or allow fewer connections"
            ),
        },
        Err(error) => tracing::warn!(%error, "how many files may be open could not be found out or raised"),
    }
}

/// Raises how many files this program may have open as far as the system lets it; how many that is now. Where a system has no such limit, the
/// largest number.
///
/// # Errors
/// What the system says; the limit is what it was.
pub fn raise_open_files() -> std::io::Result<u64> {
    rlimit::increase_nofile_limit(u64::MAX)
}

/// How many files would have to be allowed for so many connections, where it is more than are.
fn lacking(limit: u64, connections: usize) -> Option<u64> {
    let wanted = BESIDES.saturating_add(connections as u64);
    (limit < wanted).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_said_with_the_number_that_would_do() {
        assert_eq!(lacking(1_024, 640), None, "a hall fits into what systems give at least");
        assert_eq!(lacking(4_096, 4_096), Some(4_352));
        assert_eq!(lacking(4_352, 4_096), None);
        assert_eq!(lacking(u64::MAX, usize::MAX), None, "no limit");
    }
}
