//! Who may call what once people sign in: every command as everybody, held against the table in `matrix.csv`. A new command wants a line there.

use super::people::{PIN, enrol};
use super::sealed::{Known, addressed, requests};
use crate::template;
use jiangsai_domain::command::Role;
use std::collections::BTreeMap;

const MATRIX: &str = include_str!("matrix.csv");

/// Answers of a command that nobody but the person lacks the right for.
const REFUSED: [&str; 2] = ["sign-in-needed", "role-needed"];

#[tokio::test]
async fn every_command_as_every_role_is_allowed_or_refused_as_the_matrix_says() {
    let mut lines = MATRIX.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let columns = lines.next().unwrap();
    let mut roles = vec!["command", "nobody"];
    roles.extend(Role::GRANTED.map(Role::name));
    assert_eq!(columns, roles, "a new role has a column");
    let wanted: BTreeMap<&str, Vec<bool>> =
        lines.map(|cells| (cells[0], cells[1..].iter().map(|cell| *cell == "+").collect())).collect();
    let mut commands: Vec<&str> = jiangsai_app::commands().iter().map(|(name, ..)| *name).collect();
    commands.sort_unstable();
    assert_eq!(wanted.keys().copied().collect::<Vec<_>>(), commands, "a new command has a line");

    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let mut tokens = vec![None];
    for (name, role) in ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].into_iter().zip(Role::GRANTED) {
        enrol(&desk, &format!("模拟{name}"), &[role], PIN).await;
    }
    desk.ask_competition("people.begin", serde_json::json!({})).await.unwrap();
    for name in ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"] {
        tokens.push(Some(desk.sign_in_as(&format!("模拟{name}"), PIN).await.unwrap()));
    }
    let known = Known::nobody();
    let mut wrong = Vec::new();
    for name in commands {
        let request = requests(name, &known).remove(0);
        for (token, (column, allowed)) in tokens.iter().zip(columns[1..].iter().zip(&wanted[name])) {
            let request = addressed(&desk, name, request.clone());
            let answer = desk.app.dispatch_as(token.as_deref(), name, request, None).await;
            let code = answer.as_ref().err().map(|error| error.code.clone());
            assert_ne!(code.as_deref(), Some("bad-request"), "{name} was not tried: {answer:?}");
            let refused = code.as_ref().is_some_and(|code| REFUSED.contains(&code.as_str()));
            if refused == *allowed {
                wrong.push(format!("{name} as {column}: {}", code.unwrap_or_else(|| "done".to_owned())));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Who may call a command may write what it writes.
    let token = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let asked = addressed(&desk, "quarantine.list", serde_json::json!({}));
    let listed = desk.app.dispatch_as(Some(&token), "quarantine.list", asked, None).await.unwrap();
    assert_eq!(listed["records"], serde_json::json!([]));
}
