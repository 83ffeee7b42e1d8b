//! The commands from a terminal
