//! Dance finals by the skating system.

use super::Hall;

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
