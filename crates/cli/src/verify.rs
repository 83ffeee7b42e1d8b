//! `verify`: a bundle from its file alone, without a data folder, a server or a database.

use crate::{FAILED, NOT_UNDERSTOOD, Stop, with_line_ends};
use clap::Args;
use jiangsai_app::bundle::{EventResults, Examined, Verdict, examine};
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Args)]
pub struct Verify {
    /// The bundle; one that is encrypted can be opened by its recipient alone
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Id of the competition, from where you know it: the bundle itself does not say what it should be
    #[arg(long, value_name = "ID")]
    scope: String,
}

/// Verifies; what holds as lines.
///
/// # Errors
/// Everything that is wrong, with its place (1); no file, or no id (2).
pub fn verify(verify: &Verify) -> Result<String, Stop> {
    let bytes = std::fs::read(&verify.bundle)
        .map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("{}: {error}", verify.bundle.display())))?;
    let found = examine(&bytes, &verify.scope)
        .map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("--scope {:?}: {error}", verify.scope)))?;
    let mut lines = said(&found);
    if found.holds() {
        return Ok(with_line_ends(&lines));
    }
    lines.extend(found.wrong.iter().map(|wrong| format!("wrong: {wrong}")));
    Err(Stop { code: FAILED, lines })
}

fn said(found: &Examined) -> Vec<String> {
    if found.kind.is_empty() {
        return Vec::new();
    }
    let [logs, records, withheld, checkpoints, receipts] = found.counts;
    let mut lines = vec![
        format!("{} sealed by {}", found.kind, found.from),
        format!(
            "{logs} logs, {records} records ({withheld} without bodies), {checkpoints} checkpoints, {receipts} receipts"
        ),
    ];
    lines.extend(found.issuers.iter().map(|issuer| format!("receipts of {issuer}")));
    lines.extend(found.events.iter().flat_map(event));
    lines
}

fn event(event: &EventResults) -> Vec<String> {
    let EventResults { event: id, name, digest, confirmed, is_final, verdict } = event;
    let standing = if *is_final { "final" } else { "not final" };
    let said = match digest {
        Ok(digest) => format!("event {id} {name}: standings {digest}, {standing}"),
        Err(why) => format!("event {id} {name}: no standings ({why}), {standing}"),
    };
    let mut lines = vec![said];
    lines.extend(confirmed.iter().map(|(duty, digest, place)| format!("  confirmed {digest} by {duty} ({place})")));
    lines.push(match verdict {
        Verdict::Agrees => "  as confirmed".to_owned(),
        Verdict::Open => "  not confirmed as they are: nothing to compare with".to_owned(),
        Verdict::CannotTell => {
            "  not as confirmed; the rules look at registration forms, which are withheld, so this says nothing"
                .to_owned()
        }
        Verdict::Differs => "  wrong: final, and not what was confirmed".to_owned(),
    });
    lines
}
