//! Dance finals by the skating system.

use super::Hall;
use jiangsai_scoring::Derivation;

/// Arthur Dawson, "The Skating System" (1963), examples M (rule 11 a to c) and N (rule 11 b): each word a couple, each digit a judge.
#[test]
fn skating_system() {
    let (w25, t25) = ("11253 22525 45311 33636 66144 54462", "12234 53122 31313 44441 25555 66666");
    let (w26, t26) = ("11253 22525 33636 45311 66144 54462", "12234 53122 44441 31313 25555 66666");
    let finals = [
        (
            [w25, t25, "22515 11252 56323 33136 64664 45441", "26261 15152 32424 51513 44636 63345"],
            ["2", "1", "3", "4", "6", "5"],
        ),
        (
            [w26, t26, "11252 56323 22515 33136 45441 64664", "15152 32424 26261 51513 63345 44636"],
            ["1", "2", "3", "4", "5", "6"],
        ),
    ];
    for (dances, places) in finals {
        let mut hall = Hall::ready("skating-system");
        for (item, marks) in ["W", "T", "F", "Q"].iter().zip(dances) {
            for (couple, marks) in marks.split(' ').enumerate() {
                let marks: Vec<&str> = marks.split("").filter(|mark| !mark.is_empty()).collect();
                hall.panel(&format!("couple{}", couple + 1), item, &marks);
            }
        }
        let own: Vec<String> = (1..=6).map(|couple| hall.total(&format!("couple{couple}"))).collect();
        assert_eq!(own, places, "the places Dawson gives");
        let ranks: Vec<u32> = hall.outcome().standings.iter().map(|line| line.rank.unwrap()).collect();
        assert_eq!(ranks, [1, 2, 3, 4, 5, 6], "and nobody shares one");
    }
}

/// The first of Dawson's two: couple 2 has the smallest sum of places, couples 5 and 6 the same one.
#[test]
fn a_final_says_how_each_couple_came_to_its_place() {
    let mut hall = Hall::ready("skating-system");
    let dances = ["W", "T", "F", "Q"];
    let marks = [
        "11253 22525 45311 33636 66144 54462",
        "12234 53122 31313 44441 25555 66666",
        "22515 11252 56323 33136 64664 45441",
        "26261 15152 32424 51513 44636 63345",
    ];
    for (item, marks) in dances.iter().zip(marks) {
        for (couple, marks) in marks.split(' ').enumerate() {
            let marks: Vec<&str> = marks.split("").filter(|mark| !mark.is_empty()).collect();
            hall.panel(&format!("couple{}", couple + 1), item, &marks);
        }
    }
    let rules: Vec<(String, String)> = (1..=6)
        .map(|couple| {
            let board = hall.engine.board(&hall.field).unwrap();
            let entry = board.entry(&format!("couple{couple}")).unwrap();
            let tree = board.explain(entry, &hall.engine.rulebook().ranking.by).unwrap();
            let step = find(&tree, "skating").unwrap();
            let with = |name: &str| step.with.iter().find(|own| own.0 == name).unwrap().1.clone();
            let named: Vec<&str> = step.parts.iter().filter_map(|part| part.node.as_deref()).collect();
            assert_eq!(named, dances, "each dance by its name");
            let placings: usize = step.parts.iter().map(|part| part.parts.len()).sum();
            assert_eq!(placings, 20, "with the five placings it comes from");
            let sum: jiangsai_scoring::Exact = step
                .parts
                .iter()
                .map(|part| match &part.score {
                    jiangsai_scoring::Score::Value(place) => place.clone(),
                    other => panic!("{other:?}"),
                })
                .sum();
            assert_eq!(sum.to_string(), with("sum"), "the places add up");
            (with("sum"), with("rule"))
        })
        .collect();
    let alike = |couple: usize| rules.iter().filter(|own| own.0 == rules[couple].0).count();
    for (couple, (_, rule)) in rules.iter().enumerate() {
        assert_eq!(rule == "9", alike(couple) == 1, "rule 9 decides where no other couple has the sum: {rules:?}");
    }
    assert!(rules.iter().any(|own| own.1 == "11"), "and one is decided by rule 11: {rules:?}");
}

fn find<'a>(tree: &'a Derivation, op: &str) -> Option<&'a Derivation> {
    if tree.op == op { Some(tree) } else { tree.parts.iter().find_map(|part| find(part, op)) }
}
