//! The grounds of a rank: every step is there, long ones break well, every entry is filed alone.

use crate::samples::{frame, printed, squeezed};
use jiangsai_documents::{Document, JudgeMark, ReasonLine, Reasons};
use jiangsai_locales::Lang;

fn reasons(number: &str, lines: u16) -> Reasons {
    let judge =
        |at: usize| JudgeMark { judge: format!("P{at:02}"), mark: format!("{}.5", at), left_out: at == 1 || at == 5 };
    let line = |at: u16| ReasonLine {
        depth: if at == 0 { 0 } else { 1 + at % 4 },
        name: format!("步骤{at}末"),
        marks: if at % 3 == 2 { (1..=5).map(judge).collect() } else { Vec::new() },
        how: if at % 3 == 2 {
            "去掉 1 个最高、1 个最低；平均 3.5；四舍五入到 2 位小数".into()
        } else {
            "1.5 + 2 + 4.5".into()
        },
        max: "10".into(),
        value: format!("{at}.25"),
    };
    Reasons {
        blind: false,
        number: number.into(),
        name: "欧阳𬱟".into(),
        unit: "某市某区工业水务环境治理有限责任公司".into(),
        rank: "第 3 名（并列）".into(),
        total: "89.96".into(),
        awards: "二等奖；拟推荐：技术能手".into(),
        ties: vec!["与 S08 总分相同，实操也相同；比模块A：37.5 对 37，相差 0.5，列前。".into()],
        lines: (0..lines).map(line).collect(),
        notes: vec!["划去的打分不计入。".into()],
    }
}

#[test]
fn long_grounds_break_over_pages_with_everything_there() {
    let all = vec![reasons("S01", 90), reasons("S02", 3), reasons("S03", 40)];
    let pages = printed("grounds", &frame(Lang::Zh), &Document::Reasons(all));
    let whole = squeezed(&pages.concat());
    for at in 0..90 {
        assert!(whole.contains(&format!("步骤{at}末")), "step {at} is there");
    }
    let second = pages.iter().position(|page| squeezed(page).contains("参赛号：S02")).expect("the second entry");
    assert!(squeezed(&pages[second]).contains("第1页／共1页"), "filed alone: {}", pages[second]);
    assert!(second > 1 && squeezed(&pages[1]).contains("参赛号：S01"), "every page names whose it is");
    for page in &pages {
        assert!(page.contains("评分点") && page.contains("得分"), "the head repeats: {page}");
    }
    assert!(whole.contains("列前") && whole.contains("拟推荐"), "ties and awards");
}

#[test]
fn nobody_is_a_page_all_the_same() {
    assert_eq!(printed("no-grounds", &frame(Lang::Zh), &Document::Reasons(Vec::new())).len(), 1);
}
