//! ARCHITECTURE.md draws arrows between our crates. Here they are checked against what Cargo knows.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Who may depend on whom, among our own packages, outside tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("jiangsai-scoring", &[]),
    ("jiangsai-locales", &[]),
    ("jiangsai-ledger", &[]),
    ("jiangsai-migrations", &[]),
    ("jiangsai-domain", &["jiangsai-scoring", "jiangsai-locales"]),
    ("jiangsai-store", &["jiangsai-ledger", "jiangsai-migrations"]),
    ("jiangsai-keychain", &["jiangsai-store"]),
    ("jiangsai-documents", &["jiangsai-locales", "jiangsai-scoring"]),
    (
        "jiangsai-app",
        &[
            "jiangsai-domain",
            "jiangsai-scoring",
            "jiangsai-ledger",
            "jiangsai-store",
            "jiangsai-documents",
            "jiangsai-locales",
        ],
    ),
    ("jiangsai", &["jiangsai-app", "jiangsai-domain", "jiangsai-hq", "jiangsai-keychain"]),
    ("jiangsai-hq", &["jiangsai-app", "jiangsai-domain", "jiangsai-keychain"]),
    ("jiangsai-cli", &["jiangsai-app", "jiangsai-domain", "jiangsai-keychain", "jiangsai-scoring", "jiangsai-locales"]),
    ("jiangsai-ui", &["jiangsai-scoring", "jiangsai-domain", "jiangsai-locales"]),
    ("jiangsai-tests", &[]),
    ("xtask", &[]),
];

/// Libraries that read a clock, draw randomness, or reach files and networks: never below `store`.
const IMPURE: &[&str] = &[
    "tokio",
    "sea-orm",
    "sqlx",
    "reqwest",
    "hyper",
    "rustls",
    "axum",
    "tauri",
    "getrandom",
    "rand",
    "chrono",
    "typst",
];

/// The crates that must stay functions of their arguments.
const PURE: &[&str] = &["jiangsai-scoring", "jiangsai-domain", "jiangsai-ledger", "jiangsai-locales"];

/// Package → the names it depends on outside tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
    packages
        .iter()
        .map(|package| {
            let used = package["dependencies"].as_array().expect("dependencies");
            (name(package), used.iter().filter(|one| one["kind"] != "dev").map(name).collect())
        })
        .collect()
}

#[test]
fn our_crates_depend_only_along_the_arrows() {
    let actual = dependencies();
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(package, _)| *package).collect();
    let members: BTreeSet<&str> = actual.keys().map(String::as_str).collect();
    assert_eq!(members, ours, "every member of the workspace has a line in ARROWS, and every line a member");
    for (package, allowed) in ARROWS {
        for used in actual[*package].iter().filter(|used| ours.contains(used.as_str())) {
            assert!(
                allowed.contains(&used.as_str()),
                "{package} depends on {used}; ARCHITECTURE.md allows it only {allowed:?}. If the rule moved, move \
                 the code; if the picture changed, change both"
            );
        }
    }
}

#[test]
fn pure_crates_name_no_library_with_a_clock_or_a_file() {
    let actual = dependencies();
    for package in PURE {
        for used in &actual[*package] {
            assert!(
                !IMPURE.iter().any(|impure| used == impure || used.starts_with(&format!("{impure}-"))),
                "{package} depends on {used}: time, random numbers and files are arguments there"
            );
        }
    }
}
