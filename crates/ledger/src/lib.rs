//! Record format, hash chain, signatures
