//! The program from outside: what it reads, what it prints, how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::needless_pass_by_value, reason = "tests")]

mod cli {
    pub mod agree;
    pub mod call;
    pub mod faults;
    pub mod isu;
    pub mod marking_scheme;
    pub mod notes;
    pub mod parameters;
    pub mod place;
    pub mod rulebook;
    pub mod sample;
    pub mod verify;

    use std::io::Write as _;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    /// What a run left behind.
    pub struct Run {
        pub code: i32,
        pub out: String,
        pub err: String,
    }

    pub fn run(args: &[&str], input: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jiangsai-cli"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A file of the repository.
    pub fn repository(path: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
    }

    /// A folder with the files of one run.
    pub struct Files {
        folder: tempfile::TempDir,
        rulebook: PathBuf,
        marks: PathBuf,
        entries: Option<PathBuf>,
        parameters: Option<PathBuf>,
    }

    impl Files {
        /// The sample rulebook and the marks of S07.
        pub fn sample() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let rulebook = repository("docs/rulebooks/wastewater-sample-1.json");
            let marks = repository("tests/data/wastewater-s07.marks.csv");
            let entries = Some(repository("tests/data/wastewater-s07.entries.csv"));
            Self { folder, rulebook, marks, entries, parameters: None }
        }

        fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        }

        pub fn rulebook(mut self, json: &str) -> Self {
            self.rulebook = self.put("rules.json", json.as_bytes());
            self
        }

        pub fn marks(mut self, bytes: impl AsRef<[u8]>) -> Self {
            self.marks = self.put("marks.csv", bytes.as_ref());
            self
        }

        pub fn entries(mut self, bytes: impl AsRef<[u8]>) -> Self {
            self.entries = Some(self.put("entries.csv", bytes.as_ref()));
            self
        }

        pub fn parameters(mut self, bytes: impl AsRef<[u8]>) -> Self {
            self.parameters = Some(self.put("parameters.csv", bytes.as_ref()));
            self
        }

        pub fn no_entries(mut self) -> Self {
            self.entries = None;
            self
        }

        pub fn score(&self, more: &[&str]) -> Run {
            let text = |path: &Path| path.to_str().unwrap().to_owned();
            let mut args = vec!["score".to_owned(), "--rulebook".to_owned(), text(&self.rulebook)];
            args.extend(["--marks".to_owned(), text(&self.marks)]);
            args.extend(self.entries.iter().flat_map(|entries| ["--entries".to_owned(), text(entries)]));
            args.extend(self.parameters.iter().flat_map(|values| ["--parameters".to_owned(), text(values)]));
            let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
            run(&args, "")
        }

        /// The lines of a refused run, with the files' names alone.
        pub fn faults(&self) -> Vec<String> {
            let run = self.score(&[]);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
            let folder = format!("{}{}", self.folder.path().display(), std::path::MAIN_SEPARATOR);
            run.err.lines().map(|line| line.replace(&folder, "")).collect()
        }
    }

    /// The rows of a CSV answer by column name.
    pub fn rows(csv: &str) -> Vec<std::collections::HashMap<String, String>> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        reader.deserialize().map(|row| row.unwrap()).collect()
    }
}
