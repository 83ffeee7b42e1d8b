//! A data folder with a competition, the bundles that are made of it, and what both verifiers say of them.

use super::{Run, repository, run};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Python, as set-up found it.
pub fn python() -> Command {
    Command::new(std::env::var_os("JIANGSAI_PYTHON").unwrap_or_else(|| "python3".into()))
}

/// The PIN of everybody.
pub const PIN: &str = "314159";

/// Who works for a competition, by name, each with a role.
pub const PEOPLE: [(&str, &str); 3] = [("模拟甲", "organiser"), ("模拟乙", "chief_judge"), ("模拟丙", "supervisor")];

/// Files of one test.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub competition: String,
}

impl Place {
    /// A data folder with the sample, final, and what is published of it.
    pub fn new() -> Self {
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

    /// A data folder with the sample, in which people sign in; and competition and event as fields of a question.
    pub fn signed_in() -> (Self, String) {
        let mut place = Self { folder: tempfile::tempdir().unwrap(), competition: String::new() };
        let create = r#"{"title":"","event":"","from":"sample"}"#;
        place.competition = place.call("competitions.create", create).as_str().unwrap().to_owned();
        let whole = format!(r#""competition":"{}""#, place.competition);
        for (name, role) in PEOPLE {
            let officer = format!(r#"{{"name":"{name}","unit":"","roles":["{role}"]}}"#);
            let id = place.call("people.save", &format!(r#"{{{whole},"id":null,"officer":{officer},"reason":""}}"#));
            place.call("people.set_pin", &format!(r#"{{{whole},"officer":{id},"pin":"{PIN}"}}"#));
        }
        let home = place.call("competition.home", &format!("{{{whole}}}"));
        place.call("people.begin", &format!("{{{whole}}}"));
        let about = format!(r#"{whole},"event":{}"#, home["events"][0][0]);
        (place, about)
    }

    /// Somebody confirms the results as they are.
    pub fn confirm(&self, about: &str, who: &str, duty: &str, name: &str) {
        let seen = self.call_as(who, "results.steps", &format!("{{{about}}}"))["seen"].clone();
        let confirm = format!(r#"{{{about},"duty":"{duty}","name":"{name}","seen":{seen},"reason":"颁奖在即"}}"#);
        self.call_as(who, "results.confirm", &confirm);
    }

    /// A judge with a PIN that the organiser gave signs two sheets, in a program that goes on meanwhile, as a desk does; the judge.
    pub fn signs_two(&self, about: &str) -> Value {
        let about: Value = serde_json::from_str(&format!("{{{about}}}")).unwrap();
        let with = |fields: &[&str], more: Value| {
            let mut payload = json!({});
            fields.iter().for_each(|field| payload[field] = about[field].clone());
            payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            payload
        };
        let (whole, event) = (&["competition"][..], &["competition", "event"][..]);
        let desk = async {
            let app = App::open(&self.path("data"), Arc::new(SystemHost::new(None))).await.unwrap();
            let ask = async |name: &str, payload: Value| app.dispatch(name, payload, None).await.unwrap();
            let people = ask("people.start", with(whole, json!({}))).await["people"].clone();
            let [(organiser, _), ..] = PEOPLE;
            let officer =
                people.as_array().unwrap().iter().find(|own| own["name"] == organiser).unwrap()["officer"].clone();
            let token =
                ask("people.sign_in", with(whole, json!({"officer": officer, "pin": PIN}))).await["token"].clone();
            let list = app.dispatch_as(token.as_str(), "judges.list", with(event, json!({})), None).await.unwrap();
            let judge =
                list["judges"].as_array().unwrap().iter().find(|own| own[1]["code"] == "P01").unwrap()[0].clone();
            let set = with(whole, json!({"judge": judge, "pin": PIN}));
            app.dispatch_as(token.as_str(), "judges.set_pin", set, None).await.unwrap();
            let token = ask("desk.sign_in", with(whole, json!({"judge": judge, "pin": PIN}))).await["token"].clone();
            let show = async |at: &Value| ask("desk.show", with(event, json!({"token": token, "at": at}))).await;
            let sheets = show(&Value::Null).await["sheets"].clone();
            for sheet in &sheets.as_array().unwrap()[..2] {
                let shown = show(&sheet["at"]).await;
                let items = shown["sheet"]["items"].as_array().unwrap();
                let cells = items.iter().flat_map(|item| item["cells"].as_array().unwrap());
                let marks: Vec<Value> = cells.flat_map(|cell| cell["current"].as_array().unwrap().clone()).collect();
                ask("desk.sign", with(event, json!({"token": token, "at": sheet["at"], "marks": marks}))).await;
            }
            judge
        };
        tokio::runtime::Runtime::new().unwrap().block_on(desk)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data(&self) -> String {
        self.path("data").to_str().unwrap().to_owned()
    }

    pub fn call(&self, name: &str, json: &str) -> Value {
        let run = run(&["call", name, json, "--data", &self.data()], "");
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        serde_json::from_str(&run.out).unwrap()
    }

    /// As somebody who works there, with the PIN of everybody.
    pub fn call_as(&self, officer: &str, name: &str, json: &str) -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiangsai-cli"));
        command.args(["call", name, json, "--data", &self.data(), "--as", officer]).env("JIANGSAI_PIN", PIN);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn bundle(&self, task: &[&str], to: &str) -> Vec<u8> {
        let to = self.path(to);
        let data = self.data();
        let more = ["--data", &data, "--competition", &self.competition, "--to", to.to_str().unwrap()];
        let made = run(&[&["bundle"], task, &more].concat(), "");
        assert_eq!(made.code, 0, "{}", made.err);
        std::fs::read(to).unwrap()
    }

    pub fn verify(&self, file: &Path) -> Run {
        run(&["verify", file.to_str().unwrap(), "--scope", &self.competition], "")
    }

    /// The reference verifier: how it ended, and what it said.
    pub fn reference(&self, file: &Path) -> (i32, String) {
        self.reference_with(file, &[])
    }

    /// What the reference verifier says, and that the one on a page says the same of what it looks at.
    pub fn reference_with(&self, file: &Path, more: &[&str]) -> (i32, String) {
        let (code, said) = self.by_python("docs/verify.py", file, more);
        let (page, on_page) = self.by_python("docs/chain.py", file, &[]);
        // What is wrong with records stands at bytes; what is wrong with decisions the page does not see.
        let wanted = i32::from(said.lines().any(|line| line.starts_with("wrong: ") && line.contains("bytes ")));
        assert_eq!(page, wanted, "{}: {on_page}{said}", file.display());
        (code, said)
    }

    /// Exit code and words of a program of the documentation.
    pub fn by_python(&self, program: &str, file: &Path, more: &[&str]) -> (i32, String) {
        let output = python().arg(repository(program)).arg(file).arg(&self.competition).args(more).output();
        let output = output.expect("Python is there: cargo xtask setup --test");
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "it does not break");
        (output.status.code().unwrap(), said)
    }
}
