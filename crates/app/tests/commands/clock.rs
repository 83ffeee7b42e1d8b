//! A computer whose clock is set by hand, and that opens nothing.

use jiangsai_app::host::Host;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub(super) struct Clock(AtomicI64);

impl Clock {
    /// It shows this moment, in milliseconds since 1970.
    pub(super) fn at(moment: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(moment)))
    }

    /// So many milliseconds go by.
    pub(super) fn forth(&self, by: i64) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Host for Clock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn today(&self) -> String {
        "2026-11-28".to_owned()
    }

    fn moment(&self, ms: i64) -> String {
        format!("{ms}")
    }

    fn computer(&self) -> String {
        "模拟电脑".to_owned()
    }

    fn can_open_files(&self) -> bool {
        false
    }

    fn open_file(&self, _: &Path) -> Result<(), String> {
        Err("none".to_owned())
    }
}
