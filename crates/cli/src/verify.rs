//! `verify`: a bundle from its file alone, without a data folder, a server or a database.

use crate::{FAILED, NOT_CONFIRMED, NOT_UNDERSTOOD, Stop, print, with_line_ends};
use clap::Args;
use jiangsai_app::bundle::{Decided, EventResults, Examined, Headquarters, Issuer, LONGEST, Verdict, Vouched, examine};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Arguments of `verify`.
#[derive(Args)]
pub struct Verify {
    /// The bundle; one that is encrypted can be opened by its recipient alone
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Id of the competition, from where you know it: the bundle itself does not say what it should be
    #[arg(long, value_name = "ID")]
    scope: String,
    /// Public key of headquarters or its fingerprint, from where you know it: only their receipts count then
    #[arg(long, value_name = "KEY")]
    headquarters: Option<Headquarters>,
}

/// Verifies; what holds as lines.
///
/// # Errors
/// Everything that is wrong, with its place (1); no file, one that is longer than any bundle, or no id (2); all of it verifies, but it shows no
/// results or some that nothing can be held against, decisions lack their approvals, or headquarters do not vouch for all of it (3).
pub fn verify(verify: &Verify) -> Result<String, Stop> {
    let named = |error: String| Stop::new(NOT_UNDERSTOOD, format!("{}: {error}", verify.bundle.display()));
    let bytes = read(&verify.bundle).map_err(named)?;
    let found = examine(&bytes, &verify.scope, verify.headquarters)
        .map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("--scope {:?}: {error}", verify.scope)))?;
    let mut lines = said(&found);
    if found.holds() {
        let Some(lacks) = lacks(&found) else { return Ok(with_line_ends(&lines)) };
        print(&with_line_ends(&lines))?;
        return Err(Stop::new(NOT_CONFIRMED, format!("records verify; {lacks}")));
    }
    lines.extend(found.wrong.iter().map(|wrong| format!("wrong: {wrong}")));
    Err(Stop { code: FAILED, lines })
}

/// What cannot be confirmed of a bundle that holds; the first of it.
fn lacks(found: &Examined) -> Option<&'static str> {
    if found.events.is_empty() && !found.is_compared() {
        Some("no event is shown, so there are no results to compare")
    } else if !found.is_compared() {
        Some("results are not confirmed as they are, see above")
    } else if !found.is_approved() {
        Some("decisions lack approvals, see above")
    } else if !found.is_vouched() {
        Some("headquarters do not vouch for all of them, see above")
    } else {
        None
    }
}

/// A file that is not longer than any bundle.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let long = file.metadata().is_ok_and(|about| about.len() > LONGEST);
    if !long {
        file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    }
    let long = long || bytes.len() as u64 > LONGEST;
    if long { Err(format!("longer than any bundle ({LONGEST} bytes)")) } else { Ok(bytes) }
}

fn said(found: &Examined) -> Vec<String> {
    if found.kind.is_empty() {
        return Vec::new();
    }
    let [logs, records, withheld, checkpoints, receipts] = found.counts;
    let mut lines = vec![
        format!("{} sealed by {}", found.kind, found.from),
        format!(
            "{logs} logs, {records} records ({withheld} without bodies{}), {checkpoints} checkpoints, {receipts} receipts",
            found
                .withheld
                .iter()
                .enumerate()
                .map(|(at, (class, count))| { format!("{} {count} {class}", if at == 0 { ":" } else { "," }) })
                .collect::<String>()
        ),
    ];
    lines.extend(found.issuers.iter().map(issuer));
    lines.extend(found.vouched.iter().flat_map(vouched));
    lines.extend(found.events.iter().flat_map(event));
    lines.extend(found.decided.iter().map(decided));
    lines.extend(found.many.iter().map(|(kind, count)| format!("decisions {kind}: {count} approved")));
    let quarantined = found.quarantined.iter().map(|(why, count)| format!("in quarantine: {count} records ({why})"));
    lines.extend(quarantined);
    lines
}

fn issuer(issuer: &Issuer) -> String {
    let Issuer { key, fingerprint, receipts, headquarters } = issuer;
    let whose = match headquarters {
        Some(true) => "headquarters",
        Some(false) => "not of headquarters, not counted",
        None => "not compared with the key of headquarters (--headquarters)",
    };
    format!("{receipts} receipts of {key} ({fingerprint}): {whose}")
}

fn vouched(own: &Vouched) -> Vec<String> {
    if own.sealed {
        return vec!["headquarters: sealed by them".to_owned()];
    }
    if own.lacking.is_empty() {
        return vec!["headquarters: receipts of theirs for all of it".to_owned()];
    }
    let lacking = own.lacking.iter().map(|(log, (end, held))| match held {
        Some(held) => format!("headquarters: log {log}: a receipt of theirs up to record {held} of {end}"),
        None => format!("headquarters: log {log}: no receipt of theirs"),
    });
    lacking.collect()
}

fn decided(own: &Decided) -> String {
    let Decided { record, what, missing } = own;
    match &missing[..] {
        [] => format!("decision {record} ({what}): approved"),
        missing => format!("decision {record} ({what}): lacks the approval of {}", missing.join(", ")),
    }
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
        Verdict::Open => "  not final, and not confirmed as they are now".to_owned(),
        Verdict::Unconfirmed => "  nobody confirmed them: nothing to compare with".to_owned(),
        Verdict::CannotTell => {
            "  not as confirmed; the rules look at registration forms, which are withheld, so this says nothing"
                .to_owned()
        }
        Verdict::NeedsNewer => "  nothing to compare with: some facts need a newer version of this program".to_owned(),
        Verdict::Differs => "  wrong: final, and not what was confirmed".to_owned(),
    });
    lines
}
