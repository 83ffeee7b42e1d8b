//! What goes wrong in the model, and what is built wrong on purpose.

use std::collections::BTreeMap;

/// A fault counts when it had an effect: on a message that somebody waited for or would have acted on, or on a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    LostRequest,
    LostReply,
    /// A second copy was acted on.
    Duplicate,
    /// A message was acted on before an earlier one from or to the same node.
    Reorder,
    /// Half a message: the other side says no, or the connection breaks.
    Truncation,
    /// The answer came when nobody waited for it any more.
    Delay,
    /// What would have been written was not.
    CrashBeforeCommit,
    /// What was written was answered to nobody.
    CrashAfterCommit,
    /// While an answer was waited for.
    Crash,
    /// To a state that differs from the one before.
    HqRestored,
    HubRestored,
    DeskRestored,
    /// The same by copying the folder: nobody is told.
    CopiedBack,
    /// Two computers wrote one number of a log.
    Clone,
    /// Headquarters and hub held different branches of a log.
    BranchesApart,
    OtherUpstream,
    /// Paired again: the connection begins with nothing known.
    Enrolled,
    /// Waiting times ended at once, and what was under way came too late.
    ClockJump,
    /// An answer, and it is no.
    Refusal,
    /// A branch was set apart.
    Fork,
    /// A record of a revoked computer came from behind its cut.
    RevokedLate,
    /// A revocation came where records from behind its cut had effect.
    RevocationLate,
    /// A record came out of quarantine.
    Adopted,
    /// A revoked computer asked and was refused.
    ShutOut,
    /// A body went through a node that may not read it.
    Carried,
    /// Something waited at a node for a key to encrypt it to.
    WaitedForKey,
    /// What lay in a box was opened when the key came.
    OpenedLate,
    /// A header alone got its body, or its box.
    FilledIn,
    /// What whoever asked had from elsewhere did not come again.
    LeftOut,
    /// A pull was refused: of a competition that is not there.
    Unheard,
    /// Receipts of headquarters that whoever asked has did not come again.
    ReceiptsLeftOut,
}

impl Fault {
    pub const ALL: [Self; 31] = [
        Self::LostRequest,
        Self::LostReply,
        Self::Duplicate,
        Self::Reorder,
        Self::Truncation,
        Self::Delay,
        Self::CrashBeforeCommit,
        Self::CrashAfterCommit,
        Self::Crash,
        Self::HqRestored,
        Self::HubRestored,
        Self::DeskRestored,
        Self::CopiedBack,
        Self::Clone,
        Self::BranchesApart,
        Self::OtherUpstream,
        Self::Enrolled,
        Self::ClockJump,
        Self::Refusal,
        Self::Fork,
        Self::RevokedLate,
        Self::RevocationLate,
        Self::Adopted,
        Self::ShutOut,
        Self::Carried,
        Self::WaitedForKey,
        Self::OpenedLate,
        Self::FilledIn,
        Self::LeftOut,
        Self::Unheard,
        Self::ReceiptsLeftOut,
    ];
}

/// How often each was hit.
#[derive(Clone, Debug, Default)]
pub struct Hits(BTreeMap<Fault, u64>);

impl Hits {
    pub fn count(&mut self, fault: Fault) {
        *self.0.entry(fault).or_insert(0) += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (fault, times) in &other.0 {
            *self.0.entry(*fault).or_insert(0) += times;
        }
    }

    pub fn of(&self, fault: Fault) -> u64 {
        self.0.get(&fault).copied().unwrap_or(0)
    }
}

/// What is built wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    None,
    ReceiptBeforeCommit,
    GapNotChecked,
    ForkDropped,
    /// The upstream does not look at the record at a cursor, nor whoever pulls at what of the upstream's is missing.
    CursorNotChecked,
    /// A hub says *at headquarters* of what it holds itself.
    ReceiptOnBehalf,
    /// Receipts that come with records are kept in a later step than these.
    ReceiptsKeptLater,
    /// Or in an earlier one.
    ReceiptsKeptSooner,
    /// That another store answers is kept with the first records of it only.
    OtherStoreNotKept,
    /// A revocation that comes late takes nothing back.
    NotFoldedAnew,
    /// A node that carries is sent everything as it is.
    PlainToCarrier,
    /// A node that carries never asks again for what it got as headers alone.
    NotPulledAnew,
    /// Whoever filled bodies in keeps its incarnation.
    NotToldAnew,
    /// Whether what is said to be known is what stands there nobody looks at.
    KnownNotCompared,
    /// Logs of which a body is lacking are said to be known.
    LackingSaidKnown,
    /// Whoever starts again counts the receipts that it hands down in the order of before.
    OrderGoesOn,
}
