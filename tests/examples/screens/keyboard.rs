//! The keyboard: Tab reaches everything in order, what has the focus is in sight and looks like it, nothing keeps it, Esc closes a
//! dialog and gives the focus back to where it was.

use crate::journeys::harness::Screen;
use crate::report::Finding;
use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// Steps of Tab before a page counts as walked: a long table repeats itself.
const STEPS: usize = 70;

/// What has the focus: who, whether it is in sight, whether it looks different for it.
const FOCUSED: &str = "
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const owner = one.closest('[data-testid]');
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const within = (value, most) => Math.min(Math.max(value, 0), most - 1);
    const [left, right, top, bottom] = [within(box.left + 2, innerWidth), within(box.right - 2, innerWidth), within(box.top + 2, innerHeight), within(box.bottom - 2, innerHeight)];
    const seen = [[(left + right) / 2, (top + bottom) / 2], [left, top], [right, top], [left, bottom], [right, bottom]].some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (one.contains(hit) || hit.closest('label')?.contains(one));
    });
    const shown = element => element && (getComputedStyle(element).boxShadow !== 'none' || (getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) > 0));
    const looks = shown(one) || shown(one.parentElement) || one.matches('dialog, main, select');
    const room = document.querySelector('dialog[open]') || document;
    const stops = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex=\"0\"]';
    const alone = room.querySelectorAll(stops).length === 1;
    window.walkedIds ||= new Map();
    if (!window.walkedIds.has(one)) window.walkedIds.set(one, window.walkedIds.size);
    return { id: window.walkedIds.get(one), place: (owner ? owner.dataset.testid.replace(/\\d+/g, 'N') + ' ' : '') + one.tagName.toLowerCase() + '.' + [...one.classList].join('.'), seen: !!seen, looks: !!looks, alone, parts: one.type === 'date' || one.matches('.marks-input') };";

impl Screen {
    /// Walks through the page, or the dialog on it, with Tab alone.
    pub async fn tab_through(&self) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut say = |check: &str, place: &str| {
            findings.push(Finding { check: check.into(), place: place.into(), what: String::new() });
        };
        let mut before = None;
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..STEPS {
            self.driver.action_chain().send_keys(Key::Tab.value().to_string()).perform().await?;
            let now = self.driver.execute(FOCUSED, Vec::new()).await?.json().clone();
            if now.is_null() {
                continue;
            }
            let place = now["place"].as_str().unwrap_or_default();
            if now["parts"] == json!(true) {
                before = Some(now["id"].clone());
                continue;
            }
            if before.as_ref() == Some(&now["id"]) {
                // Where there is nothing else it may.
                if now["alone"] == json!(false) {
                    say("keeps the focus", place);
                }
                break;
            }
            if now["seen"] == json!(false) {
                say("focus out of sight", place);
            }
            if now["looks"] == json!(false) {
                say("focus looks like nothing", place);
            }
            if !seen.insert(now["id"].as_u64()) {
                break;
            }
            before = Some(now["id"].clone());
        }
        Ok(findings)
    }

    /// Esc closes the dialog with this test id, and the focus is where it was.
    pub async fn escape(&self, dialog: &str) -> Result<Vec<Finding>> {
        self.type_keys(&Key::Escape.value().to_string()).await?;
        let open = format!("return !!document.querySelector('dialog[data-testid=\"{dialog}\"]')?.open");
        self.until(&format!("{dialog} closed"), async |driver| {
            (driver.execute(&open, Vec::new()).await.ok()?.json() == &json!(false)).then_some(())
        })
        .await?;
        let focus = self.driver.execute(FOCUSED, Vec::new()).await?.json().clone();
        let lost = matches!(focus, Value::Null);
        Ok(lost
            .then(|| Finding { check: "focus lost after Esc".into(), place: dialog.into(), what: String::new() })
            .into_iter()
            .collect())
    }
}
