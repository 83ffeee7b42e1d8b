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
/// Theory 25 %, practice 55 %, oral defence 20 %.
pub const THREE_PART_25_55_20: &str = include_str!("../../../docs/rulebooks/three-part-25-55-20.json");
/// Seven judges, the highest and the lowest left out.
pub const PANEL_OF_7_TRIMMED: &str = include_str!("../../../docs/rulebooks/panel-of-7-trimmed.json");
/// Each judge's own sheet of deductions from 100.
pub const DEDUCTIONS_FROM_100: &str = include_str!("../../../docs/rulebooks/deductions-from-100.json");
/// Measurement and judgement, with the WorldSkills scale and medals.
pub const WORLDSKILLS_SCHEME: &str = include_str!("../../../docs/rulebooks/worldskills-scheme.json");
/// The WorldSkills scale and medals of marks made elsewhere.
pub const WORLDSKILLS_SCALE: &str = include_str!("../../../docs/rulebooks/worldskills-scale.json");
/// Time, penalties and bonus; the shorter the better.
pub const TIME_PENALTIES_BONUS: &str = include_str!("../../../docs/rulebooks/time-penalties-bonus.json");
/// Faults from 100, with points for every ten seconds.
pub const FAULTS_TIME_BONUS: &str = include_str!("../../../docs/rulebooks/faults-time-bonus.json");
/// The best of three timed runs.
pub const BEST_OF_3_RUNS: &str = include_str!("../../../docs/rulebooks/best-of-3-runs.json");
/// Legs of a relay, added up for the team.
pub const TEAM_RELAY: &str = include_str!("../../../docs/rulebooks/team-relay.json");
/// A quiz with three heats and a final.
pub const QUIZ_HEATS: &str = include_str!("../../../docs/rulebooks/quiz-heats.json");
/// Experts' marks and a vote.
pub const VOTE_AND_PANEL: &str = include_str!("../../../docs/rulebooks/vote-and-panel.json");
/// Dives with their difficulty.
pub const DIVING: &str = include_str!("../../../docs/rulebooks/diving.json");
/// Difficulty and execution.
pub const GYMNASTICS: &str = include_str!("../../../docs/rulebooks/gymnastics.json");
/// Placings of judges, by the skating system.
pub const SKATING_SYSTEM: &str = include_str!("../../../docs/rulebooks/skating-system.json");
/// The first sample competition, from the instruments' readings.
pub const WASTEWATER_SAMPLE_1_READINGS: &str =
    include_str!("../../../docs/rulebooks/wastewater-sample-1-readings.json");
/// The second sample competition.
pub const RICE_WINE_SAMPLE_2: &str = include_str!("../../../docs/rulebooks/rice-wine-sample-2.json");

/// The rulebooks a new competition may start from: id and document.
#[must_use]
pub const fn templates() -> &'static [(&'static str, &'static str)] {
    &[
        ("theory-practice-30-70", THEORY_PRACTICE_30_70),
        ("theory-practice-20-80", THEORY_PRACTICE_20_80),
        ("panel-of-5-trimmed", PANEL_OF_5_TRIMMED),
        ("three-part-25-55-20", THREE_PART_25_55_20),
        ("panel-of-7-trimmed", PANEL_OF_7_TRIMMED),
        ("deductions-from-100", DEDUCTIONS_FROM_100),
        ("worldskills-scheme", WORLDSKILLS_SCHEME),
        ("worldskills-scale", WORLDSKILLS_SCALE),
        ("time-penalties-bonus", TIME_PENALTIES_BONUS),
        ("faults-time-bonus", FAULTS_TIME_BONUS),
        ("best-of-3-runs", BEST_OF_3_RUNS),
        ("team-relay", TEAM_RELAY),
        ("quiz-heats", QUIZ_HEATS),
        ("vote-and-panel", VOTE_AND_PANEL),
        ("diving", DIVING),
        ("gymnastics", GYMNASTICS),
        ("skating-system", SKATING_SYSTEM),
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
        ("three-part-25-55-20", THREE_PART_25_55_20),
        ("panel-of-7-trimmed", PANEL_OF_7_TRIMMED),
        ("deductions-from-100", DEDUCTIONS_FROM_100),
        ("worldskills-scheme", WORLDSKILLS_SCHEME),
        ("worldskills-scale", WORLDSKILLS_SCALE),
        ("time-penalties-bonus", TIME_PENALTIES_BONUS),
        ("faults-time-bonus", FAULTS_TIME_BONUS),
        ("best-of-3-runs", BEST_OF_3_RUNS),
        ("team-relay", TEAM_RELAY),
        ("quiz-heats", QUIZ_HEATS),
        ("vote-and-panel", VOTE_AND_PANEL),
        ("diving", DIVING),
        ("gymnastics", GYMNASTICS),
        ("skating-system", SKATING_SYSTEM),
        ("wastewater-sample-1-readings", WASTEWATER_SAMPLE_1_READINGS),
        ("rice-wine-sample-2", RICE_WINE_SAMPLE_2),
    ]
}

/// The document of a ready rulebook.
#[must_use]
pub fn template(id: &str) -> Option<&'static str> {
    ready().iter().find(|(own, _)| *own == id).map(|(_, json)| *json)
}
