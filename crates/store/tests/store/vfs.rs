//! SQLite's file system with a notebook: every write, truncation, sync and deletion, in the order they came back.
//!
//! The methods of the system's own file system stay in place; four of them are written down on their way.
#![allow(unsafe_code, reason = "a file system of SQLite is a table of C functions")]

use libsqlite3_sys::{
    SQLITE_OK, SQLITE_OPEN_MAIN_DB, SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_WAL, sqlite3_file, sqlite3_filename,
    sqlite3_initialize, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

/// Something that happened to a file, or was said to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes were handed to the system.
    Write { file: String, offset: usize, bytes: Vec<u8> },
    /// A file was cut.
    Truncate { file: String, size: usize },
    /// A file was deleted.
    Delete { file: String },
    /// What was written to a file is on the disk.
    Sync { file: String },
    /// The hash of an acknowledged record.
    Ack(String),
}

static EVENTS: Mutex<Vec<Event>> = Mutex::new(Vec::new());
/// Open files by the address of their handle: the name, and the system's methods for it.
static FILES: Mutex<BTreeMap<usize, (String, sqlite3_io_methods)>> = Mutex::new(BTreeMap::new());
static SYSTEM: OnceLock<System> = OnceLock::new();

/// The file system of this system.
struct System(*mut sqlite3_vfs);

// SAFETY: it is never changed after SQLite has started.
unsafe impl Send for System {}
// SAFETY: as above.
unsafe impl Sync for System {}

/// Puts the notebook before the file system of this process. Before any database is opened.
pub fn register() {
    // SAFETY: the table is a copy of the system's with two functions replaced, and it is never freed.
    unsafe {
        assert_eq!(sqlite3_initialize(), SQLITE_OK, "SQLite starts");
        let system = sqlite3_vfs_find(std::ptr::null());
        assert!(!system.is_null(), "there is a file system");
        assert!(SYSTEM.set(System(system)).is_ok(), "registered once");
        let own = Box::leak(Box::new(*system));
        own.pNext = std::ptr::null_mut();
        own.zName = c"notebook".as_ptr();
        own.xOpen = Some(open);
        own.xDelete = Some(delete);
        assert_eq!(sqlite3_vfs_register(own, 1), SQLITE_OK, "the notebook is the default");
    }
}

/// Writes something down.
pub fn note(event: Event) {
    EVENTS.lock().unwrap().push(event);
}

/// Everything so far.
pub fn events() -> Vec<Event> {
    std::mem::take(&mut EVENTS.lock().unwrap())
}

fn system() -> *mut sqlite3_vfs {
    SYSTEM.get().unwrap().0
}

fn known(file: *mut sqlite3_file) -> (String, sqlite3_io_methods) {
    FILES.lock().unwrap()[&file.addr()].clone()
}

unsafe fn last_name(path: *const c_char) -> String {
    // SAFETY: SQLite hands over a path that ends with a zero byte.
    let path = unsafe { CStr::from_ptr(path) }.to_str().unwrap();
    Path::new(path).file_name().unwrap().to_str().unwrap().to_owned()
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    path: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: the arguments are passed on as they came; the methods of a file that is open are the system's table.
    unsafe {
        let code = (*system()).xOpen.unwrap()(system(), path, file, flags, out);
        let kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
        if code != SQLITE_OK || flags & kept == 0 || path.is_null() {
            return code;
        }
        let theirs = *(*file).pMethods;
        let own = Box::leak(Box::new(theirs));
        own.xWrite = Some(write);
        own.xTruncate = Some(truncate);
        own.xSync = Some(sync);
        own.xClose = Some(close);
        FILES.lock().unwrap().insert(file.addr(), (last_name(path), theirs));
        (*file).pMethods = own;
        code
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    let (_, theirs) = FILES.lock().unwrap().remove(&file.addr()).unwrap();
    // SAFETY: passed on as it came.
    unsafe { theirs.xClose.unwrap()(file) }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, len: c_int, offset: sqlite3_int64) -> c_int {
    let (name, theirs) = known(file);
    // SAFETY: passed on as it came; `from` has `len` bytes.
    unsafe {
        let code = theirs.xWrite.unwrap()(file, from, len, offset);
        if code == SQLITE_OK {
            let bytes = std::slice::from_raw_parts(from.cast::<u8>(), usize::try_from(len).unwrap()).to_vec();
            note(Event::Write { file: name, offset: usize::try_from(offset).unwrap(), bytes });
        }
        code
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    let (name, theirs) = known(file);
    // SAFETY: passed on as it came.
    let code = unsafe { theirs.xTruncate.unwrap()(file, size) };
    if code == SQLITE_OK {
        note(Event::Truncate { file: name, size: usize::try_from(size).unwrap() });
    }
    code
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    let (name, theirs) = known(file);
    // SAFETY: passed on as it came.
    let code = unsafe { theirs.xSync.unwrap()(file, flags) };
    if code == SQLITE_OK {
        note(Event::Sync { file: name });
    }
    code
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, path: *const c_char, sync_dir: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let code = (*system()).xDelete.unwrap()(system(), path, sync_dir);
        if code == SQLITE_OK {
            note(Event::Delete { file: last_name(path) });
        }
        code
    }
}
