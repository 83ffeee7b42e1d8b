//! What stands behind a rank or the lack of one, in a line each: what is missing, how equals were set apart, whom somebody must decide
//! between, and what was typed and does not count.

use super::print::{Page, status_word};
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{Derivation, Mark, Score, Standing, Text, TieStep, Why};
use std::collections::BTreeMap;

impl Page<'_> {
    /// How the total of an entry came about; that of its stage where it went no further.
    pub fn derive(&self, entry: &str) -> Option<Derivation> {
        self.board.explain(self.board.entry(entry)?, &self.engine.rulebook().ranking.by)
    }

    /// Why an entry has no rank, or how it was set apart from the one before it.
    #[must_use]
    pub fn note(&self, standing: &Standing) -> Option<String> {
        let entry = &standing.entry;
        match (&standing.unranked, &standing.tie) {
            (Some(Why::Status), _) => Some(format!("{entry}: not ranked, {}", status_word(standing.status))),
            (Some(Why::Unfinished(items)), _) => {
                Some(format!("{entry}: not ranked yet, {}", self.waits(standing, items)))
            }
            (Some(Why::NoValue), _) => {
                let missing = self.missing(standing).lines();
                let because = if missing.is_empty() { String::new() } else { format!(": {}", missing.join("; ")) };
                Some(format!("{entry}: not ranked, the total has no value{because}"))
            }
            (None, tie) if standing.undecided.is_some() => Some(self.undecided(standing, tie.as_ref())),
            (None, Some(tie)) => Some(format!("{entry}: {}", tied(tie))),
            (None, None) => None,
        }
    }

    /// What an unfinished entry waits for.
    fn waits(&self, standing: &Standing, items: &[String]) -> String {
        let missing = self.missing(standing).lines();
        match (missing.is_empty(), items) {
            (false, _) => missing.join("; "),
            (true, []) => "somebody else is unfinished".to_owned(),
            (true, items) => format!("{} not marked: {}", items.len(), items.join(" ")),
        }
    }

    /// What the result of an entry lacks.
    fn missing(&self, standing: &Standing) -> Missing {
        let rulebook = self.engine.rulebook();
        let stage = standing.stage.as_ref().and_then(|id| rulebook.stages.iter().find(|stage| stage.id == *id));
        let node = stage.and_then(|stage| stage.by.as_ref()).unwrap_or(&rulebook.ranking.by);
        let entry = self.board.entry(&standing.entry);
        let mut missing = Missing::default();
        if let Some(tree) = entry.and_then(|entry| self.board.explain(entry, node)) {
            missing.look(&tree, node);
        }
        missing
    }

    /// Equals whom nobody has decided between yet.
    fn undecided(&self, standing: &Standing, tie: Option<&TieStep>) -> String {
        let entry = &standing.entry;
        let group = self.board.equals().into_iter().find(|group| group.contains(entry)).unwrap_or_default();
        let decided = |id: &String| {
            let own = self.input.field.entries.iter().find(|one| one.id == *id);
            own.and_then(|own| own.data.get("decision")).is_some_and(|text| !text.is_empty())
        };
        let some = if group.iter().any(decided) { "; not all of them have a decision yet" } else { "" };
        let others: Vec<&str> = group.iter().filter(|other| *other != entry).map(String::as_str).collect();
        let by = match standing.undecided {
            Some(Last::Draw) => "a draw decides",
            Some(Last::PlayOff) => "a play-off decides",
            Some(Last::Manual) => "the chief judge decides",
            Some(Last::Share) | None => "somebody decides",
        };
        let pending = tie.map(provisional).unwrap_or_default();
        format!("{entry}: undecided, equal to {} until {by} (datum decision){some}{pending}", others.join(" "))
    }

    /// Judges in the seats of others, marks that do not count, entries that name no group.
    #[must_use]
    pub fn oddities(&self) -> Vec<String> {
        let rulebook = self.engine.rulebook();
        let mut lines: Vec<String> = self
            .board
            .substitutes()
            .iter()
            .map(|one| {
                format!(
                    "panel {}: {} has the seat of {} for {}",
                    one.panel,
                    one.judge,
                    one.seat_of,
                    one.entries.join(" ")
                )
            })
            .collect();
        for stage in &rulebook.stages {
            let Some(datum) = &stage.groups else { continue };
            let blank = |data: &BTreeMap<String, String>| data.get(datum).is_none_or(|text| text.trim().is_empty());
            let entries = self.input.field.entries.iter().filter(|entry| blank(&entry.data));
            let ids: Vec<&str> = entries.map(|entry| entry.id.as_str()).collect();
            if !ids.is_empty() {
                lines.push(format!(
                    "stage {}: {} without {datum:?} form one group: {}",
                    stage.id,
                    ids.len(),
                    ids.join(" ")
                ));
            }
        }
        let mut idle: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for mark in self.input.field.marks.iter().filter(|mark| mark.mark != Mark::NotYet) {
            let place = self.board.entry(&mark.entry).zip(self.board.item(&mark.item));
            if place.is_some_and(|(entry, item)| !self.board.takes_part(entry, item)) {
                let items = idle.entry(&mark.entry).or_default();
                if !items.contains(&mark.item.as_str()) {
                    items.push(&mark.item);
                }
            }
        }
        let idle = idle.into_iter();
        lines.extend(idle.map(|(entry, items)| {
            format!("{entry}: what was marked does not count, it takes no part in that stage: {}", items.join(" "))
        }));
        lines
    }
}

