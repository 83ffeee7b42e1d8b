//! The HTTP host of the commands
