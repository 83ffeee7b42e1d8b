//! Set-up: looks for each thing the task needs, installs what is missing, and remembers nothing that could be out of
//! date the next time.

pub mod components;
pub mod system;
pub mod tools;
pub mod wasm;

use anyhow::Result;
use std::ffi::OsString;

/// What the things are needed for; each purpose needs what stands before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build and open the application.
    Run,
    /// Run every test.
    Test,
    /// Run every check of a change.
    Checks,
}

/// What to do about a thing that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Install it.
    Install,
    /// Only say so.
    Report,
}

/// What set-up found out and later steps use.
pub struct Ready {
    /// The compiler that makes the interface.
    pub wasm: wasm::Compiler,
    /// `PATH` with our helper programs first.
    pub path: OsString,
}

/// Makes this computer ready for `purpose`.
pub fn prepare(purpose: Purpose, missing: Missing) -> Result<Ready> {
    system::prepare(purpose, missing)?;
    components::prepare(purpose, missing)?;
    let wasm = wasm::prepare(missing)?;
    tools::prepare(purpose, missing)?;
    Ok(Ready { wasm, path: crate::place::path_with_tools()? })
}
