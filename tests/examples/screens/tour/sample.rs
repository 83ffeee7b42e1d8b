//! The sample competition: everything is in it.

use crate::files;
use crate::walker::Walker;
use anyhow::Result;
use serde_json::json;
use std::path::Path;

pub async fn walk(walker: &mut Walker, folder: &Path) -> Result<()> {
    walker.screen.press("nav-start").await?;
    walker.screen.see("competition-0").await?;
    walker.show("start-one").await?;
    walker.screen.press("start-sample").await?;
    walker.screen.see("phases").await?;
    walker.show_page("sample-home").await?;
    rules(walker, folder).await?;
    editor(walker).await?;
    people(walker).await?;
    marks(walker).await?;
    walker.page("paper").await?;
    walker.show_page("sample-paper").await?;
    let first = "document.querySelector(\"[data-testid='paper-sheets'] tbody button\").click()";
    walker.screen.driver.execute(first, Vec::new()).await?;
    let picture = crate::journeys::harness::root().join("crates/documents/tests/data/seal.png");
    walker.screen.choose_file("paper-scan-file", &picture).await?;
    walker.screen.see("paper-scan-1").await?;
    walker.show("paper-scans").await?;
    walker.screen.press("paper-scan-1").await?;
    walker.screen.see("paper-scan-picture").await?;
    walker.show_dialog("paper-scan", "paper-scan-large").await?;
    desk(walker).await?;
    hall(walker).await?;
    standings(walker).await?;
    documents(walker).await?;
    published(walker).await?;
    records(walker).await?;
    staff(walker).await?;
    walker.page("settings").await?;
    walker.show_page("sample-settings").await?;
    drawn(walker).await?;
    finalised(walker).await?;
    walker.screen.press("nav-start").await?;
    walker.screen.press("marks-leave-go").await?;
    walker.screen.see("competition-1").await?;
    walker.show_page("start-two").await?;
    computer(walker).await
}

async fn rules(walker: &mut Walker, folder: &Path) -> Result<()> {
    let (faulty, right) = (folder.join("scheme-faulty.xlsx"), folder.join("scheme.xlsx"));
    files::scheme(&faulty, true)?;
    files::scheme(&right, false)?;
    walker.page("rules").await?;
    walker.screen.see("rules-words").await?;
    walker.show_page("rules").await?;
    walker.screen.see("rules-words").await?.scroll_into_view().await?;
    walker.show("rules-words").await?;
    walker.screen.press("rules-json").await?;
    walker.show("rules-document").await?;
    walker.screen.press("rules-json").await?;
    walker.screen.press("rules-replace").await?;
    walker.screen.press("rules-preview").await?;
    walker.screen.see("rules-effect").await?;
    walker.show("rules-replace").await?;
    walker.screen.press("scheme-open").await?;
    walker.screen.choose_file("scheme-file", &faulty).await?;
    walker.screen.see("scheme-fault-3-D").await?;
    walker.show("scheme-faults").await?;
    walker.screen.choose_file("scheme-file", &right).await?;
    walker.screen.reads("scheme-summary", "100").await?;
    walker.show("scheme-summary").await?;
    walker.screen.press("scheme-use").await?;
    walker.screen.press("rules-preview").await?;
    walker.screen.see("rules-effect").await?;
    walker.show_dialog("rules-replace-effect", "rules-dialog").await
}

async fn editor(walker: &mut Walker) -> Result<()> {
    walker.screen.press("rules-edit").await?;
    walker.screen.see("rule-outline").await?;
    walker.show_page("editor").await?;
    for part in ["total", "practice", "A3.1", "B3.1", "C4.1"] {
        walker.screen.press(&format!("part-{part}")).await?;
        walker.show(&format!("editor-{part}")).await?;
    }
    walker.screen.press("rule-delete").await?;
    walker.screen.see("rule-deleting").await?;
    walker.show_dialog("editor-deleting", "rule-deleting").await?;
    walker.screen.press("rule-tab-trial").await?;
    walker.screen.press("trial-fill").await?;
    walker.screen.see("trial-rank-0").await?;
    walker.show_page("editor-trial").await?;
    walker.screen.press("rule-tab-form").await?;
    walker.screen.press("part-total").await?;
    walker.screen.press("rule-copy").await?;
    walker.show("editor-changed").await?;
    walker.screen.press("nav-standings").await?;
    walker.screen.see("rule-drop").await?;
    walker.show("editor-leaving").await?;
    walker.screen.press("rule-drop").await
}

