//! At the desks, from the numeric keypad alone; and the desks that are only more of the same.

use super::Hall;
use super::marks::{ENTRIES, group, mark, number, station};
use crate::journeys::people::roster;
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The PIN of a judge.
pub fn pin(code: &str) -> String {
    let letter = code.bytes().next().unwrap_or_default();
    format!("{letter}{}7", code.get(1..).unwrap_or_default())
}

impl Hall {
    /// Thirty-six people with numbers and stations.
    pub async fn people(&self) -> Result<()> {
        let mut text = String::from("参赛号,姓名,证件类型,证件号码,手机号码,单位,场次,赛位号\n");
        for (place, person) in roster(ENTRIES as u32).into_iter().enumerate() {
            let (own, at) = (number(place), station(place));
            let cells =
                [&own, &person.name, "居民身份证", &person.document, &person.phone, &person.unit, group(place), &at];
            text += &format!("{}\n", cells.join(","));
        }
        let file = json!({"name": "roster.csv", "base64": STANDARD.encode(text)});
        let preview = self.screen.call("entries.preview", self.here.with(json!({"file": file}))).await?;
        ensure!(preview["faults"] == json!([]), "the roster: {}", preview["faults"]);
        let import = json!({"file": file, "token": preview["token"]});
        self.screen.call("entries.import", self.here.with(import)).await?;
        Ok(())
    }

    /// A window for each desk, with its judge signed in.
    pub async fn set_up_desks(&mut self, codes: &[&str]) -> Result<()> {
        let id = self.here.competition.as_str().context("an id")?.to_owned();
        let address = self.screen.driver.current_url().await?;
        for code in codes {
            let window = self.screen.driver.new_window().await?;
            self.screen.driver.switch_to_window(window.clone()).await?;
            self.screen.driver.goto(format!("{}#/c/{id}/desk", address.origin().ascii_serialization() + "/")).await?;
            self.screen.see("desk-pin").await?;
            self.desks.insert((*code).to_owned(), window);
        }
        self.begin();
        // P03 is late.
        for code in ["P01", "L01"] {
            self.signs_in(code).await?;
        }
        self.end("two judges sign in", 0, 13);
        Ok(())
    }

    /// + goes to the next judge of the list.
    pub async fn signs_in(&self, code: &str) -> Result<()> {
        self.at_desk(code).await?;
        let seats = self.screen.call("desk.seats", self.here.within(json!({}))).await?;
        let all = seats["judges"].as_array().context("judges")?;
        let at = all.iter().position(|own| own[1] == code).with_context(|| format!("{code} in the list"))?;
        self.screen.focus_in("desk-pin").await?;
        self.screen.pad(&format!("{}{}E", "+".repeat(at), pin(code))).await?;
        self.screen.reads("desk-judge", code).await?;
        Ok(())
    }

    /// One sheet: its marks with their keys, the signature, the way to the next.
    pub async fn marks_sheet(&self, station: &str, keys: &str) -> Result<()> {
        let screen = &self.screen;
        screen.reads("desk-station", station).await?;
        screen
            .until("the first field", async |driver| {
                let id = driver.execute("return document.activeElement.id", Vec::new()).await.ok()?;
                id.json().as_str().is_some_and(|id| id.starts_with("desk-") && id.ends_with("-1")).then_some(())
            })
            .await?;
        screen.pad(keys).await?;
        screen.focus_in("desk-sign").await?;
        screen.pad("E").await?;
        screen.focus_in("desk-act-yes").await?;
        screen.pad("E").await?;
        screen.see("desk-signed").await?;
        screen.focus_in("desk-sign").await
    }

    /// P01 marks the first three of the wrapping: the second far below what the others will give.
    pub async fn judge_marks(&mut self) -> Result<()> {
        self.at_desk("P01").await?;
        self.begin();
        self.marks_sheet("A01", "10E").await?;
        self.screen.pad("E").await?;
        self.marks_sheet("A02", "4E").await?;
        self.screen.pad("E").await?;
        self.marks_sheet("A03", "10E").await?;
        self.screen.picture("desks-signed").await?;
        self.end("a judge marks and signs three sheets", 0, 16);
        Ok(())
    }

    /// The group leader signs that nothing is deducted from the tasting of A01.
    pub async fn leader_signs(&mut self) -> Result<()> {
        self.at_desk("L01").await?;
        self.begin();
        self.marks_sheet("A01", "EEE").await?;
        self.end("the group leader signs a sheet", 0, 5);
        Ok(())
    }

    /// Everybody but the late judge marks and signs the rest.
    pub async fn others_mark(&self) -> Result<()> {
        self.at_office().await?;
        self.screen.driver.execute("location.hash = '#/'", Vec::new()).await?;
        self.screen.see("start-sample").await?;
        for code in ["P01", "P02", "P04", "P05", "T01", "T02", "L01"] {
            self.mark_and_sign(code).await?;
        }
        self.screen.press("competition-0").await?;
        self.screen.see("phases").await?;
        Ok(())
    }

    /// What a judge has not signed yet, marked by commands and signed.
    pub async fn mark_and_sign(&self, code: &str) -> Result<()> {
        let screen = &self.screen;
        let own = json!({"judge": self.judges[code], "pin": pin(code)});
        let token = screen.call("desk.sign_in", self.here.within(own)).await?["token"].clone();
        let about = |more: Value| {
            let mut payload = self.here.with(more);
            payload["token"] = token.clone();
            payload
        };
        let desk = screen.call("desk.show", about(json!({"at": null}))).await?;
        let lines = desk["sheets"].as_array().into_iter().flatten();
        let places: Vec<Value> =
            lines.filter(|line| line["state"] != "signed").map(|line| line["at"].clone()).collect();
        let shows = |places: &[Value]| {
            places.iter().map(|at| ("desk.show".to_owned(), about(json!({"at": at})))).collect::<Vec<_>>()
        };
        let mut marks = Vec::new();
        for (at, view) in places.iter().zip(screen.calls(shows(&places)).await?) {
            let station = view["sheet"]["station"].as_str().unwrap_or_default();
            let place = (0..ENTRIES).find(|place| super::marks::station(*place) == station);
            for item in view["sheet"]["items"].as_array().into_iter().flatten() {
                let name = item["rule"]["id"].as_str().unwrap_or_default();
                let Some(text) = place.and_then(|place| mark(code, name, place)) else { continue };
                let own = json!({"at": at, "item": name, "attempt": 1, "text": text, "replaces": item["cells"][0]["current"], "reason": ""});
                marks.push(("desk.mark".to_owned(), about(own)));
            }
        }
        screen.calls(marks).await?;
        let shown = screen.calls(shows(&places)).await?;
        let signs = places.iter().zip(&shown).map(|(at, view)| {
            let items = view["sheet"]["items"].as_array().into_iter().flatten();
            let cells = items.flat_map(|item| item["cells"].as_array().into_iter().flatten());
            let marks: Vec<&Value> = cells.flat_map(|cell| cell["current"].as_array().into_iter().flatten()).collect();
            ("desk.sign".to_owned(), about(json!({"at": at, "marks": marks})))
        });
        screen.calls(signs.collect()).await?;
        Ok(())
    }
}
