//! Writes `docs/rulebook.schema.json` from the types: `cargo run -p jiangsai-scoring --example schema`.

#![allow(clippy::disallowed_methods, reason = "the crate is pure; this program is the caller that writes the file")]

use jiangsai_scoring::rulebook::schema_json;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.schema.json");
    std::fs::write(path, schema_json())
}