async fn people(walker: &mut Walker) -> Result<()> {
    walker.page("registration").await?;
    walker.screen.see("entry-row-S01").await?;
    walker.show_page("registration").await?;
    walker.screen.press("entry-edit-S07").await?;
    walker.screen.see("entry-reason").await?;
    walker.show_dialog("entry-edit", "entry").await?;
    walker.screen.press("entry-status-S07").await?;
    choose(walker, "status-choice", 4).await?;
    walker.screen.see("foreseen-count").await?;
    walker.show_dialog("entry-status", "status").await?;
    walker.screen.press("entry-erase-S07").await?;
    walker.screen.see("erase-fault").await?;
    walker.show_dialog("entry-erase", "erase").await?;
    walker.page("judges").await?;
    walker.show_page("judges").await
}

/// Who works here, and what waits to be settled.
async fn staff(walker: &mut Walker) -> Result<()> {
    walker.page("findings").await?;
    walker.screen.see("findings-empty").await?;
    walker.show_page("findings").await?;
    walker.page("people").await?;
    walker.screen.see("people-empty").await?;
    walker.show_page("staff-empty").await?;
    walker.screen.press("officer-add").await?;
    walker.screen.fill("officer-name", "模拟核分员").await?;
    walker.screen.press("officer-role-checker").await?;
    walker.screen.fill("officer-pin", "135790").await?;
    walker.screen.press("officer-save").await?;
    walker.screen.see("officer-row-模拟核分员").await?;
    walker.screen.press("officer-keys-模拟核分员").await?;
    walker.screen.press("key-revoke-0").await?;
    walker.screen.see("key-counts").await?;
    walker.show_dialog("staff-key", "keys").await?;
    walker.screen.press("people-turn").await?;
    walker.screen.see("people-turning").await?;
    walker.show_dialog("staff-turning", "people-turning").await?;
    walker.show_page("staff").await
}

async fn marks(walker: &mut Walker) -> Result<()> {
    walker.page("marks").await?;
    walker.screen.see("cell-0-0").await?;
    walker.show_page("marks-theory").await?;
    for choice in [1, 2, 3, 5] {
        walker.screen.press(&format!("marks-choice-{choice}")).await?;
        walker.screen.press("cell-2-0").await?;
        walker.show(&format!("marks-choice-{choice}")).await?;
    }
    walker.screen.press("marks-history").await?;
    walker.screen.see("history-dialog").await?;
    walker.show_dialog("marks-history", "history-dialog").await
}

async fn desk(walker: &mut Walker) -> Result<()> {
    walker.page("judges").await?;
    for code in ["P01", "X03"] {
        walker.screen.press(&format!("judge-edit-{code}")).await?;
        walker.screen.fill("judge-pin", "13579").await?;
        walker.screen.press("judge-save").await?;
        walker.screen.settle().await?;
    }
    walker.screen.press("nav-desk").await?;
    walker.screen.see("desk-pin").await?;
    walker.show("desk-sign-in").await?;
    walker.screen.see("desk-pin").await?.send_keys("+13579\u{e007}").await?;
    walker.screen.see("desk-lines").await?;
    walker.show("desk-common").await?;
    walker.screen.press("desk-whole").await?;
    walker.show("desk-whole").await?;
    walker.screen.press("desk-out").await?;
    walker.screen.see("desk-pin").await?.send_keys("13579\u{e007}").await?;
    walker.screen.see("desk-lines").await?;
    walker.screen.fill("desk-B3.2", "9").await?;
    walker.screen.see("desk-B3.2").await?.send_keys("\u{e007}").await?;
    walker.screen.has("desk-B3.2", "data-state", "refused").await?;
    walker.show("desk-refused").await?;
    walker.screen.see("desk-B3.2").await?.send_keys("3\u{e007}").await?;
    walker.screen.press("desk-extra").await?;
    walker.show_dialog("desk-extra", "desk-act").await?;
    walker.screen.press("desk-sign").await?;
    walker.screen.see("desk-sign-about").await?;
    walker.show_dialog("desk-sign", "desk-act").await?;
    walker.screen.press("desk-sign").await?;
    walker.screen.press("desk-act-yes").await?;
    walker.screen.see("desk-signed").await?;
    walker.show("desk-signed").await?;
    walker.screen.press("desk-out").await?;
    walker.screen.driver.back().await?;
    Ok(())
}

