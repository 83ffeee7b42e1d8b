//! A rulebook in words, from a file.

use super::{repository, run};

fn words(file: &str, lang: &str) -> super::Run {
    let path = repository(file);
    run(&["rulebook", path.to_str().unwrap(), "--lang", lang], "")
}

#[test]
fn a_rulebook_is_said_in_both_languages() {
    let zh = words("docs/rulebooks/panel-of-5-trimmed.json", "zh");
    assert_eq!((zh.code, zh.err.as_str()), (0, ""));
    assert!(zh.out.contains("去掉1个最高分和1个最低分后取平均，四舍五入保留两位小数"), "{}", zh.out);
    assert!(zh.out.contains("技术 [M1]\n  配分40；"), "{}", zh.out);
    assert!(
        zh.out.ends_with("不起作用之处\n  /nodes/1/value/round: 保留 2 位小数的修约不起作用：数值最多只有 2 位小数\n"),
        "{}",
        zh.out
    );
    let en = words("docs/rulebooks/theory-practice-30-70.json", "en");
    assert!(en.out.contains("Theory × 30% + Practice × 70%, rounded half up to two decimals"), "{}", en.out);
    assert!(!en.out.contains("Without effect"), "{}", en.out);
}

#[test]
fn a_rulebook_that_is_refused_has_its_faults() {
    let refused = words("tests/data/wastewater-s07.marks.csv", "en");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("is not in the format of a rulebook"), "{}", refused.err);
}
