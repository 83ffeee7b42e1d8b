//! The 30/70 template once more, written by hand in integers, so that the journeys compare the product with something else.

/// Everything is counted in hundredths of a point.
pub struct Line {
    pub entry: usize,
    pub practice: i64,
    pub total: i64,
    pub rank: usize,
}

/// The mark of judge `judge` for item `item` of entry `entry`, in halves of a point of 25: spread over the field, with ties.
pub fn mark(entry: usize, item: usize, judge: usize) -> i64 {
    let level = 30 + ((entry * 7 + item * 5) % 17) as i64;
    (level + ((entry + item * 3 + judge * 2) % 4) as i64).min(50)
}

/// The theory result of an entry, in whole points of 100.
pub fn theory(entry: usize) -> i64 {
    60 + ((entry * 11) % 37) as i64
}

/// Halves as a judge types them.
pub fn typed(halves: i64) -> String {
    if halves % 2 == 0 { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
}

/// Hundredths as they are printed.
pub fn printed(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn half_up(numerator: i64, denominator: i64) -> i64 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Standings of `entries` entries with `items` items and five judges: drop the highest and the lowest, mean of the rest to two
/// digits, 30 % theory + 70 % practice to two digits, ties by practice, then shared.
pub fn standings(entries: usize, items: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = (0..entries)
        .map(|entry| {
            let practice = (0..items)
                .map(|item| {
                    let mut marks: Vec<i64> = (0..5).map(|judge| mark(entry, item, judge)).collect();
                    marks.sort_unstable();
                    // Three halves' sum × 50 hundredths, divided by three.
                    half_up(marks[1..4].iter().sum::<i64>() * 50, 3)
                })
                .sum::<i64>();
            let total = half_up(30 * theory(entry) * 100 + 70 * practice, 100);
            Line { entry, practice, total, rank: 0 }
        })
        .collect();
    lines.sort_by_key(|line| (-line.total, -line.practice, line.entry));
    for index in 0..lines.len() {
        let same = index > 0
            && (lines[index - 1].total, lines[index - 1].practice) == (lines[index].total, lines[index].practice);
        lines[index].rank = if same { lines[index - 1].rank } else { index + 1 };
    }
    lines
}
