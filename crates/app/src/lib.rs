//! Command bodies over a narrow host
