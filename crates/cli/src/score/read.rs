//! From the files to a rulebook, a field and the names of its entries, or to everything that is wrong with them.

use super::faults::{Fault, file_name};
use super::sheet::{self, Row, Sheet};
use jiangsai_locales::Lang;
use jiangsai_scoring::field::{Entry, EntryStatus, Field, MarkRow};
use jiangsai_scoring::input::{half_width, is_date, parse_mark};
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Exact, FieldReason, Mark, MarkFault, Rulebook};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The input as a whole.
pub struct Read {
    /// The rulebook.
    pub rulebook: Rulebook,
    /// Entries and marks.
    pub field: Field,
    /// Names by entry.
    pub names: BTreeMap<String, String>,
}

/// The files.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// The rulebook, JSON.
    pub rulebook: &'a Path,
    /// The marks, CSV.
    pub marks: &'a Path,
    /// The entries, CSV.
    pub entries: Option<&'a Path>,
    /// Values of parameters, CSV.
    pub parameters: Option<&'a Path>,
}

/// Reads all files.
///
/// # Errors
/// Every fault of every file.
pub fn read(files: &Files<'_>) -> Result<Read, Vec<Fault>> {
    let Files { rulebook, marks, entries, parameters } = *files;
    let mut faults = Vec::new();
    let rules = read_rulebook(rulebook, Lang::En).map_err(|found| faults.extend(found)).ok();
    let mut list = Entries::default();
    let mut listed = entries.and_then(|file| open(file, &mut faults));
    if let Some(sheet) = &mut listed {
        list.read(sheet, &Wanted::of(rules.as_ref()), rules.as_ref());
        list.closed = true;
    }
    let mut marked = open(marks, &mut faults);
    // Where the list of entries is broken, nothing is said about entries that are not in it.
    let whole = entries.is_none() || listed.as_ref().is_some_and(|sheet| sheet.faults.is_empty());
    let rows = marked.as_mut().map(|sheet| read_marks(sheet, rules.as_ref(), &mut list, whole)).unwrap_or_default();
    let mut given = parameters.and_then(|file| open(file, &mut faults));
    let values = given.as_mut().map(|sheet| read_parameters(sheet, rules.as_ref())).unwrap_or_default();
    for mut sheet in listed.into_iter().chain(marked).chain(given) {
        sheet.faults.sort_by_key(Fault::order);
        faults.append(&mut sheet.faults);
    }
    match rules {
        Some(rulebook) if faults.is_empty() => {
            let field = Field { entries: list.entries, panels: BTreeMap::new(), parameters: values, marks: rows };
            Ok(Read { rulebook, field, names: list.names })
        }
        _ => Err(faults),
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(file).map_err(|error| Fault::file(&file_name(file), format!("cannot be read: {error}")))
}

fn open(file: &Path, faults: &mut Vec<Fault>) -> Option<Sheet> {
    match bytes(file) {
        Ok(bytes) => Some(Sheet::read(&file_name(file), &bytes)),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// Reads a rulebook; faults are said in this language.
///
/// # Errors
/// Every fault of the rulebook.
pub fn read_rulebook(file: &Path, lang: Lang) -> Result<Rulebook, Vec<Fault>> {
    let name = file_name(file);
    let bytes = bytes(file).map_err(|fault| vec![fault])?;
    let text = sheet::decode(&bytes).map_err(|(_, reason)| vec![Fault::pointer(&name, "", reason)])?;
    Rulebook::from_json(text).map_err(|faults| {
        let said = |fault: &jiangsai_scoring::Fault| {
            let args: Vec<(&str, &str)> =
                fault.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let key = format!("fault-rulebook-{}", fault.code.name().replace('_', "-"));
            Fault::pointer(&name, &fault.path, jiangsai_locales::text(lang, &key, &args))
        };
        faults.iter().map(said).collect()
    })
}

/// What is written, if anything.
fn given(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A status in either language, in Chinese as the rules of competitions have it or as the screen does; nothing is no status.
fn status(text: &str) -> Result<Option<EntryStatus>, String> {
    Ok(Some(match text.to_lowercase().as_str() {
        "" => return Ok(None),
        // Whoever finished early is in good standing; a rule that rewards it looks at the time.
        "ok" | "正常" | "参赛" | "提前完成" => EntryStatus::Ok,
        "absent" | "缺考" => EntryStatus::Absent,
        "withdrawn" | "弃权" | "退赛" => EntryStatus::Withdrawn,
        "retired" | "中途离场" | "中途退出" => EntryStatus::Retired,
        "disqualified" | "取消竞赛资格" | "取消资格" => EntryStatus::Disqualified,
        "not_checked_in" | "未检录" => EntryStatus::NotCheckedIn,
        "unfinished" | "未完赛" => EntryStatus::Unfinished,
        "void" | "成绩无效" => EntryStatus::Void,
        _ => {
            return Err(format!(
                "{text:?} is none of ok, absent, withdrawn, retired, disqualified, not_checked_in, unfinished, void"
            ));
        }
    }))
}

/// Data that must be readable, by what they are.
#[derive(Default)]
struct Wanted {
    numbers: BTreeSet<String>,
    dates: BTreeSet<String>,
}

impl Wanted {
    fn of(rulebook: Option<&Rulebook>) -> Self {
        let all = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
        rulebook.map_or_else(Self::default, |rulebook| Self {
            numbers: all(rulebook.numbers()),
            dates: all(rulebook.dates()),
        })
    }

    /// The names a column is wanted under, whatever their case, and what is wrong with a cell of it.
    fn look(&self, header: &str, cell: &str) -> (Vec<String>, Option<String>) {
        let among = |names: &BTreeSet<String>| -> Vec<String> {
            names.iter().filter(|one| one.to_lowercase() == header.to_lowercase()).cloned().collect()
        };
        let (numbers, dates) = (among(&self.numbers), among(&self.dates));
        let fault = match cell {
            "" => None,
            _ if !numbers.is_empty() && Exact::parse_decimal(cell).is_err() => {
                Some(format!("{cell:?} is not a number"))
            }
            _ if !dates.is_empty() && !is_date(cell) => Some(format!("{cell:?} is not a date such as 1990-05-08")),
            _ => None,
        };
        (numbers.into_iter().chain(dates).collect(), fault)
    }
}

/// The entries while they are read.
#[derive(Default)]
struct Entries {
    entries: Vec<Entry>,
    names: BTreeMap<String, String>,
    by_id: HashMap<String, usize>,
    /// The status that was written, the stage from which it holds, and the place, by entry.
    written: HashMap<String, (EntryStatus, Option<String>, String)>,
    /// They come from a list of their own.
    closed: bool,
}

impl Entries {
    fn add(&mut self, entry: Entry) {
        self.by_id.insert(entry.id.clone(), self.entries.len());
        self.entries.push(entry);
    }

    fn read(&mut self, sheet: &mut Sheet, wanted: &Wanted, rulebook: Option<&Rulebook>) {
        let entry = sheet.needed("entry");
        let (name, team, state) = (sheet.column("name"), sheet.column("team"), sheet.column("status"));
        let since_at = sheet.column("status_stage");
        let mut first: HashMap<String, usize> = HashMap::new();
        for row in std::mem::take(&mut sheet.rows) {
            let id = row.cell(entry);
            if entry.is_none() {
                // Said once, at the header.
            } else if id.is_empty() {
                sheet.fault(row.number, entry, "the entry is missing");
            } else if let Some(before) = first.insert(id.to_owned(), row.number) {
                sheet.fault(row.number, entry, format!("the entry is there twice, first in row {before}"));
            }
            let found = status(row.cell(state)).unwrap_or_else(|reason| {
                sheet.fault(row.number, state, reason);
                None
            });
            let since = given(row.cell(since_at));
            let stages = rulebook.map_or(&[][..], |rulebook| &rulebook.stages);
            if rulebook.is_some() && since.as_ref().is_some_and(|id| stages.iter().all(|stage| stage.id != *id)) {
                sheet.fault(row.number, since_at, FieldReason::UnknownStage.to_string());
            }
            let own = [entry, name, team, state, since_at];
            let mut data = BTreeMap::new();
            for index in (0..sheet.header.len()).filter(|index| !own.contains(&Some(*index))) {
                let header = sheet.header[index].clone();
                let cell = row.cell(Some(index));
                let (known, fault) = wanted.look(&header, cell);
                if let Some(fault) = fault {
                    sheet.fault(row.number, Some(index), fault);
                }
                data.extend(known.into_iter().map(|name| (name, cell.to_owned())));
                data.insert(header, cell.to_owned());
            }
            if let Some(found) = found {
                let place = format!("row {} of the entries", row.number);
                self.written.insert(id.to_owned(), (found, since.clone(), place));
            }
            let team = given(row.cell(team));
            self.names.insert(id.to_owned(), row.cell(name).to_owned());
            self.add(Entry { id: id.to_owned(), status: found.unwrap_or_default(), since, team, data });
        }
    }
}

const PARAMETER_COLUMNS: [&str; 3] = ["parameter", "value", "for"];

/// A column that is none of these is refused: one that is spelt wrong would be passed over.
fn only(sheet: &mut Sheet, columns: &[&str]) {
    for (index, name) in sheet.header.clone().iter().enumerate() {
        if !name.is_empty() && !columns.contains(&name.to_lowercase().as_str()) {
            sheet.fault(1, Some(index), format!("no such column; there are {}", columns.join(", ")));
        }
    }
}

/// Values of parameters, by parameter and by the text that chooses one.
fn read_parameters(sheet: &mut Sheet, rulebook: Option<&Rulebook>) -> BTreeMap<String, BTreeMap<String, String>> {
    let (id_at, value_at, for_at) = (sheet.needed("parameter"), sheet.needed("value"), sheet.column("for"));
    only(sheet, &PARAMETER_COLUMNS);
    let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in std::mem::take(&mut sheet.rows) {
        let (id, value, text) = (row.cell(id_at), row.cell(value_at), row.cell(for_at));
        let Some(rulebook) = rulebook.filter(|_| id_at.is_some() && value_at.is_some()) else { continue };
        let Some(parameter) = rulebook.parameter(id) else {
            sheet.fault(row.number, id_at, format!("the rulebook has no parameter {id:?}"));
            continue;
        };
        if let Err(why) = rulebook.check_value_of(parameter, value) {
            sheet.fault(row.number, value_at, format!("{id}: {value:?} {why}"));
        }
        if parameter.by.is_none() && !text.is_empty() {
            sheet.fault(row.number, for_at, format!("{id} has one value for all: leave the column for empty"));
        }
        if values.entry(id.to_owned()).or_default().insert(text.to_owned(), value.to_owned()).is_some() {
            sheet.fault(row.number, id_at, "the value is there twice");
        }
    }
    values
}

const MARK_COLUMNS: [&str; 7] = ["entry", "item", "judge", "value", "stage", "attempt", "status"];

/// The marks; entries that are in no list are added as they come.
fn read_marks(sheet: &mut Sheet, rulebook: Option<&Rulebook>, list: &mut Entries, whole: bool) -> Vec<MarkRow> {
    let mut columns = Columns::default();
    for (index, name) in MARK_COLUMNS.iter().enumerate() {
        columns.0[index] = if index < 4 { sheet.needed(name) } else { sheet.column(name) };
    }
    only(sheet, &MARK_COLUMNS);
    let mut seen = HashMap::new();
    let mut seats = Seats::new();
    let mut marks = Vec::new();
    for row in std::mem::take(&mut sheet.rows) {
        let mark = columns.mark(sheet, &row, rulebook, &mut seats);
        columns.entry(sheet, &row, list, whole);
        // A stage that is left out is the one of the item.
        let own = || rulebook?.item(&mark.item)?.stage.clone();
        let stage = mark.stage.clone().or_else(own);
        let place = (mark.entry.clone(), mark.item.clone(), mark.judge.clone(), stage, mark.attempt);
        let placed = columns.are_there() && !mark.entry.is_empty() && !mark.item.is_empty();
        if placed && let Some(before) = seen.insert(place, row.number) {
            sheet.fault(row.number, columns.value(), format!("marked twice, first in row {before}"));
        }
        marks.push(mark);
    }
    marks
}

/// The judges who marked an entry, by panel and entry.
type Seats = BTreeMap<(String, String), BTreeSet<String>>;

/// A mark as it is typed; one that is void, such as a failed attempt, as `×`, `x` or `void`, unless that is a value of the item.
fn typed(item: &Item, text: &str) -> Result<Mark, MarkFault> {
    let void = ["×", "x", "void", "作废"].contains(&text.to_lowercase().as_str());
    parse_mark(item, text).or_else(|fault| if void { Ok(Mark::Void) } else { Err(fault) })
}

/// Where the columns of the marks are, in the order of [`MARK_COLUMNS`].
#[derive(Default)]
struct Columns([Option<usize>; 7]);

impl Columns {
    const fn value(&self) -> Option<usize> {
        self.0[3]
    }

    /// Without these the place of a mark is not known.
    fn are_there(&self) -> bool {
        self.0[..3].iter().all(Option::is_some)
    }

    /// One mark as written, with everything that does not fit the rulebook noted.
    fn mark(&self, sheet: &mut Sheet, row: &Row, rulebook: Option<&Rulebook>, seats: &mut Seats) -> MarkRow {
        let [_, item_at, judge_at, value_at, stage_at, attempt_at, _] = self.0;
        let (id, judge, stage) = (row.cell(item_at), row.cell(judge_at), row.cell(stage_at));
        let attempt = match row.cell(attempt_at) {
            "" => 1,
            text => half_width(text).parse::<u16>().ok().filter(|number| *number > 0).unwrap_or_else(|| {
                sheet.fault(row.number, attempt_at, format!("{text:?} is not a number of an attempt, from 1"));
                1
            }),
        };
        let mut mark = Mark::NotYet;
        if item_at.is_some() && id.is_empty() {
            sheet.fault(row.number, item_at, "the item is missing");
        } else if let (Some(rulebook), Some(_)) = (rulebook, item_at) {
            let mut note = |column, reason: FieldReason| sheet.fault(row.number, column, reason.to_string());
            match rulebook.item(id) {
                None => note(item_at, FieldReason::UnknownItem),
                Some(item) => {
                    if !stage.is_empty() && item.stage.as_deref() != Some(stage) {
                        note(stage_at, FieldReason::UnknownStage);
                    }
                    if attempt > item.attempt_count() {
                        note(attempt_at, FieldReason::UnknownAttempt);
                    }
                    match (item.panel(), judge) {
                        _ if judge_at.is_none() => {}
                        (None, "") => {}
                        (None, _) => note(judge_at, FieldReason::JudgeNotExpected),
                        (Some(_), "") => note(judge_at, FieldReason::JudgeMissing),
                        (Some(panel), judge) => {
                            let most = rulebook.panel(panel).map_or(0, |panel| panel.seats);
                            let entry = row.cell(self.0[0]).to_owned();
                            let sitting = seats.entry((panel.to_owned(), entry)).or_default();
                            if sitting.insert(judge.to_owned()) && sitting.len() > usize::from(most) {
                                let (panel, found) = (panel.to_owned(), sitting.len());
                                note(judge_at, FieldReason::TooManyJudges { panel, seats: most, found });
                            }
                        }
                    }
                    match typed(item, row.cell(value_at)) {
                        Ok(found) => mark = found,
                        Err(fault) => {
                            let reason = format!("{:?} is {fault}", row.cell(value_at));
                            sheet.fault(row.number, value_at, reason);
                        }
                    }
                }
            }
        }
        let (entry, item) = (row.cell(self.0[0]).to_owned(), id.to_owned());
        MarkRow { entry, item, judge: given(judge), stage: given(stage), attempt, mark }
    }

    /// The entry of a mark and the status that is written beside it.
    fn entry(&self, sheet: &mut Sheet, row: &Row, list: &mut Entries, whole: bool) {
        let [entry_at, .., stage_at, _, status_at] = self.0;
        let id = row.cell(entry_at);
        if entry_at.is_some() && id.is_empty() {
            sheet.fault(row.number, entry_at, "the entry is missing");
        } else if entry_at.is_some() && !list.by_id.contains_key(id) {
            if !list.closed {
                list.add(Entry { id: id.to_owned(), ..Entry::default() });
            } else if whole {
                sheet.fault(row.number, entry_at, format!("the list of entries has no {id:?}"));
            }
        }
        match status(row.cell(status_at)) {
            Err(reason) => sheet.fault(row.number, status_at, reason),
            Ok(Some(found)) if !id.is_empty() => {
                let since = given(row.cell(stage_at));
                let own = || (found, since.clone(), format!("row {}", row.number));
                let (before, stage, place) = list.written.entry(id.to_owned()).or_insert_with(own);
                if *before != found || *stage != since {
                    let reason = format!("another status is given in {place}");
                    sheet.fault(row.number, status_at, reason);
                } else if let Some(index) = list.by_id.get(id) {
                    list.entries[*index].status = found;
                    list.entries[*index].since = since;
                }
            }
            Ok(_) => {}
        }
    }
}
