//! The command contract: every command once, with its name, kind, the roles it needs, its request and its reply.
//!
//! `app` has the bodies; the desktop shell, the HTTP host and the CLI are adapters generated from [`crate::with_commands`], so a missing
//! body does not compile. A *refusal* is a normal answer that reads like advice; a *failure* is logged with its cause.

pub mod backups;
pub mod bulletins;
pub mod bundle;
pub mod certificates;
pub mod competition;
pub mod desk;
pub mod draw;
pub mod duties;
pub mod erasure;
pub mod files;
pub mod finalising;
pub mod findings;
pub mod foresee;
pub mod hall;
pub mod headquarters;
pub mod hub;
pub mod judging;
pub mod layouts;
pub mod marks;
pub mod nodes;
pub mod pack;
pub mod panel;
pub mod paper;
pub mod parameters;
pub mod people;
pub mod proposals;
pub mod quarantine;
pub mod readers;
pub mod recheck;
pub mod registration;
pub mod results;
pub mod scans;
pub mod scheme;
pub mod screen;
pub mod standby;
pub mod start;
pub mod sync;
pub mod teams;

use crate::ids::CompetitionId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Word of changes to a page that fell behind: anything may have changed. A browser hears no word without letters.
pub const ANYTHING: &str = "*";

/// Reads or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Changes nothing.
    Query,
    /// May append facts.
    Mutation,
}

/// What a person may do. In operator mode one person holds all of them and the log says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 组织者.
    Organiser,
    /// 报名登记.
    Registrar,
    /// 裁判员.
    Judge,
    /// 裁判组长.
    GroupLeader,
    /// 裁判长.
    ChiefJudge,
    /// 录分员.
    Recorder,
    /// 核分员.
    Checker,
    /// 监督员.
    Supervisor,
    /// 加密裁判 (抽签工作人员).
    DrawOfficer,
    /// 仲裁员: looks on, and changes nothing.
    Arbitrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::Organiser,
        Self::Registrar,
        Self::Judge,
        Self::GroupLeader,
        Self::ChiefJudge,
        Self::Recorder,
        Self::Checker,
        Self::Supervisor,
        Self::DrawOfficer,
        Self::Arbitrator,
    ];

    /// Those that are granted to officers; judges have theirs by sitting on a panel or leading a module, and sign in at desks.
    pub const GRANTED: [Self; 8] = [
        Self::Organiser,
        Self::Registrar,
        Self::ChiefJudge,
        Self::Recorder,
        Self::Checker,
        Self::Supervisor,
        Self::DrawOfficer,
        Self::Arbitrator,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organiser => "organiser",
            Self::Registrar => "registrar",
            Self::Judge => "judge",
            Self::GroupLeader => "group_leader",
            Self::ChiefJudge => "chief_judge",
            Self::Recorder => "recorder",
            Self::Checker => "checker",
            Self::Supervisor => "supervisor",
            Self::DrawOfficer => "draw_officer",
            Self::Arbitrator => "arbitrator",
        }
    }

    /// Locale key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Organiser => "role-organiser",
            Self::Registrar => "role-registrar",
            Self::Judge => "role-judge",
            Self::GroupLeader => "role-group-leader",
            Self::ChiefJudge => "role-chief-judge",
            Self::Recorder => "role-recorder",
            Self::Checker => "role-checker",
            Self::Supervisor => "role-supervisor",
            Self::DrawOfficer => "role-draw-officer",
            Self::Arbitrator => "role-arbitrator",
        }
    }
}

/// Who may call a command. Until people sign in (启用人员登录), whoever is at the computer has every role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody at this computer, signed in or not: a start screen, and signing in itself.
    Anyone,
    /// A judge signed in at a desk, by the token in the request; its body refuses every other.
    Desk,
    /// Anybody who is signed in, in whatever role.
    SignedIn,
    /// A person with any of these roles in the competition; for a command of the whole computer, in any competition that has sign-in on.
    AnyOf(&'static [Role]),
}

/// One command.
pub trait Command: Serialize + DeserializeOwned + Send + 'static {
    /// Its name on the wire, `area.verb`.
    const NAME: &'static str;
    /// Query or mutation.
    const KIND: Kind;
    /// Roles, declared where the command is declared.
    const NEEDS: Needs;
    /// What it is for: the words above its declaration.
    const ABOUT: &'static str;
    /// Names of the request's fields and their types, as they are declared.
    const FIELDS: &'static [(&'static str, &'static str)];
    /// What it answers.
    type Reply: Serialize + DeserializeOwned + Send + 'static;

    /// The competition it is about, if any.
    fn competition(&self) -> Option<&CompetitionId> {
        None
    }
}

