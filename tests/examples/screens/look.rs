//! Asks the page what a machine can see of it.

use crate::journeys::harness::{Screen, root};
use crate::report::Finding;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Runs in the page; see its head.
const LOOK: &str = include_str!("look.js");
/// Answers when no answer is awaited any more and what came is on screen.
const SETTLE: &str = "
    const done = arguments[arguments.length - 1];
    if (!window.walked) {
        window.walked = { open: 0 };
        const own = window.fetch;
        window.fetch = function () {
            window.walked.open += 1;
            return own.apply(this, arguments).finally(() => { window.walked.open -= 1; });
        };
    }
    let calm = 0;
    const turn = () => {
        calm = window.walked.open === 0 && document.fonts.status === 'loaded' && [...document.images].every(one => one.complete) ? calm + 1 : 0;
        if (calm > 6) { done(true); } else { requestAnimationFrame(turn); }
    };
    turn();";
/// WCAG 2.0 to 2.2, A and AA, and what axe-core calls best practice.
const AXE: &str = "
    const done = arguments[arguments.length - 1];
    const open = [...document.querySelectorAll('dialog[open]')].pop();
    axe.run(open || document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
        // A dialog is looked at alone: the landmarks and the first heading are those of the page behind it.
        rules: open ? { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } : {},
    }).then(found => done(found.violations.flatMap(one => one.nodes.map(node => ({
        check: 'axe ' + one.id, place: node.target.join(' ').replace(/\\d+/g, 'N'), what: node.failureSummary.split('\\n').slice(1, 3).join(' ').trim(),
    })))), error => done([{ check: 'axe', place: '', what: String(error) }]));";

/// What was seen.
pub struct Seen {
    /// Faults of layout.
    pub findings: Vec<Finding>,
    /// Every text on the page, and in names of its controls.
    pub texts: Vec<String>,
}

impl Screen {
    /// Waits until the page is at rest.
    pub async fn settle(&self) -> Result<()> {
        self.driver.execute_async(SETTLE, Vec::new()).await?;
        Ok(())
    }

    /// Looks at the page as it is.
    pub async fn look(&self) -> Result<Seen> {
        let seen = self.driver.execute(LOOK, Vec::new()).await?.json().clone();
        let texts =
            seen["texts"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok(Seen { findings: findings(&seen["findings"]), texts })
    }

    /// Asks axe-core.
    pub async fn axe(&self) -> Result<Vec<Finding>> {
        if self.driver.execute("return !window.axe", Vec::new()).await?.json() == &json!(true) {
            let path = root().join("tests/data/axe-core/axe.min.js");
            let source = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
            self.driver.execute(source, Vec::new()).await?;
        }
        Ok(findings(self.driver.execute_async(AXE, Vec::new()).await?.json()))
    }
}

fn findings(found: &Value) -> Vec<Finding> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |found: &Value| Finding {
        check: word(&found["check"]),
        place: word(&found["place"]),
        what: word(&found["what"]),
    };
    found.as_array().into_iter().flatten().map(one).collect()
}
