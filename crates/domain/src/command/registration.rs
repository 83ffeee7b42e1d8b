//! Commands of registration: entries by hand and by import.

use super::files::{File, Upload};
use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, FactId};
use jiangsai_scoring::{EntryStatus, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A field of the registration form. The first six are fixed, the others are switched on per competition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldId {
    /// 姓名.
    Name,
    /// 证件类型.
    DocumentKind,
    /// 证件号码.
    DocumentNumber,
    /// 手机号码.
    Phone,
    /// 单位.
    Unit,
    /// 统一社会信用代码.
    UnitCode,
    /// 职业(工种).
    Occupation,
    /// 现有职业技能等级.
    SkillLevel,
    /// 参赛号, when the organiser brings numbers along.
    Number,
    /// 场次.
    Session,
    /// 赛位号.
    Station,
    /// 代表队.
    Delegation,
    /// 性别.
    Sex,
    /// 出生日期.
    BirthDate,
    /// 学历.
    Education,
    /// 职业技能等级证书编号.
    Certificate,
    /// 从业年限.
    YearsInTrade,
    /// 单位所有制.
    Ownership,
    /// 农民工.
    MigrantWorker,
    /// 职称.
    Title,
    /// 准考证号, under which an examination knows a contestant.
    Admission,
    /// 备注.
    Note,
}

/// What was typed or imported for one contestant, by field; an absent field is empty.
pub type Form = BTreeMap<FieldId, String>;

/// A fault in one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// Which field.
    pub field: FieldId,
    /// Locale key of the reason (`fault-…`) with arguments.
    pub why: (String, Vec<(String, String)>),
}

command! {
    /// Entries of an event, by 参赛号 then name.
    ListEntries in competition = "entries.list", Query, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which event.
        event: EventId,
        /// Text to find in name, unit, number or the last four digits of the document; empty for all.
        search: String
    } => EntryList
}

/// Reply of [`ListEntries`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryList {
    /// Fields in use, in order of the form.
    pub fields: Vec<FieldId>,
    /// Entries found.
    pub rows: Vec<EntryRow>,
    /// Entries in the event.
    pub total: u32,
    /// Names are sealed (加密): no row has a number or a status, and its id names the person.
    pub sealed: bool,
    /// Stages from which a status can hold; none where the event has but one.
    pub stages: Vec<(String, Text)>,
}

/// One entry as the registrar sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Its id; of its person while names are sealed.
    pub id: EntryId,
    /// 参赛号, or empty.
    pub number: String,
    /// 场次, or empty.
    pub session: String,
    /// 赛位号, or empty.
    pub station: String,
    /// Status; `None` while names are sealed.
    pub status: Option<EntryStatus>,
    /// The stage from which the status holds, where that is not the beginning.
    pub stage: Option<String>,
    /// The form as registered (document number masked as `330***********1234`).
    pub form: Form,
    /// Facts the form and the numbers stand on, to name when they are changed; none while names are sealed.
    #[serde(default)]
    pub facts: Vec<FactId>,
    /// What was known of the person is erased.
    #[serde(default)]
    pub erased: bool,
}

command! {
    /// Registers one contestant by hand.
    AddEntry in competition = "entries.add", Mutation, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which event.
        event: EventId,
        /// The form.
        form: Form
    } => Saved<EntryId>
}

/// Saved, or what is wrong by field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saved<T> {
    /// It is durable.
    Saved(T),
    /// Nothing was saved.
    Refused(Vec<FieldFault>),
}

command! {
    /// Changes the form of an entry. A masked document number left as it was stays as it was.
    EditEntry in competition = "entries.edit", Mutation, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which entry.
        entry: EntryId,
        /// The form.
        form: Form,
        /// Facts the form stood on when it was shown ([`EntryRow::facts`]).
        replaces: Vec<FactId>,
        /// Why, or empty.
        reason: String
    } => Saved<EntryId>
}

command! {
    /// Withdraws an entry, or sets another status, or takes it back.
    SetEntryStatus in competition = "entries.set_status", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which entry.
        entry: EntryId,
        /// New status.
        status: EntryStatus,
        /// Id of the stage from which it holds; `None` for the beginning.
        #[serde(default)]
        stage: Option<String>,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Gives 参赛号 and 赛位号 in order to the entries that have none.
    NumberEntries in competition = "entries.number", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// Letters before the number, as in `S`.
        prefix: String,
        /// Stations per session; 0 for one session.
        stations: u32
    } => u32
}

command! {
    /// An empty roster workbook with the fields in use.
    RosterTemplate in competition = "entries.template", Query, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which event.
        event: EventId
    } => File
}

command! {
    /// Reads a roster file and says what it would do; applies nothing.
    PreviewRoster in competition = "entries.preview", Query, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which event.
        event: EventId,
        /// The file.
        file: Upload
    } => ImportPreview
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// Header of each column of the file, and the field or place it is read as (locale key), or empty when it is left out.
    pub columns: Vec<(String, String)>,
    /// Rows as read, header excluded, document numbers masked; at most the first 500.
    pub rows: Vec<PreviewRow>,
    /// Rows with data.
    pub total: u32,
    /// Every fault; the import is possible only when there is none.
    pub faults: Vec<CellFault>,
    /// What to know that does not stop the import.
    pub notes: Vec<(String, Vec<(String, String)>)>,
    /// SHA-256 of the file and of the state it was checked against: the import demands the same.
    pub token: String,
}

/// One row of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Row in the file, from 1, the header included.
    pub row: u32,
    /// Cells as read.
    pub cells: Vec<String>,
}

/// A fault in a file, by cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    /// Row in the file, from 1; 0 for the whole file.
    pub row: u32,
    /// Column as a spreadsheet names it (`A`, `B` …), or empty for the whole row.
    pub column: String,
    /// The header of the column, or empty.
    pub header: String,
    /// Locale key of the reason (`fault-…`) with arguments.
    pub why: (String, Vec<(String, String)>),
}

command! {
    /// Imports a roster, all rows or none. Refused with the faults when anything is wrong or the token is stale.
    ImportRoster in competition = "entries.import", Mutation, Needs::AnyOf(&[Role::Organiser, Role::Registrar]), {
        /// Which event.
        event: EventId,
        /// The same file.
        file: Upload,
        /// Token of the preview.
        token: String
    } => Imported
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imported {
    /// Rows applied, all of them, in one transaction.
    Applied(u32),
    /// Nothing was applied.
    Refused(Vec<CellFault>),
}
