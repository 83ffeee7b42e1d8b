//! Competitions under other rulebooks, filled through the commands: synthetic people, judges, and a mark in nearly every cell.

use crate::journeys::harness::root;
use crate::journeys::people::roster;
use crate::walker::Walker;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Creates a competition under `docs/rulebooks/<rulebook>.json` with so many entries; answers its id. With `marks` they are entered, all but
/// the last of each sheet.
pub async fn competition(walker: &Walker, rulebook: &str, title: &str, entries: u32, marks: bool) -> Result<String> {
    let document = std::fs::read_to_string(root().join("docs/rulebooks").join(format!("{rulebook}.json")))?;
    let create = json!({"title": title, "event": "", "from": {"rulebook": document}});
    let id = walker.call("competitions.create", &create).await?;
    let home = walker.call("competition.home", &json!({"competition": id})).await?;
    let here = json!({"competition": id, "event": home["events"][0][0]});
    people(walker, &here, entries).await?;
    judges(walker, &here).await?;
    if marks {
        sheets(walker, &here).await?;
    }
    Ok(id.as_str().context("an id")?.to_owned())
}

fn with(here: &Value, more: Value) -> Value {
    let mut payload = here.clone();
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    payload
}

async fn people(walker: &Walker, here: &Value, entries: u32) -> Result<()> {
    let mut text = String::from("姓名,证件类型,证件号码,手机号码,单位\n");
    for person in roster(entries) {
        text += &format!("{},居民身份证,{},{},{}\n", person.name, person.document, person.phone, person.unit);
    }
    let file = json!({"name": "roster.csv", "base64": STANDARD.encode(text)});
    let preview = walker.call("entries.preview", &with(here, json!({"file": file}))).await?;
    let import = with(here, json!({"file": file, "token": preview["token"]}));
    walker.call("entries.import", &import).await?;
    walker.call("entries.number", &with(here, json!({"prefix": "", "stations": 8}))).await?;
    Ok(())
}

async fn judges(walker: &Walker, here: &Value) -> Result<()> {
    let list = walker.call("judges.list", here).await?;
    let panels = list["panels"].as_array().cloned().unwrap_or_default();
    for (number, panel) in panels.iter().enumerate() {
        let mut members = Vec::new();
        for seat in 1..=panel["seats"].as_u64().unwrap_or(0) {
            let code = format!("{}{seat:02}", char::from(b'P' + (number % 10) as u8));
            let judge = json!({"code": code, "name": format!("模拟裁判{code}"), "kind": "scoring", "unit": "模拟协会", "retired": false});
            let save = json!({"competition": here["competition"], "id": null, "judge": judge});
            members.push(walker.call("judges.save", &save).await?);
        }
        let set = with(here, json!({"panel": panel["id"], "members": members, "reason": ""}));
        walker.call("panels.set", &set).await?;
    }
    Ok(())
}

async fn sheets(walker: &Walker, here: &Value) -> Result<()> {
    let first = walker.call("marks.sheet", &with(here, json!({"of": null}))).await?;
    for choice in first["choices"].as_array().into_iter().flatten() {
        let sheet = walker.call("marks.sheet", &with(here, json!({"of": choice["of"]}))).await?;
        let columns = sheet["columns"].as_array().cloned().unwrap_or_default();
        let rows = sheet["rows"].as_array().cloned().unwrap_or_default();
        for (row, line) in rows.iter().enumerate().take(rows.len().saturating_sub(1)) {
            for (column, head) in columns.iter().enumerate() {
                let text = mark(&head["rule"], row * 3 + column);
                let enter = json!({"entry": line["entry"], "item": head["item"], "judge": head["judge"], "attempt": head["attempt"],
                    "text": text, "replaces": [], "reason": ""});
                walker.call("marks.enter", &with(here, enter)).await?;
            }
        }
    }
    Ok(())
}

/// A mark that the item takes, different from cell to cell.
fn mark(item: &Value, turn: usize) -> String {
    let input = &item["input"];
    let whole = |value: &Value| value.as_str().and_then(|text| text.split('.').next()?.parse::<usize>().ok());
    if !input["time"].is_null() {
        format!("{}:{:02}", 5 + turn % 4, turn * 7 % 60)
    } else if let Some(length) = input["answer"]["length"].as_u64() {
        let letters: Vec<char> = "ABCDEFGH".chars().take(length as usize).collect();
        (0..letters.len()).map(|at| letters[(at + turn) % letters.len()]).collect()
    } else if !input["deduction"].is_null() {
        (turn % 2).to_string()
    } else if !input["placing"].is_null() {
        (turn % 8 + 1).to_string()
    } else if !input["tick"].is_null() || !input["vote"].is_null() {
        "1".to_owned()
    } else if !input["level"].is_null() || !input["levels"].is_null() {
        (turn % 3).to_string()
    } else if !input["choice"].is_null() {
        input["choice"].pointer("/options/0").and_then(Value::as_str).unwrap_or("1").to_owned()
    } else {
        let most = whole(&input["number"]["max"]).or_else(|| whole(&item["max"])).unwrap_or(10);
        (most - turn % (most / 3 + 1)).to_string()
    }
}
