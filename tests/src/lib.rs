//! Journeys and tests that cross crates. Everything is in the test binary `all`; nothing here is for other crates.
