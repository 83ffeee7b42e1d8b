//! `verify` and the reference verifier: both on the same bundles, which they accept together and refuse together, at the same place.

use super::{Run, repository, run};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Python, as set-up found it.
fn python() -> Command {
    Command::new(std::env::var_os("JIANGSAI_PYTHON").unwrap_or_else(|| "python3".into()))
}

/// Files of one test.
struct Place {
    folder: tempfile::TempDir,
    competition: String,
}

impl Place {
    /// A data folder with the sample, final, and what is published of it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Self { folder, competition: String::new() };
        let create = r#"{"title":"","event":"","from":"sample"}"#;
        place.competition = place.call("competitions.create", create).as_str().unwrap().to_owned();
        let competition = place.competition.clone();
        let home = place.call("competition.home", &format!(r#"{{"competition":"{competition}"}}"#));
        let about = format!(r#""competition":"{competition}","event":{}"#, home["events"][0][0]);
        for (duty, name) in [("chief_judge", "模拟裁判长"), ("supervisor", "模拟总监督")] {
            let seen = place.call("results.steps", &format!("{{{about}}}"))["seen"].clone();
            place.call(
                "results.confirm",
                &format!(r#"{{{about},"duty":"{duty}","name":"{name}","seen":{seen},"reason":"颁奖在即"}}"#),
            );
        }
        place.call("results.finalise", &format!(r#"{{{about},"reason":""}}"#));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> String {
        self.path("data").to_str().unwrap().to_owned()
    }

    fn call(&self, name: &str, json: &str) -> Value {
        let run = run(&["call", name, json, "--data", &self.data()], "");
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        serde_json::from_str(&run.out).unwrap()
    }

    fn bundle(&self, task: &[&str], to: &str) -> Vec<u8> {
        let to = self.path(to);
        let data = self.data();
        let more = ["--data", &data, "--competition", &self.competition, "--to", to.to_str().unwrap()];
        let made = run(&[&["bundle"], task, &more].concat(), "");
        assert_eq!(made.code, 0, "{}", made.err);
        std::fs::read(to).unwrap()
    }

    fn verify(&self, file: &Path) -> Run {
        run(&["verify", file.to_str().unwrap(), "--scope", &self.competition], "")
    }

    /// The reference verifier: how it ended, and what it said.
    fn reference(&self, file: &Path) -> (i32, String) {
        let output = python().arg(repository("docs/verify.py")).arg(file).arg(&self.competition).output();
        let output = output.expect("Python is there: cargo xtask setup --test");
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "it does not break");
        (output.status.code().unwrap(), said)
    }
}

/// Does a line name bytes of which this is one?
fn names(said: &str, byte: usize) -> bool {
    said.lines().filter(|line| line.starts_with("wrong: ")).any(|line| {
        let Some((_, behind)) = line.split_once("bytes ") else { return false };
        let range = behind.split(':').next().unwrap_or_default();
        let Some((from, to)) = range.split_once('-') else { return false };
        from.parse::<usize>().is_ok_and(|from| from <= byte) && to.parse::<usize>().is_ok_and(|to| byte < to)
    })
}

#[test]
fn both_verifiers_accept_what_is_whole_and_standings_are_as_confirmed() {
    let place = Place::new();
    for (task, name, kind) in [
        (["export", "--what=published"].as_slice(), "published", "published"),
        (["receipts"].as_slice(), "receipts", "receipts"),
    ] {
        place.bundle(task, name);
        let own = place.verify(&place.path(name));
        assert_eq!((own.code, own.err.as_str()), (0, ""), "{}", own.out);
        assert!(own.out.starts_with(&format!("{kind} sealed by ")), "{}", own.out);
        assert_eq!(own.out.contains("as confirmed"), kind == "published", "{}", own.out);
        let (code, said) = place.reference(&place.path(name));
        assert_eq!(code, 0, "{said}");
        assert!(said.starts_with(&format!("{kind} sealed by ")), "{said}");
    }
    let again = run(
        &[
            "bundle",
            "receipts",
            "--data",
            &place.data(),
            "--competition",
            &place.competition,
            "--to",
            place.path("receipts").to_str().unwrap(),
        ],
        "",
    );
    assert_eq!(again.code, 1, "it writes over nothing");
    assert!(again.err.contains("file-exists"), "{}", again.err);
}

#[test]
fn both_verifiers_find_any_changed_bit_where_it_is() {
    let place = Place::new();
    for (task, name, flips) in
        [(["export", "--what=published"].as_slice(), "published", 24), (["receipts"].as_slice(), "receipts", 24)]
    {
        let whole = place.bundle(task, name);
        let changed = place.path("changed");
        // Spread over the file, and through every bit of a byte; the first and last lines besides.
        let mut bytes: Vec<usize> = (0..flips).map(|at| at * whole.len() / flips + at * 7 % 31).collect();
        bytes.extend([3, 20, 30, 110, whole.len() - 1, whole.len() - 100, whole.len() - 200, whole.len() - 262]);
        for (at, byte) in bytes.into_iter().filter(|byte| *byte < whole.len()).enumerate() {
            let mut bytes = whole.clone();
            bytes[byte] ^= 1 << (at % 8);
            std::fs::write(&changed, &bytes).unwrap();
            let own = place.verify(&changed);
            assert_eq!((own.code, own.out.as_str()), (1, ""), "bit {} of byte {byte} of {name}", at % 8);
            assert!(names(&own.err, byte), "byte {byte} of {name}: {}", own.err);
            let (code, said) = place.reference(&changed);
            assert_eq!(code, 1, "bit {} of byte {byte} of {name}", at % 8);
            assert!(names(&said, byte), "byte {byte} of {name}: {said}");
        }
    }
}

#[test]
fn both_verifiers_say_that_a_bundle_is_of_another_competition_or_none() {
    let place = Place::new();
    place.bundle(&["export", "--what=published"], "published");
    let file = place.path("published");
    let other = Place { competition: "ab".repeat(32), ..place };
    assert_eq!(other.verify(&file).code, 1);
    assert_eq!(other.reference(&file).0, 1);
    let none = other.path("none");
    std::fs::write(&none, b"something else\n").unwrap();
    assert_eq!(other.verify(&none).code, 1);
    assert_eq!(other.reference(&none).0, 1);
    let missing = other.verify(&other.path("missing"));
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let unnamed = run(&["verify", file.to_str().unwrap(), "--scope", "x"], "");
    assert_eq!(unnamed.code, 2);
}

/// Bundles whose hashes and signatures are right, made by `forge.py`: what is of another form than the protocol says is refused by both.
#[test]
fn both_verifiers_agree_on_what_has_the_form_of_a_record() {
    let place = Place { folder: tempfile::tempdir().unwrap(), competition: String::new() };
    let forged = python()
        .arg(repository("crates/cli/tests/cli/forge.py"))
        .arg(repository("docs"))
        .arg(place.folder.path())
        .output()
        .unwrap();
    assert!(forged.status.success(), "{}", String::from_utf8_lossy(&forged.stderr));
    let said = String::from_utf8(forged.stdout).unwrap();
    let mut tried = 0;
    for line in said.lines() {
        let [name, scope, expected] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let one = Place { folder: tempfile::tempdir().unwrap(), competition: scope.to_owned() };
        let file = place.path(name);
        let wanted = i32::from(expected == "refused");
        let own = one.verify(&file);
        assert_eq!(own.code, wanted, "{name}: {}{}", own.out, own.err);
        let (code, said) = one.reference(&file);
        assert_eq!(code, wanted, "{name}, the reference: {said}");
        tried += 1;
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn both_verifiers_name_an_envelope_and_refuse_what_is_longer_than_any_bundle() {
    let place = Place { folder: tempfile::tempdir().unwrap(), competition: "ab".repeat(32) };
    let to = "cd".repeat(32);
    let file = place.path("envelope");
    std::fs::write(&file, format!("jiangsai.envelope.v0\nto {to}\nxyz")).unwrap();
    let own = place.verify(&file);
    assert!(own.code == 1 && own.err.contains("envelope") && own.err.contains(&to), "{}", own.err);
    let (code, said) = place.reference(&file);
    assert!(code == 1 && said.contains("envelope") && said.contains(&to), "{said}");
    let long = std::fs::File::create(place.path("long")).unwrap();
    long.set_len((1 << 30) + 1).unwrap();
    let own = place.verify(&place.path("long"));
    assert!(own.code == 2 && own.err.contains("longer"), "{}", own.err);
}

#[test]
fn results_that_nobody_confirmed_are_told_apart() {
    let mut place = Place { folder: tempfile::tempdir().unwrap(), competition: String::new() };
    let create = r#"{"title":"","event":"","from":"sample"}"#;
    place.competition = place.call("competitions.create", create).as_str().unwrap().to_owned();
    place.bundle(&["export", "--what=published"], "published");
    let own = place.verify(&place.path("published"));
    assert_eq!(own.code, 3, "{}", own.err);
    assert!(own.out.contains("nobody confirmed them") && own.out.contains("without bodies: "), "{}", own.out);
    assert_eq!(place.reference(&place.path("published")).0, 0, "its records are as they should be");
}