async fn hall(walker: &mut Walker) -> Result<()> {
    walker.page("hall").await?;
    walker.screen.see("hall-groups").await?;
    walker.show_page("hall").await?;
    walker.screen.press("hall-show-signed").await?;
    walker.screen.press("hall-reopen-A01-P01").await?;
    walker.show_dialog("hall-reopen", "hall-act").await?;
    walker.screen.press("hall-lock").await?;
    walker.show_dialog("hall-lock", "hall-lock-dialog").await?;
    for place in ["hall-panel", "hall-seat", "hall-substitute", "hall-entry"] {
        choose(walker, place, 1).await?;
    }
    walker.screen.press("hall-recuse").await?;
    walker.screen.see("foreseen").await?;
    walker.screen.settle().await?;
    walker.show_dialog("hall-recuse", "hall-act").await
}

/// Takes an option by its number.
async fn choose(walker: &Walker, place: &str, number: u32) -> Result<()> {
    walker.screen.see(place).await?;
    let take = "const own = document.querySelector(`[data-testid='${arguments[0]}']`);
        own.selectedIndex = arguments[1];
        own.dispatchEvent(new Event('change', { bubbles: true }))";
    walker.screen.driver.execute(take, vec![json!(place), json!(number)]).await?;
    Ok(())
}

/// What belongs to the computer, not to a competition.
async fn computer(walker: &mut Walker) -> Result<()> {
    walker.screen.press("start-backups").await?;
    walker.screen.press("backups-make").await?;
    walker.screen.see("backup-row").await?;
    walker.show_page("backups").await?;
    walker.screen.press("backup-look").await?;
    walker.screen.see("restore-sound").await?;
    walker.show_dialog("backups-preview", "restore").await?;
    walker.screen.press("nav-start").await?;
    walker.screen.press("start-exchange").await?;
    walker.screen.see("bundle-competition").await?;
    walker.show_page("exchange").await?;
    walker.screen.press("nav-start").await?;
    walker.screen.press("start-headquarters").await?;
    walker.screen.see("hq-results").await?;
    walker.show_page("headquarters").await
}

async fn standings(walker: &mut Walker) -> Result<()> {
    walker.page("standings").await?;
    walker.screen.see("standings-row-0").await?;
    walker.show_page("standings").await?;
    walker.screen.press("standings-rank-8").await?;
    walker.screen.settle().await?;
    let open = "document.querySelectorAll('.why-panel details').forEach(one => { one.open = true; })";
    walker.screen.driver.execute(open, Vec::new()).await?;
    walker.show("standings-derivation").await?;
    walker.screen.press("why-history").await?;
    walker.screen.see("history-dialog").await?;
    walker.show_dialog("standings-history", "history-dialog").await?;
    let last = "document.querySelector('.standings-table').scrollTop = 100000";
    walker.screen.driver.execute(last, Vec::new()).await?;
    walker.screen.press("standings-row-59").await?;
    walker.show("standings-last").await?;
    walker.screen.press("standings-finalise").await?;
    walker.screen.see("finalising-ties-list").await?;
    walker.show_page("finalise").await
}

async fn documents(walker: &mut Walker) -> Result<()> {
    walker.page("documents").await?;
    walker.screen.see("doc-preview").await?;
    walker.show_page("documents").await?;
    for kind in ["mark-sheets-filled", "score-summary", "result-list", "standings-workbook"] {
        walker.screen.press(&format!("doc-kind-{kind}")).await?;
        walker.screen.settle().await?;
        walker.show(&format!("documents-{kind}")).await?;
    }
    walker.screen.press("doc-save").await?;
    walker.screen.see("doc-saved-path").await?;
    walker.show("documents-saved").await?;
    walker.screen.see("pack").await?.scroll_into_view().await?;
    walker.show("documents-pack").await
}

