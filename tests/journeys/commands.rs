//! Commands over the same interface that the page uses, for what a journey would only do once more.

use crate::journeys::harness::Screen;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// So many commands go in one script.
const TOGETHER: usize = 40;

/// Sends commands one after the other and stops at the first that is refused.
const SEND: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
        const answers = [];
        for (const [name, payload] of arguments[0]) {
            const headers = { 'content-type': 'application/json' };
            const answer = await fetch('/api/rpc/' + name, { method: 'POST', headers, body: JSON.stringify(payload) });
            const text = await answer.text();
            answers.push({ ok: answer.ok, text });
            if (!answer.ok) break;
        }
        return answers;
    })().then(done, why => done([{ ok: false, text: String(why) }]));";

/// The event that commands are about.
#[derive(Clone, Debug)]
pub struct Here {
    /// Its competition.
    pub competition: Value,
    /// Which.
    pub event: Value,
}

impl Here {
    /// The first event of a competition.
    pub async fn of(screen: &Screen, competition: Value) -> Result<Self> {
        let home = screen.call("competition.home", json!({"competition": competition})).await?;
        Ok(Self { event: home["events"][0][0].clone(), competition })
    }

    /// A payload about this event.
    pub fn with(&self, mut payload: Value) -> Value {
        payload["competition"] = self.competition.clone();
        payload["event"] = self.event.clone();
        payload
    }

    /// A payload about its competition.
    pub fn within(&self, mut payload: Value) -> Value {
        payload["competition"] = self.competition.clone();
        payload
    }
}

impl Screen {
    /// A command.
    pub async fn call(&self, name: &str, payload: Value) -> Result<Value> {
        let answers = self.calls(vec![(name.to_owned(), payload)]).await?;
        answers.into_iter().next().with_context(|| format!("the answer to {name}"))
    }

    /// Commands one after the other.
    pub async fn calls(&self, commands: Vec<(String, Value)>) -> Result<Vec<Value>> {
        self.driver.set_script_timeout(Duration::from_secs(300)).await?;
        let mut all = Vec::new();
        for some in commands.chunks(TOGETHER) {
            let sent = self.driver.execute_async(SEND, vec![json!(some)]).await?.json().clone();
            for ((name, payload), answer) in some.iter().zip(sent.as_array().into_iter().flatten()) {
                let text = answer["text"].as_str().unwrap_or_default();
                ensure!(answer["ok"] == json!(true), "{name} {payload}: {text}");
                all.push(serde_json::from_str(text).with_context(|| format!("the answer to {name}"))?);
            }
        }
        ensure!(all.len() == commands.len(), "{} of {} commands were answered", all.len(), commands.len());
        Ok(all)
    }
}
