//! The ready rulebooks of `docs/rulebooks`, built in.

/// 理论30%＋实操70%.
pub const THEORY_PRACTICE_30_70: &str = include_str!("../../../docs/rulebooks/theory-practice-30-70.json");
/// 理论20%＋实操80%.
pub const THEORY_PRACTICE_20_80: &str = include_str!("../../../docs/rulebooks/theory-practice-20-80.json");
/// Five judges, the highest and the lowest left out.
pub const PANEL_OF_5_TRIMMED: &str = include_str!("../../../docs/rulebooks/panel-of-5-trimmed.json");
/// One theory item and the total: something to begin with in the editor.
pub const BLANK: &str = include_str!("../../../docs/rulebooks/blank.json");
/// The first sample competition.
pub const WASTEWATER_SAMPLE_1: &str = include_str!("../../../docs/rulebooks/wastewater-sample-1.json");
/// One segment of figure skating; factors and tie key are those of one kind of segment.
pub const ISU_SEGMENT: &str = include_str!("../../../docs/rulebooks/isu-segment.json");

/// The rulebooks a new competition may start from: id and document.
#[must_use]
pub const fn templates() -> &'static [(&'static str, &'static str)] {
    &[
        ("theory-practice-30-70", THEORY_PRACTICE_30_70),
        ("theory-practice-20-80", THEORY_PRACTICE_20_80),
        ("panel-of-5-trimmed", PANEL_OF_5_TRIMMED),
        ("blank", BLANK),
    ]
}

/// Every ready rulebook: the templates, then the samples.
#[must_use]
pub const fn ready() -> &'static [(&'static str, &'static str)] {
    &[
        ("theory-practice-30-70", THEORY_PRACTICE_30_70),
        ("theory-practice-20-80", THEORY_PRACTICE_20_80),
        ("panel-of-5-trimmed", PANEL_OF_5_TRIMMED),
        ("blank", BLANK),
        ("wastewater-sample-1", WASTEWATER_SAMPLE_1),
        ("isu-segment", ISU_SEGMENT),
    ]
}

/// The document of a ready rulebook.
#[must_use]
pub fn template(id: &str) -> Option<&'static str> {
    ready().iter().find(|(own, _)| *own == id).map(|(_, json)| *json)
}