/// Bulletins, and the control of the big screen.
async fn published(walker: &mut Walker) -> Result<()> {
    walker.page("bulletins").await?;
    walker.screen.see("bulletins-empty").await?;
    walker.show_page("bulletins-none").await?;
    walker.screen.press("bulletin-new-provisional").await?;
    walker.screen.see("bulletin-preview-about").await?;
    walker.show_dialog("bulletin-publish", "bulletin-dialog").await?;
    walker.screen.press("bulletin-new-provisional").await?;
    walker.screen.fill("bulletin-by", "模拟组织者").await?;
    walker.screen.press("bulletin-publish").await?;
    walker.screen.press("bulletin-open-1").await?;
    walker.screen.see("bulletin-table").await?;
    walker.show_page("bulletins").await?;
    walker.page("screen").await?;
    walker.screen.see("screen-clock").await?;
    walker.show_page("screen").await
}

async fn records(walker: &mut Walker) -> Result<()> {
    walker.page("history").await?;
    walker.show_page("history").await?;
    walker.screen.press("ledger-verify").await?;
    walker.screen.see("ledger-report").await?;
    walker.show("history-verified").await
}

/// Lots, sealing, and what is to be seen while names are sealed.
async fn drawn(walker: &mut Walker) -> Result<()> {
    walker.page("draw").await?;
    walker.show_page("draw").await?;
    walker.screen.press("draw-choice-placeB").await?;
    walker.screen.press("draw-computer").await?;
    walker.screen.see("draw-computer-do").await?;
    walker.show_dialog("draw-computer", "draw-computer-dialog").await?;
    walker.screen.press("draw-computer").await?;
    walker.screen.press("draw-computer-do").await?;
    walker.screen.see("draw-print").await?;
    walker.show_page("draw-lots").await?;
    walker.screen.press("seal-open").await?;
    walker.screen.fill("seal-officer", "模拟加密员").await?;
    walker.screen.fill("seal-supervisor", "模拟监督员").await?;
    walker.show("draw-seal").await?;
    walker.screen.press("seal-do").await?;
    walker.screen.see("draw-sealed").await?;
    walker.show_page("draw-sealed").await?;
    walker.page("standings").await?;
    walker.screen.see("standings-sealed").await?;
    walker.show_page("standings-sealed").await?;
    walker.page("registration").await?;
    walker.show_page("registration-sealed").await?;
    walker.page("draw").await?;
    for office in ["officer", "supervisor"] {
        let name = if office == "officer" { "模拟加密员" } else { "模拟监督员" };
        walker.screen.fill(&format!("unseal-{office}"), name).await?;
        walker.show(&format!("draw-unseal-{office}")).await?;
        walker.screen.press(&format!("unseal-{office}-do")).await?;
    }
    walker.screen.see("seal-open").await.map(drop)
}

async fn finalised(walker: &mut Walker) -> Result<()> {
    walker.page("finalise").await?;
    for (duty, name) in [("chief-judge", "模拟裁判长"), ("supervisor", "模拟监督员")] {
        walker.screen.fill(&format!("confirm-{duty}"), name).await?;
        if duty == "chief-judge" {
            // One sheet was signed at the desk; the others are on paper.
            walker.screen.fill("confirm-reason", "其余为纸质评分表").await?;
        }
        walker.screen.press(&format!("confirm-{duty}-do")).await?;
        walker.screen.see(&format!("confirmed-{duty}")).await?;
    }
    walker.show_page("finalise-confirmed").await?;
    walker.screen.press("finalise-do").await?;
    walker.screen.has("finalising-state", "data-state", "final").await?;
    walker.show_page("finalise-locked").await?;
    walker.page("standings").await?;
    walker.screen.has("standings-state", "data-state", "final").await?;
    walker.show("final-standings").await?;
    walker.screen.press("standings-reopen").await?;
    walker.screen.see("reopen-dialog").await?;
    walker.show_dialog("final-reopen", "reopen-dialog").await?;
    walker.page("marks").await?;
    walker.screen.see("marks-locked").await?;
    walker.show("final-marks").await?;
    walker.page("home").await?;
    walker.show("final-home").await?;
    walker.page("standings").await?;
    walker.screen.press("standings-reopen").await?;
    walker.screen.fill("reopen-reason", "更正").await?;
    walker.screen.press("reopen-do").await?;
    walker.screen.has("standings-state", "data-state", "provisional").await?;
    walker.page("marks").await?;
    walker.screen.press("cell-1-0").await?;
    walker.screen.type_keys("77\u{e007}").await?;
    walker.screen.see("marks-reason").await?;
    walker.show_dialog("marks-reason", "marks-reason").await
}
