//! How many clicks and keys a person needs, phase by phase: counted by the steps, held against the most that a phase may take.

use crate::journeys::harness::Screen;
use anyhow::{Result, ensure};
use std::time::Instant;

/// A day of a competition, phase by phase.
#[derive(Debug)]
pub struct Day {
    name: &'static str,
    begun: Instant,
    lines: Vec<String>,
    over: Vec<String>,
}

impl Day {
    /// Nothing was done yet.
    pub fn new(name: &'static str) -> Self {
        Self { name, begun: Instant::now(), lines: Vec::new(), over: Vec::new() }
    }

    /// A phase begins; what was done before it belongs to none.
    pub fn begin(&mut self, screen: &Screen) {
        screen.effort.take();
        self.begun = Instant::now();
    }

    /// A phase ends. More clicks or keys than `most` fail the day at its [end](Self::end); seconds are only told.
    pub fn end_of(&mut self, screen: &Screen, phase: &str, most: (u32, u32)) {
        let (clicks, keys) = screen.effort.take();
        let seconds = self.begun.elapsed().as_secs();
        let line = format!("{phase}: {clicks} clicks, {keys} keys, {seconds} seconds");
        if clicks > most.0 || keys > most.1 {
            self.over.push(format!("{line}; at most {} and {} are allowed", most.0, most.1));
        }
        self.lines.push(line);
    }

    /// The day ends: its table is printed.
    ///
    /// # Errors
    /// Names the phases that took more than they may.
    pub fn end(self) -> Result<()> {
        println!("{}\n  {}", self.name, self.lines.join("\n  "));
        ensure!(self.over.is_empty(), "the way has become longer:\n  {}", self.over.join("\n  "));
        Ok(())
    }
}
