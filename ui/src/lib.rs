//! The interface