/// What a result lacks.
#[derive(Default)]
struct Missing {
    /// Items that are not marked.
    unmarked: Vec<String>,
    /// Everything else, in words.
    others: Vec<String>,
}

impl Missing {
    fn lines(self) -> Vec<String> {
        let unmarked = (!self.unmarked.is_empty())
            .then(|| format!("{} not marked: {}", self.unmarked.len(), self.unmarked.join(" ")));
        unmarked.into_iter().chain(self.others).collect()
    }

    /// Goes down to what is missing by itself; `under` is the item or node it stands in.
    fn look(&mut self, tree: &Derivation, under: &str) {
        if matches!(tree.score, Score::Value(_)) || tree.op == "seen" {
            return;
        }
        let under = tree.node.as_deref().unwrap_or(under);
        let with = |name: &str| tree.with.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        if let (Some(left), Some(all), Some(needed)) = (with("left"), with("all"), with("needed")) {
            self.say(format!("{under}: {left} of {all} there, {needed} needed"));
            return;
        }
        let waits = tree.score == Score::NotYet;
        match tree.op.as_str() {
            "spread" => self.say(format!(
                "the marks of {under} differ by more than {}, to be marked again",
                with("limit").unwrap_or("")
            )),
            "stage" if waits => self.say(format!("whether it goes on to {under} is not decided")),
            "stage" => self.say(format!("it takes no part in {under}")),
            "parameter" => self.say(format!("the parameter {} has no value", with("name").unwrap_or(under))),
            "datum" | "age" => self.say(format!("{under}: {:?} of the entry is empty", with("name").unwrap_or(""))),
            "answer" if waits && with("answer").is_some_and(|answer| !answer.is_empty()) => match with("parameter") {
                Some(parameter) => self.say(format!("the parameter {parameter} has no value")),
                None => self.unmarked(under),
            },
            "mark" | "answer" => {
                let item = with("item").unwrap_or(under);
                match (&tree.score, with("judge")) {
                    (Score::NotYet, _) => self.unmarked(item),
                    (score, Some(judge)) => self.say(format!("{item}: {} from judge {judge}", gap(score))),
                    (score, None) => self.say(format!("{item} is {}", gap(score))),
                }
            }
            _ => self.below(tree, under),
        }
    }

    fn below(&mut self, tree: &Derivation, under: &str) {
        let missing = tree.parts.iter().filter(|part| !part.left_out && !matches!(part.score, Score::Value(_)));
        let mut any = false;
        for part in missing {
            any = true;
            self.look(part, under);
        }
        if !any {
            self.say(format!("{under} is {}", gap(&tree.score)));
        }
    }

    fn unmarked(&mut self, item: &str) {
        if self.unmarked.iter().all(|known| known != item) {
            self.unmarked.push(item.to_owned());
        }
    }

    fn say(&mut self, line: String) {
        if !self.others.contains(&line) {
            self.others.push(line);
        }
    }
}

const fn gap(score: &Score) -> &'static str {
    match score {
        Score::NotYet => "not there yet",
        Score::Void => "void",
        Score::Absent | Score::Value(_) => "absent",
    }
}

/// How an entry was set apart from the one before it.
fn tied(tie: &TieStep) -> String {
    let against = &tie.against;
    let line = match &tie.decided {
        Some(key) if tie.own.is_empty() => {
            format!("same total as {against}; {} decides, {against} has {} and it has none", key.get("en"), tie.other)
        }
        Some(key) => format!(
            "same total as {against}; {} decides, {} against {}, a difference of {}",
            key.get("en"),
            tie.own,
            tie.other,
            tie.difference
        ),
        None if tie.equal.is_empty() => format!("same total as {against}: the rank is shared"),
        None => format!("same total as {against} and the same {}: the rank is shared", labels(&tie.equal)),
    };
    line + &provisional(tie)
}

/// What is said where a key that was compared is still to be marked.
fn provisional(tie: &TieStep) -> String {
    if tie.pending.is_empty() {
        return String::new();
    }
    format!("; provisional, not marked yet: {}", labels(&tie.pending))
}

fn labels(of: &[Text]) -> String {
    of.iter().map(|label| label.get("en")).collect::<Vec<_>>().join(", ")
}
