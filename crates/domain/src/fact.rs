//! Facts: what happened, each with who may read it. Every fact sets the value of one place; see [`crate::register`].
//!
//! A kind that was released is never changed: it gets a new version, and the old one an upcaster.

mod audience;
mod kind;
mod names;

pub use audience::{DESKS, of as audience_of};
pub use kind::{ERASING, KINDS, NotAFact, is_personal, is_withheld};

use crate::approval::Edition;
use crate::bulletin::Bulletin;
use crate::coded::{Coded, Seating};
use crate::command::competition::Settings;
use crate::command::judging::Judge;
use crate::command::registration::Form;
use crate::confirmation::{Duty, ResultsConfirmation};
use crate::draw::{Held, Layer, Lot, Office, Opening, Seal};
use crate::erasure::Erasure;
use crate::figures::Figures;
use crate::finding::FindingDecision;
use crate::ids::{
    AttachmentId, DrawId, EntryId, EventId, FactId, FindingId, InquiryId, ItemId, JudgeId, NodeId, NodeKey, OfficerId,
    PanelId, ParameterId, PersonId,
};
use crate::paper::{Checking, Recording, Scan};
use crate::people::{Approval, Officer, Signer};
use crate::readers::ReadersKey;
use crate::recheck::{Answer, Finding, Inquiry, Plan};
use crate::screen::Shown;
use crate::sheet::{Confirmation, ModulePlace, Rescore, SheetPlace, SheetState, Sitting};
use crate::trust::Revocation;
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{EntryStatus, Mark};
use serde::{Deserialize, Serialize};

/// The coarse class a fact shows on its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Settings, rulebooks and their parameters, judges and panels.
    Setup,
    /// Persons and entries.
    Roster,
    /// Numbers and places.
    Draw,
    /// Marks.
    Mark,
    /// Decisions: statuses, final results, certificates, computers that are revoked.
    Ruling,
    /// What is published: bulletins, standings on the big screen.
    Bulletin,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "fact")]
