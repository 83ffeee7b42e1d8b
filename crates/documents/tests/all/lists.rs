//! Lists in sections, notices, the script of a ceremony, rules in words: nothing is torn apart, nothing is lost.

use crate::samples::{frame, list, name, printed, results, squeezed};
use jiangsai_documents::{Call, Document, Listing, Listings, Rules, RulesParagraph, Script, Section};
use jiangsai_locales::Lang;

#[test]
fn a_heading_never_ends_a_page_and_the_closing_never_stands_alone() {
    for rows in (26..42).step_by(2) {
        let mut own = list(0, false);
        let row = |at: usize| vec![at.to_string(), format!("甲{at}"), "某市第1技工学校".to_owned()];
        let section = |heading: &str, rows: Vec<Vec<String>>| Section { heading: heading.into(), rows };
        own.sections = vec![
            section("一等奖", (0..rows).map(row).collect()),
            section("二等奖", vec![row(900), row(901)]),
            section("三等奖", vec![row(902)]),
        ];
        let own = Listings { title: "名单".into(), lists: vec![own] };
        let pages = printed("sections", &frame(Lang::Zh), &Document::Listings(own));
        let pages: Vec<String> = pages.iter().map(|page| squeezed(page)).collect();
        for (heading, first) in [("二等奖", "甲900"), ("三等奖", "甲902")] {
            let together = pages.iter().any(|page| page.contains(heading) && page.contains(first));
            assert!(together, "{rows} rows: {heading} stands with its first row");
        }
        let closing = pages.iter().rfind(|page| page.contains("人力资源")).expect("it is issued by somebody");
        assert!(closing.contains("甲902"), "{rows} rows: whoever issues it stands with the last row");
    }
}

#[test]
fn two_hundred_rows_are_all_there_with_heads_on_every_page() {
    let pages = printed("two-hundred", &frame(Lang::Zh), &results(200, true));
    let all = pages.concat();
    for row in 0..200 {
        assert!(
            all.lines()
                .any(|line| line.trim_start().starts_with(&format!("{} ", row + 1)) && line.contains(&name(row))),
            "row {row}"
        );
    }
    assert!(pages.iter().all(|page| page.contains("姓名")), "the head repeats");
}

#[test]
fn long_units_and_rare_names_stay_in_their_cells() {
    let mut own = list(3, false);
    own.sections[0].rows[0][1] = "欧阳𬱟".into();
    own.sections[0].rows[1][1] = "㛃禛".into();
    own.sections[0].rows[2][1] = "古丽巴哈尔·阿卜杜热依木".into();
    own.sections[0].rows[2][2] =
        "某省某市某区工业水务环境治理与资源循环利用产业技术创新联合会下属第三污水处理有限责任公司".into();
    let pages =
        printed("long", &frame(Lang::Zh), &Document::Listings(Listings { title: "名单".into(), lists: vec![own] }));
    let page = squeezed(&pages[0]);
    for wanted in ["欧阳𬱟", "㛃禛", "有限责任公司"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn every_notice_counts_its_own_pages_and_names_no_other_unit() {
    let notice = |unit: &str| Listing { addressee: unit.into(), ..list(2, false) };
    let lists = vec![notice("模拟一厂"), notice("模拟二厂")];
    let pages = printed("notices", &frame(Lang::Zh), &Document::Listings(Listings { title: "通知单".into(), lists }));
    assert_eq!(pages.len(), 2, "a page each");
    for (page, own, other) in [(&pages[0], "模拟一厂", "模拟二厂"), (&pages[1], "模拟二厂", "模拟一厂")]
    {
        assert!(page.contains(own) && !page.contains(other), "{page}");
        assert!(squeezed(page).contains("第1页／共1页"), "filed alone: {page}");
    }
}

#[test]
fn a_script_reads_in_the_order_it_is_given() {
    let call = |heading: &str, names: usize| Call {
        heading: heading.into(),
        lead: format!("获得{heading}的是："),
        names: (0..names).map(|at| (format!("某市第{at}技工学校"), name(at))).collect(),
        after: "请以上选手上台领奖。".into(),
    };
    let script = Script {
        opening: vec!["下面宣布获奖名单。".into()],
        calls: vec![call("三等奖", 15), call("二等奖", 2), call("一等奖", 1)],
        closing: vec!["颁奖到此结束。".into()],
    };
    let all = squeezed(&printed("script", &frame(Lang::Zh), &Document::Script(script)).concat());
    let places: Vec<usize> =
        ["宣布", "三等奖", "二等奖", "一等奖", "结束"].iter().filter_map(|word| all.find(word)).collect();
    assert!(places.len() == 5 && places.is_sorted(), "from the last to the first: {all}");
}

#[test]
fn rules_stand_in_both_languages_with_their_fingerprint() {
    let paragraph = |at: usize| RulesParagraph {
        whole: at == 0,
        heading: vec![format!("评分点{at}"), format!("Item {at}")],
        lines: (0..4).map(|line| vec![format!("规则{at}之{line}。"), format!("Rule {line} of {at}.")]).collect(),
    };
    let hash = "0123456789abcdef".repeat(4);
    let rules = Rules {
        about: vec![("版本".into(), "第 2 版".into()), ("指纹".into(), hash.clone())],
        lead: vec!["用打分逐项计算。".into()],
        paragraphs: (0..40).map(paragraph).collect(),
    };
    let pages = printed("rules", &frame(Lang::Zh), &Document::Rules(rules));
    let all = squeezed(&pages.concat());
    assert!(pages.len() > 2 && all.contains(&hash) && all.contains("第2版"), "which rules they are");
    for at in 0..40 {
        for wanted in [format!("规则{at}之3。"), format!("Rule3of{at}.")] {
            assert!(all.contains(&wanted), "{wanted} is missing");
        }
        let starts = pages.iter().find(|page| squeezed(page).contains(&format!("评分点{at}I"))).expect("a heading");
        assert!(squeezed(starts).contains(&format!("规则{at}之0")), "heading {at} stands with its first sentence");
    }
}
