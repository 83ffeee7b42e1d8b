//! In which roles facts may be written where people sign in (启用人员登录): what commands ask of whoever calls them, said once more of what they
//! write, so that every computer can look at a record that came from another. This is the one table of it.
//!
//! Left out: who holds a role where ([`crate::competition::KeyTrust`]); whose approval a fact wants besides ([`crate::approval`]).

use crate::command::Role;
use crate::draw::Office;
use crate::fact::Fact;
use crate::ids::{EventId, JudgeId};
use crate::sheet::SheetState;

/// Who may write a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// An officer in any of these roles; nobody where there are none.
    Roles(&'static [Role]),
    /// Whoever may write anything at all at this computer: it follows from what was written beside it.
    Anybody,
    /// Whoever writes it: it counts by who approved it.
    Approval,
}

/// Computers are revoked, or trusted again.
pub const REVOKES: &[Role] = &[Role::Organiser];
/// Records in quarantine count after all.
pub const ADOPTS: &[Role] = &[Role::ChiefJudge];

/// Which officers may write a fact.
#[must_use]
pub const fn officers(fact: &Fact) -> By {
    use Role::{Checker, ChiefJudge, DrawOfficer, Organiser, Recorder, Registrar, Supervisor};
    By::Roles(match fact {
        Fact::Officer { .. }
        | Fact::SignIn { .. }
        | Fact::OfficerKey { .. }
        | Fact::JudgeKey { .. }
        | Fact::KeyRevoked { .. }
        | Fact::Approved { .. } => return By::Approval,
        Fact::Coded { .. } => return By::Anybody,
        Fact::Settings(_)
        | Fact::EventName { .. }
        | Fact::Certificate { .. }
        | Fact::Release { .. }
        | Fact::Readers(_)
        | Fact::Erased { .. }
        | Fact::NotesErased { .. } => &[Organiser],
        Fact::Revoked { .. } => REVOKES,
        Fact::Adopted { .. } => ADOPTS,
        Fact::Rulebook { .. }
        | Fact::Parameter { .. }
        | Fact::Status { .. }
        | Fact::Judge { .. }
        | Fact::Panel { .. }
        | Fact::Leader { .. }
        | Fact::Seat { .. }
        | Fact::Paper { .. }
        | Fact::Recheck { .. }
        | Fact::Asked { .. }
        | Fact::Answered { .. }
        | Fact::Bulletin { .. }
        | Fact::Figures { .. } => &[Organiser, ChiefJudge],
        Fact::Person { .. } | Fact::Entry { .. } => &[Organiser, Registrar],
        Fact::Numbers { .. } => &[Organiser, Registrar, DrawOfficer],
        Fact::Draw { .. } | Fact::Lot { .. } => &[Organiser, DrawOfficer],
        Fact::Opened { office: Office::Envelope, .. } => &[ChiefJudge],
        Fact::Sealed { .. } | Fact::Opened { .. } => &[DrawOfficer, Supervisor],
        Fact::Mark { .. } => &[Organiser, ChiefJudge, Recorder, Checker],
        Fact::Recorded { .. } => &[ChiefJudge, Recorder, Checker],
        Fact::Scan { .. } => &[Organiser, ChiefJudge, Recorder, Checker],
        Fact::Checked { .. } | Fact::Rechecked { .. } => &[ChiefJudge, Checker],
        Fact::ResultsConfirmed { .. } => &[ChiefJudge, Supervisor],
        Fact::Final { .. }
        | Fact::Decision { .. }
        | Fact::Rescore { .. }
        | Fact::Settled { .. }
        | Fact::Sheet { state: SheetState::Reopened, .. } => &[ChiefJudge],
        // What judges say at desks nobody says for them.
        Fact::Sheet { .. } | Fact::Note { .. } | Fact::Confirmed { .. } | Fact::ExtraTime { .. } => &[],
    })
}

/// What a judge may write at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk<'a> {
    /// It is the judge's own, or may be said by any judge at the place.
    Own,
    /// It is marked once: whoever leads a module of this event writes it.
    Leads(&'a EventId),
    /// It is not a judge's to write, or another judge's.
    Not,
}

/// May a judge write a fact?
#[must_use]
pub fn at_desk<'a>(fact: &'a Fact, judge: &JudgeId) -> Desk<'a> {
    let of = |event: &'a EventId, whose: Option<&JudgeId>| match whose {
        None => Desk::Leads(event),
        Some(own) if own == judge => Desk::Own,
        Some(_) => Desk::Not,
    };
    match fact {
        Fact::Mark { place, .. } | Fact::Note { place, .. } => of(&place.event, place.judge.as_ref()),
        Fact::Sheet { sheet, state: SheetState::Signed { by, .. } } if by == judge => {
            of(&sheet.event, sheet.judge.as_ref())
        }
        Fact::Confirmed { .. } | Fact::ExtraTime { .. } | Fact::Coded { .. } => Desk::Own,
        _ => Desk::Not,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::MarkPlace;
    use jiangsai_scoring::Mark;

    #[test]
    fn a_judge_writes_own_marks_alone_and_what_is_marked_once_where_the_judge_leads() {
        let mark = |judge: Option<&str>| {
            let judge = judge.map(JudgeId::from);
            let place = MarkPlace::once(&"e".into(), &"n".into(), &"P1".into(), judge.as_ref());
            Fact::Mark { place, mark: Mark::Absent }
        };
        let event = EventId::from("e");
        assert_eq!(at_desk(&mark(Some("j")), &"j".into()), Desk::Own);
        assert_eq!(at_desk(&mark(Some("k")), &"j".into()), Desk::Not);
        assert_eq!(at_desk(&mark(None), &"j".into()), Desk::Leads(&event));
        assert_eq!(at_desk(&Fact::Final { event, done: true }, &"j".into()), Desk::Not);
    }
}
