//! Looks at a state in every sight, takes the pictures, keeps what was found.

use crate::journeys::harness::{Screen, root};
use crate::report::{Finding, Report};
use crate::sight::{BASE, Sight, Sights};
use crate::words::Words;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Who walks.
pub struct Walker {
    /// The browser.
    pub screen: Screen,
    sights: Sights,
    wanted: Vec<String>,
    words: Words,
    report: Report,
    folder: PathBuf,
    seen: usize,
}

impl Walker {
    /// Looks in `sights` at the states whose names contain one of `wanted`, or at all.
    pub fn new(screen: Screen, sights: Sights, wanted: Vec<String>) -> Result<Self> {
        let folder = root().join("target/screens/all");
        if wanted.is_empty() && folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self { screen, sights, wanted, words: Words::read()?, report: Report::default(), folder, seen: 0 })
    }

    /// Looks at the state on screen in every sight and leaves it as it was.
    pub async fn show(&mut self, name: &str) -> Result<()> {
        self.seen += 1;
        if !self.wanted.is_empty() && !self.wanted.iter().any(|part| name.contains(part.as_str())) {
            return Ok(());
        }
        println!("{name}");
        for sight in self.sights.0.clone() {
            self.become_(sight).await?;
            let seen = format!("{name}-{}", sight.name());
            self.picture(&seen).await?;
            let looked = self.screen.look().await?;
            let mut findings = looked.findings;
            findings.extend(self.words.strangers(sight.language, &looked.texts));
            if sight.is_for_axe() {
                findings.extend(self.screen.axe().await?);
            }
            self.report.take(&seen, findings);
        }
        self.become_(BASE).await
    }

    /// Notes something that a step of the tour found.
    pub fn note(&mut self, state: &str, findings: Vec<Finding>) {
        self.report.take(state, findings);
    }

    /// Whether a state is asked for.
    pub fn wants(&self, name: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|part| name.contains(part.as_str()))
    }

    /// Goes to a sight and waits until the page is at rest.
    pub async fn become_(&self, sight: Sight) -> Result<()> {
        let (width, height, scale) = sight.metrics();
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false});
        self.screen.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        // A click from a script also reaches the frame behind a dialog, and what is open stays open.
        let turn = "document.documentElement.dataset.theme = arguments[0];
            if (document.documentElement.lang !== arguments[1]) document.querySelector('[data-testid=\"language\"]').click()";
        self.screen.driver.execute(turn, vec![json!(sight.theme), json!(sight.language)]).await?;
        self.screen.settle().await
    }

    async fn picture(&self, name: &str) -> Result<()> {
        let shot = self.screen.driver.cdp().send_raw("Page.captureScreenshot", json!({"format": "png"})).await?;
        let data = shot["data"].as_str().context("a picture")?;
        std::fs::write(self.folder.join(format!("{name}.png")), STANDARD.decode(data)?)?;
        Ok(())
    }

    /// Calls a command of the application as the interface does.
    pub async fn call(&self, name: &str, payload: &Value) -> Result<Value> {
        self.screen.call(name, payload.clone()).await
    }

    /// Writes the report; answers how many things it holds.
    pub async fn finish(self) -> Result<usize> {
        let path = self.folder.join("report.txt");
        let found = self.report.write(&path)?;
        println!("{} states looked at; {found} findings in {}", self.seen, path.display());
        self.screen.close().await?;
        Ok(found)
    }
}