/// What went wrong, on the wire. The message is written for the person, in the language asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireError {
    /// A small stable code, `area-what`; also the key of the message in the locale files (`error-<code>`).
    pub code: String,
    /// The message.
    pub message: String,
    /// Arguments of the message, by name, so that another language can be shown without asking again.
    #[serde(default)]
    pub details: Vec<(String, String)>,
    /// True when the present state does not allow it (advice), false when something broke.
    #[serde(default)]
    pub refusal: bool,
}

/// Declares a command: `command!(Name, "area.verb", Query, Needs::…, Request { fields } => Reply)`.
#[macro_export]
macro_rules! command {
    ($(#[doc = $doc:literal])* $name:ident = $wire:literal, $kind:ident, $needs:expr, { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } => $reply:ty) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }
        impl $crate::command::Command for $name {
            const NAME: &'static str = $wire;
            const KIND: $crate::command::Kind = $crate::command::Kind::$kind;
            const NEEDS: $crate::command::Needs = $needs;
            const ABOUT: &'static str = concat!($($doc),*);
            const FIELDS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), stringify!($ty))),*];
            type Reply = $reply;
        }
    };
    ($(#[doc = $doc:literal])* $name:ident in competition = $wire:literal, $kind:ident, $needs:expr, { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } => $reply:ty) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Which competition.
            pub competition: $crate::ids::CompetitionId,
            $($(#[$fdoc])* pub $field: $ty),*
        }
        impl $crate::command::Command for $name {
            const NAME: &'static str = $wire;
            const KIND: $crate::command::Kind = $crate::command::Kind::$kind;
            const NEEDS: $crate::command::Needs = $needs;
            const ABOUT: &'static str = concat!($($doc),*);
            const FIELDS: &'static [(&'static str, &'static str)] =
                &[("competition", "CompetitionId"), $((stringify!($field), stringify!($ty))),*];
            type Reply = $reply;
            fn competition(&self) -> Option<&$crate::ids::CompetitionId> {
                Some(&self.competition)
            }
        }
    };
}

/// Calls `$m!` once with every command, so that hosts and tests can be generated from one list.
#[macro_export]
macro_rules! with_commands {
    ($m:ident) => {
        $m! {
            $crate::command::start::AppStatus,
            $crate::command::start::SetLanguage,
            $crate::command::start::ListTemplates,
            $crate::command::start::VerifyCalculation,
            $crate::command::competition::ListCompetitions,
            $crate::command::competition::CreateCompetition,
            $crate::command::competition::Home,
            $crate::command::competition::ShowSettings,
            $crate::command::competition::EditSettings,
            $crate::command::competition::ShowRulebook,
            $crate::command::competition::ReplaceRulebook,
            $crate::command::scheme::FromMarkingScheme,
            $crate::command::parameters::ShowParameters,
            $crate::command::parameters::SetParameters,
            $crate::command::competition::ListHistory,
            $crate::command::competition::VerifyLedger,
            $crate::command::registration::ListEntries,
            $crate::command::registration::AddEntry,
            $crate::command::registration::EditEntry,
            $crate::command::registration::SetEntryStatus,
            $crate::command::registration::NumberEntries,
            $crate::command::registration::RosterTemplate,
            $crate::command::registration::PreviewRoster,
            $crate::command::registration::ImportRoster,
            $crate::command::erasure::PreviewErasure,
            $crate::command::erasure::ErasePerson,
            $crate::command::draw::ShowDraw,
            $crate::command::draw::RecordLot,
            $crate::command::draw::DrawByComputer,
            $crate::command::draw::SwapLots,
            $crate::command::draw::VoidDraw,
            $crate::command::draw::ChooseDraw,
            $crate::command::draw::SealNames,
            $crate::command::draw::PrepareLock,
            $crate::command::draw::LockNames,
            $crate::command::draw::OpenSeal,
            $crate::command::draw::OpenEnvelope,
            $crate::command::people::ShowSignIn,
            $crate::command::people::SignIn,
            $crate::command::people::SignOut,
            $crate::command::people::StaySignedIn,
            $crate::command::people::AskIn,
            $crate::command::people::ListPeople,
            $crate::command::people::SaveOfficer,
            $crate::command::people::SetOfficerPin,
            $crate::command::people::BeginSignIn,
            $crate::command::people::EndSignIn,
            $crate::command::people::Approve,
            $crate::command::people::RevokeKey,
            $crate::command::judging::ListJudges,
            $crate::command::judging::SaveJudge,
            $crate::command::judging::SetPin,
            $crate::command::judging::SetPanel,
            $crate::command::judging::SetLeader,
            $crate::command::desk::ShowSeats,
            $crate::command::desk::LockDesk,
            $crate::command::desk::ReleaseDesk,
            $crate::command::desk::SignIn,
            $crate::command::desk::SignOut,
            $crate::command::desk::LetLook,
            $crate::command::desk::ShowDesk,
            $crate::command::desk::DeskMark,
            $crate::command::desk::DeskNote,
            $crate::command::desk::SignSheet,
            $crate::command::desk::ConfirmResults,
            $crate::command::desk::AddTime,
            $crate::command::hall::ShowHall,
            $crate::command::panel::ShowPanelMarks,
            $crate::command::hall::ReopenSheet,
            $crate::command::hall::RequestRescore,
            $crate::command::hall::SetSeat,
            $crate::command::hall::ReplaceJudge,
            $crate::command::marks::ShowSheet,
            $crate::command::marks::EnterMark,
            $crate::command::marks::MarksTemplate,
            $crate::command::marks::PreviewMarks,
            $crate::command::marks::ImportMarks,
            $crate::command::paper::ListSheets,
            $crate::command::paper::ChoosePaper,
            $crate::command::paper::FindSheet,
            $crate::command::paper::RecordSheet,
            $crate::command::paper::CheckSheet,
            $crate::command::paper::SettleSheet,
            $crate::command::scans::ListScans,
            $crate::command::scans::AttachScan,
            $crate::command::scans::RemoveScan,
            $crate::command::scans::ShowScan,
            $crate::command::recheck::ShowRecheck,
            $crate::command::recheck::BeginRecheck,
            $crate::command::recheck::RecheckSheet,
            $crate::command::recheck::RaiseInquiry,
            $crate::command::recheck::AnswerInquiry,
            $crate::command::results::ShowStandings,
            $crate::command::results::ExplainEntry,
            $crate::command::results::DecideEquals,
            $crate::command::results::WithdrawDecision,
            $crate::command::foresee::Foresee,
            $crate::command::finalising::ShowFinalising,
            $crate::command::finalising::ConfirmResults,
            $crate::command::results::Finalise,
            $crate::command::results::Reopen,
            $crate::command::bulletins::ListBulletins,
            $crate::command::bulletins::PublishBulletin,
            $crate::command::bulletins::ChooseBulletin,
            $crate::command::screen::ShowScreen,
            $crate::command::screen::StageScreen,
            $crate::command::screen::CountDown,
            $crate::command::screen::ReleaseStandings,
            $crate::command::screen::ShowShared,
            $crate::command::screen::ShareScreen,
            $crate::command::screen::UnshareScreen,
            $crate::command::nodes::RevokeNode,
            $crate::command::nodes::RestoreNode,
            $crate::command::quarantine::ListQuarantine,
            $crate::command::quarantine::AdoptRecords,
            $crate::command::findings::ListFindings,
            $crate::command::findings::SettleFinding,
            $crate::command::files::PreviewDocument,
            $crate::command::files::RenderDocument,
            $crate::command::files::SaveDocument,
            $crate::command::files::OpenFile,
            $crate::command::files::FetchFile,
            $crate::command::layouts::ListLayouts,
            $crate::command::layouts::FetchLayout,
            $crate::command::layouts::SetLayout,
            $crate::command::certificates::ListCertificates,
            $crate::command::certificates::IssueCertificates,
            $crate::command::certificates::SetArtwork,
            $crate::command::pack::PlanPack,
            $crate::command::pack::BeginPack,
            $crate::command::pack::WritePart,
            $crate::command::pack::ClosePack,
            $crate::command::pack::DropPack,
            $crate::command::bundle::ExportBundle,
            $crate::command::bundle::ImportBundle,
            $crate::command::bundle::ImportBundleFrom,
            $crate::command::sync::Connect,
            $crate::command::sync::Disconnect,
            $crate::command::sync::MakePairingCode,
            $crate::command::sync::ListNearby,
            $crate::command::sync::AdoptBranch,
            $crate::command::sync::SyncStatus,
            $crate::command::readers::ShowReaders,
            $crate::command::readers::GrantReaders,
            $crate::command::hub::ShowHub,
            $crate::command::hub::OpenHub,
            $crate::command::hub::CloseHub,
            $crate::command::standby::ShowStandby,
            $crate::command::standby::TakeOver,
            $crate::command::standby::HandBack,
            $crate::command::standby::PairHeadquarters,
            $crate::command::headquarters::ShowOverview,
            $crate::command::headquarters::ListNodes,
            $crate::command::backups::ListBackups,
            $crate::command::backups::MakeBackup,
            $crate::command::backups::SetBackupPlace,
            $crate::command::backups::FindBackups,
            $crate::command::backups::PreviewBackup,
            $crate::command::backups::RestoreBackup,
        }
    };
}