pub enum Fact {
    /// The settings of the competition. Organiser.
    #[serde(rename = "competition.settings")]
    Settings(Settings),
    /// An event and its name. Organiser.
    #[serde(rename = "event.name")]
    EventName {
        /// Which event.
        event: EventId,
        /// Its name.
        name: String,
    },
    /// The rulebook of an event. Organiser, chief judge.
    #[serde(rename = "event.rulebook")]
    Rulebook {
        /// Which event.
        event: EventId,
        /// The document, byte for byte.
        json: String,
    },
    /// What is known of a person. Registrar.
    #[serde(rename = "person.form")]
    Person {
        /// Which person.
        person: PersonId,
        /// Everything but numbers and places.
        form: Form,
    },
    /// What was known of a person is erased (删除个人信息): nodes that hold this keep the bodies and scans that it names no more, nor their keys. Marks
    /// and entries stay. Organiser. When two cross, both hold.
    #[serde(rename = "person.erased")]
    Erased {
        /// Which person: an id that says nothing.
        person: PersonId,
        /// What is gone, and why.
        #[serde(flatten)]
        erasure: Erasure,
    },
    /// Notes of judges that are erased with a person, as judges' desks are told: they are not told whose. Where the competition has a readers' key
    /// every record that is erased, as carriers are told. Organiser. All hold.
    #[serde(rename = "notes.erased")]
    NotesErased {
        /// The records whose bodies are gone.
        records: Vec<FactId>,
    },
    /// A person takes part in an event. Registrar.
    #[serde(rename = "entry.registered")]
    Entry {
        /// The entry.
        entry: EntryId,
        /// In which event.
        event: EventId,
        /// Who.
        person: PersonId,
    },
    /// What a judge's desk is told of an entry while names are sealed: nothing that says whose it is. Written by whoever seals, and by whoever
    /// changes any of it meanwhile ([`crate::coded`]). When two cross and differ, desks do not show the entry until one is written again.
    #[serde(rename = "entry.coded")]
    Coded {
        /// The entry.
        entry: EntryId,
        /// Its code and its status.
        coded: Coded,
        /// Who sits where in the place of the judges of a panel.
        #[serde(default, skip_serializing_if = "Seating::is_empty")]
        seats: Seating,
    },
    /// 参赛号, 场次 and 赛位号 of an entry that were not drawn. Organiser.
    #[serde(rename = "entry.numbers")]
    Numbers {
        /// Which entry.
        entry: EntryId,
        /// Its numbers.
        numbers: Numbers,
    },
    /// What became of an entry. Chief judge; the organiser before the contest.
    #[serde(rename = "entry.status")]
    Status {
        /// Which entry.
        entry: EntryId,
        /// Its status.
        status: EntryStatus,
        /// Id of the stage from which it holds, as for somebody disqualified in the final; from the beginning when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<String>,
    },
    /// The standings are confirmed. Chief judge; supervisor.
    #[serde(rename = "results.confirmed")]
    ResultsConfirmed {
        /// Which event.
        event: EventId,
        /// In which duty.
        duty: Duty,
        /// Who confirmed what.
        confirmation: ResultsConfirmation,
    },
    /// A judge. Organiser, chief judge.
    #[serde(rename = "judge.set")]
    Judge {
        /// Which judge.
        judge: JudgeId,
        /// The judge.
        value: Judge,
    },
    /// Who sits on a panel, in seat order. Organiser, chief judge.
    #[serde(rename = "panel.members")]
    Panel {
        /// Of which event.
        event: EventId,
        /// Which panel of its rulebook.
        panel: PanelId,
        /// The judges.
        members: Vec<JudgeId>,
    },
    /// One mark. The judge it belongs to, the group leader for agreed values, a recorder. When two cross and differ,
    /// neither counts until the chief judge settles it.
    #[serde(rename = "mark.set")]
    Mark {
        /// Where it stands.
        #[serde(flatten)]
        place: MarkPlace,
        /// The mark.
        mark: Mark,
    },
    /// The results of an event are final, or open again. Chief judge.
    #[serde(rename = "results.final")]
    Final {
        /// Which event.
        event: EventId,
        /// Final.
        done: bool,
    },
    /// A draw (抽签) of one layer began, or the one before is void. Draw officer. When two cross, none stands until one is chosen.
    #[serde(rename = "draw.held")]
    Draw {
        /// Of which event.
        event: EventId,
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
        /// The draw, or that there is none.
        held: Option<Held>,
    },
    /// What one entry drew. Draw officer. When two cross and differ, the entry has none until it is typed again.
    #[serde(rename = "draw.lot")]
    Lot {
        /// In which draw.
        draw: DrawId,
        /// Which entry.
        entry: EntryId,
        /// What it drew, or that it drew nothing after all.
        lot: Option<Lot>,
    },
    /// 加密. Draw officer and supervisor. When two cross, both have to be opened.
    #[serde(rename = "draw.sealed")]
    Sealed {
        /// Which event.
        event: EventId,
        /// By whom.
        seal: Seal,
    },
    /// Whether results need every paper sheet verified. Organiser, chief judge.
    #[serde(rename = "event.paper")]
    Paper {
        /// Which event.
        event: EventId,
        /// They do.
        wanted: bool,
    },
    /// A paper sheet was typed. Recorder; the marks on it are facts of their own. When two cross, the sheet has to be settled.
    #[serde(rename = "sheet.recorded")]
    Recorded {
        /// Which sheet.
        sheet: SheetPlace,
        /// What was typed.
        recording: Recording,
    },
    /// A paper sheet was confirmed, or something else found on it. Checker. When two cross, the sheet has to be settled.
    #[serde(rename = "sheet.checked")]
    Checked {
        /// Which sheet.
        sheet: SheetPlace,
        /// What was found.
        checking: Checking,
    },
    /// A scan or photo of a paper sheet, or that it is not one of it after all; what was taken away stays on record. Recorder, checker, chief
    /// judge, organiser. When two cross, the later in display order holds.
    #[serde(rename = "sheet.scan")]
    Scan {
        /// Of which sheet.
        sheet: SheetPlace,
        /// The picture.
        attachment: AttachmentId,
        /// Its particulars; `None` where it was taken away.
        scan: Option<Scan>,
    },
    /// A re-check of results (成绩复核) began, or began anew. Chief judge, organiser. When two cross, the later in display order holds.
    #[serde(rename = "recheck.begun")]
    Recheck {
        /// Of which event.
        event: EventId,
        /// Whose sheets.
        plan: Plan,
    },
    /// What the re-check of a sheet found. Checker, chief judge. When two cross and differ, the sheet has to be looked at again.
    #[serde(rename = "recheck.sheet")]
    Rechecked {
        /// Which sheet.
        sheet: SheetPlace,
        /// What was found.
        finding: Finding,
    },
    /// A delegation asks about a result (查分). Chief judge, organiser.
    #[serde(rename = "inquiry.raised")]
    Asked {
        /// The inquiry.
        inquiry: InquiryId,
        /// What is asked.
        asked: Inquiry,
    },
    /// An inquiry was answered. Chief judge, organiser. When two cross and differ, it is unanswered until one of them answers again.
    #[serde(rename = "inquiry.answered")]
    Answered {
        /// The inquiry.
        inquiry: InquiryId,
        /// The answer.
        answer: Answer,
    },
    /// 解密 as one of two confirmed it. Draw officer and supervisor, each their own. When two of one office cross, neither counts.
    #[serde(rename = "draw.opened")]
    Opened {
        /// Which event.
        event: EventId,
        /// In which office.
        office: Office,
        /// By whom, and what.
        opening: Opening,
    },
    /// A value of a parameter that does not stand in the rulebook, such as one that is sealed until a session ends. Organiser, chief
    /// judge. When two cross and differ, neither counts until one of them settles it.
    #[serde(rename = "parameter.value")]
    Parameter {
        /// Of which event.
        event: EventId,
        /// Which parameter of its rulebook.
        parameter: ParameterId,
        /// The text of the datum that chooses the value; empty for the value of everybody else, or of all.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
        /// The value as typed; empty when it was cleared.
        value: String,
    },
    /// The place of an entry among its equals. Chief judge. Every member of a group has such a fact with the same order; when two
    /// cross and differ, the group is undecided until the chief judge settles it.
    #[serde(rename = "entry.decision")]
    Decision {
        /// Which entry.
        entry: EntryId,
        /// What was decided.
        decision: Decision,
    },
    /// A certificate with its number and verification id. Organiser. When two cross, the later in display order holds.
    #[serde(rename = "certificate.issued")]
    Certificate {
        /// For what.
        #[serde(flatten)]
        place: CertificatePlace,
        /// The certificate.
        certificate: Certificate,
    },
    /// Who writes the values of a module that are marked once (裁判组长). Organiser, chief judge. When two cross, the later in display
    /// order holds.
    #[serde(rename = "module.leader")]
    Leader {
        /// Of which event.
        event: EventId,
        /// Which module of its rulebook.
        module: String,
        /// Who, or nobody.
        judge: Option<JudgeId>,
    },
    /// Who sits in a seat of a panel for one entry: 回避 with a 候补裁判, or a judge replaced. Chief judge. When two cross and differ, the
    /// seat is empty for this entry until the chief judge settles it.
    #[serde(rename = "seat.taken")]
    Seat {
        /// Of which event.
        event: EventId,
        /// For which entry.
        entry: EntryId,
        /// Which panel.
        panel: PanelId,
        /// The judge whose seat it is.
        seat: JudgeId,
        /// Who sits there, or that it is the judge of the seat after all.
        sitting: Option<Sitting>,
    },
    /// A sheet is signed, or open again. The judge it belongs to, the group leader for values marked once; the chief judge opens it. When
    /// two cross and differ, it is not signed.
    #[serde(rename = "sheet.state")]
    Sheet {
        /// Which sheet.
        #[serde(flatten)]
        sheet: SheetPlace,
        /// Its state.
        state: SheetState,
    },
    /// A note beside a mark. The judge it belongs to. When two cross, the later in display order holds.
    #[serde(rename = "mark.note")]
    Note {
        /// Beside which mark.
        #[serde(flatten)]
        place: MarkPlace,
        /// The note; empty when it was taken back.
        text: String,
    },
    /// A mark is to be given again. Chief judge. When two cross, the later in display order holds.
    #[serde(rename = "mark.rescore")]
    Rescore {
        /// Which mark; with attempts, all of them.
        #[serde(flatten)]
        place: MarkPlace,
        /// The request, or that it was taken back.
        request: Option<Rescore>,
    },
    /// The contestant confirmed the results of a module on site, or refused. The group leader or judge at the place. When two cross and
    /// differ, neither counts.
    #[serde(rename = "module.confirmed")]
    Confirmed {
        /// Which module of which entry.
        #[serde(flatten)]
        place: ModulePlace,
        /// What the contestant said.
        confirmation: Confirmation,
    },
    /// 补时. The judge at the place; always with a reason. When two cross, the later in display order holds.
    #[serde(rename = "module.extra_time")]
    ExtraTime {
        /// In which module of which entry.
        #[serde(flatten)]
        place: ModulePlace,
        /// Seconds in all.
        seconds: u32,
    },
    /// A bulletin with its number. Organiser. When two cross under one number, neither stands until one of them is chosen, and no other is
    /// published before that.
    #[serde(rename = "bulletin.published")]
    Bulletin {
        /// Of which event.
        event: EventId,
        /// Its number.
        number: u32,
        /// What it says.
        bulletin: Box<Bulletin>,
    },
    /// Figures of an event, with the bulletin that was published: counts alone, for everybody. Organiser, chief judge. When two cross, the later in
    /// display order holds.
    #[serde(rename = "event.figures")]
    Figures {
        /// Of which event.
        event: EventId,
        /// The figures.
        figures: Figures,
    },
    /// Which standings the big screen may show. Organiser. When two cross and differ, it shows none.
    #[serde(rename = "screen.release")]
    Release {
        /// Of which event.
        event: EventId,
        /// Which.
        shown: Shown,
    },
    /// A computer is revoked (吊销), or trusted again. Organiser. When two cross, the earlier cut of each log holds until one of them is
    /// settled; see [`crate::trust`].
    #[serde(rename = "node.revoked")]
    Revoked {
        /// The computer, as the start of its logs names it.
        node: NodeId,
        /// What is still trusted of it; `None` where it is trusted again.
        revocation: Option<Revocation>,
    },
    /// Records in quarantine count as if they had never been there. Chief judge. Several add up.
    #[serde(rename = "record.adopted")]
    Adopted {
        /// Which.
        records: Vec<FactId>,
    },
    /// What was decided about a finding (待办事项) that no other decision settles. Chief judge. When two cross and differ, it is open.
    #[serde(rename = "finding.settled")]
    Settled {
        /// Which finding; its id follows from what it is about.
        finding: FindingId,
        /// What.
        decision: FindingDecision,
    },
    /// Who works here (工作人员), in which roles and at which computers. Organiser. When two cross, the later in display order holds.
    #[serde(rename = "officer.set")]
    Officer {
        /// Who.
        officer: OfficerId,
        /// The person, or that the person works here no longer.
        value: Officer,
    },
    /// Whether people sign in (启用人员登录). Organiser. When two cross, they sign in.
    #[serde(rename = "people.sign_in")]
    SignIn {
        /// They do.
        on: bool,
        /// Which decisions want approvals from then on ([`crate::approval::Edition`]).
        #[serde(default, skip_serializing_if = "Edition::is_first")]
        approvals: Edition,
    },
    /// The public half of a person's key at one computer. The person, or the organiser who sets the PIN. Every one that was ever set stays a
    /// key of the person: what was approved with it stays approved.
    #[serde(rename = "officer.key")]
    OfficerKey {
        /// Whose.
        officer: OfficerId,
        /// At which computer.
        node: NodeKey,
        /// Ed25519: 64 lower-case hex digits.
        key: String,
    },
    /// The public half of a judge's key at one computer. The judge, or the organiser who sets the PIN. Every one that was ever set stays a key of the
    /// judge: what was signed with it stays signed.
    #[serde(rename = "judge.key")]
    JudgeKey {
        /// Whose.
        judge: JudgeId,
        /// At which computer.
        node: NodeKey,
        /// Ed25519: 64 lower-case hex digits.
        key: String,
    },
    /// A person's key at one computer, or a judge's, counts no more (吊销密钥): what was approved with it is not approved, but for the approvals that
    /// are named. Organiser. When two cross, an approval has to be named by both.
    #[serde(rename = "officer.key_revoked")]
    KeyRevoked {
        /// Whose.
        #[serde(flatten)]
        signer: Signer,
        /// At which computer it was made.
        node: NodeKey,
        /// The public half.
        key: String,
        /// The records of approvals with it that are still trusted.
        trusted: Vec<FactId>,
    },
    /// A person approves a record with the own key. Whoever holds a role that the record wants ([`crate::approval`]); a judge the sheet that the judge
    /// signs. All of them stand.
    #[serde(rename = "approved")]
    Approved {
        /// The record: the hash of its header.
        record: FactId,
        /// By whom, and the proof.
        #[serde(flatten)]
        approval: Approval,
    },
    /// A readers' key (阅读密钥), and which computers open what is encrypted to it. Organiser. All of them open what they opened; the latest that
    /// counts is encrypted to ([`crate::readers`]). One whose signature is not good is no fact.
    #[serde(rename = "readers.key")]
    Readers(ReadersKey),
}

