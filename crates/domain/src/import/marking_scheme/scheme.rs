//! What a marking scheme says, cell by cell no longer.

use jiangsai_scoring::Exact;

/// A scheme.
#[derive(Debug, Default)]
pub(super) struct Scheme {
    /// What stands above the tables, such as the name of the skill.
    pub title: String,
    /// Criteria in the order of the sheet.
    pub criteria: Vec<Criterion>,
    /// The total the sheet itself gives for all criteria.
    pub declared: Option<Declared>,
    /// Some mark belongs to no criterion that could be named, so the sum is not known.
    pub unsummed: bool,
}

/// A criterion: A, B …
#[derive(Debug, Default)]
pub(super) struct Criterion {
    /// Its letters.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
    /// Its sub-criteria.
    pub subs: Vec<SubCriterion>,
    /// The total the sheet itself gives.
    pub declared: Option<Declared>,
    /// Sum of the maximum marks that could be read.
    pub sum: Exact,
    /// Some could not.
    pub unsummed: bool,
}

/// A sub-criterion: A1, A2 …
#[derive(Debug)]
pub(super) struct SubCriterion {
    /// Its id.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
    /// Its row in the table.
    pub row: usize,
    /// Aspects without faults, in the order of the sheet.
    pub aspects: Vec<Aspect>,
    /// An aspect stands below it, with or without faults.
    pub used: bool,
}

/// An aspect.
#[derive(Debug)]
pub(super) struct Aspect {
    /// Description, extra description and requirement.
    pub name: String,
    /// Maximum mark.
    pub max: Exact,
    /// What 0, 1, 2 and 3 stand for; `None` for measurement.
    pub ladder: Option<[String; 4]>,
}

/// A number the sheet gives for a sum, with its place.
#[derive(Debug)]
pub(super) struct Declared {
    /// Row in the table.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// The number.
    pub value: Exact,
}

impl Scheme {
    /// The criterion with these letters, made where there is none yet.
    pub(super) fn criterion(&mut self, id: &str) -> &mut Criterion {
        let at = self.criteria.iter().position(|criterion| criterion.id == id).unwrap_or_else(|| {
            self.criteria.push(Criterion { id: id.to_owned(), ..Criterion::default() });
            self.criteria.len() - 1
        });
        &mut self.criteria[at]
    }

    /// A sub-criterion by its id.
    pub(super) fn sub(&self, id: &str) -> Option<&SubCriterion> {
        self.criteria.iter().flat_map(|criterion| &criterion.subs).find(|sub| sub.id == id)
    }
}

/// Is it the id of a criterion, one or two capital letters?
pub(super) fn is_criterion(id: &str) -> bool {
    (1..=2).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The criterion a sub-criterion belongs to, if the id is one: its letters, before one to three digits.
pub(super) fn criterion_of(id: &str) -> Option<&str> {
    let (letters, digits) = id.split_at(id.find(|letter: char| !letter.is_ascii_uppercase())?);
    let numbered = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_criterion(letters) && numbered).then_some(letters)
}