/// What was decided between equals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decides under the rulebook that the decision was made under.
    pub by: Last,
    /// The equals, the first before the second; empty when a decision was withdrawn.
    pub order: Vec<EntryId>,
}

/// What a certificate is for. The order is the one certificates are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CertificatePlace {
    /// Event.
    pub event: EventId,
    /// Whose.
    pub entry: EntryId,
    /// The award, as the rulebook names it; `None` for a rank under a rulebook without awards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Its number, as printed.
    pub number: String,
    /// A random id that stands on it as a code and says nothing about anybody.
    pub verification: String,
}

/// Numbers of an entry; empty where not given yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Numbers {
    /// 参赛号.
    pub number: String,
    /// 场次.
    pub session: String,
    /// 赛位号.
    pub station: String,
}

/// Where a mark stands. The order is the one marks are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MarkPlace {
    /// Event.
    pub event: EventId,
    /// Entry.
    pub entry: EntryId,
    /// Item.
    pub item: ItemId,
    /// Judge, for a panel item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<JudgeId>,
    /// Attempt, from 1.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub attempt: u16,
}

const fn first() -> u16 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
const fn is_first(attempt: &u16) -> bool {
    *attempt == 1
}

impl MarkPlace {
    /// The place of a mark that is given once.
    #[must_use]
    pub fn once(event: &EventId, entry: &EntryId, item: &ItemId, judge: Option<&JudgeId>) -> Self {
        Self { event: event.clone(), entry: entry.clone(), item: item.clone(), judge: judge.cloned(), attempt: 1 }
    }
}
