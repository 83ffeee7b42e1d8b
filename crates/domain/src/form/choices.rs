//! Fields with a fixed list of values.

use super::headers::fold;
use crate::command::registration::FieldId;
use crate::document;
use jiangsai_scoring::Text;

/// Code, Chinese, English, what else it is called.
type Choice = (&'static str, &'static str, &'static str, &'static [&'static str]);

const SEX: &[Choice] = &[("male", "男", "Male", &["m"]), ("female", "女", "Female", &["f"])];
const YES_NO: &[Choice] =
    &[("yes", "是", "Yes", &["y", "1", "√", "true"]), ("no", "否", "No", &["n", "0", "×", "false"])];
const EDUCATION: &[Choice] = &[
    ("primary", "小学及以下", "Primary", &["小学"]),
    ("junior", "初中", "Junior secondary", &[]),
    ("senior", "高中", "Senior secondary", &[]),
    ("vocational", "中专（中职、技校）", "Secondary vocational", &["中专", "中职", "技校", "职高"]),
    ("college", "大专", "College", &["专科", "高职"]),
    ("bachelor", "本科", "Bachelor", &["大学", "大学本科"]),
    ("master", "硕士研究生", "Master", &["硕士", "研究生"]),
    ("doctor", "博士研究生", "Doctor", &["博士"]),
];
/// The eight levels of the 新八级工 system.
const LEVELS: &[Choice] = &[
    ("none", "无", "None", &["没有", "无等级"]),
    ("apprentice", "学徒工", "Apprentice", &[]),
    ("level_5", "初级工（五级）", "Level 5, junior", &["初级工", "五级", "初级", "五级初级工", "5"]),
    ("level_4", "中级工（四级）", "Level 4, intermediate", &["中级工", "四级", "中级", "四级中级工", "4"]),
    ("level_3", "高级工（三级）", "Level 3, senior", &["高级工", "三级", "高级", "三级高级工", "3"]),
    ("level_2", "技师（二级）", "Level 2, technician", &["技师", "二级", "二级技师", "2"]),
    ("level_1", "高级技师（一级）", "Level 1, senior technician", &["高级技师", "一级", "一级高级技师", "1"]),
    ("special", "特级技师", "Special-grade technician", &[]),
    ("chief", "首席技师", "Chief technician", &[]),
];
const OWNERSHIP: &[Choice] = &[
    ("state", "国有", "State-owned", &["国有企业", "国企", "全民"]),
    ("collective", "集体", "Collective", &["集体企业"]),
    ("private", "民营", "Private", &["民营企业", "私营", "私营企业", "非公"]),
    ("foreign", "外资（含港澳台）", "Foreign-invested", &["外资", "外商投资", "港澳台资", "合资"]),
    ("public", "机关事业单位", "Public institution", &["机关", "事业单位", "事业"]),
    ("other", "其他", "Other", &[]),
];

fn table(field: FieldId) -> &'static [Choice] {
    match field {
        FieldId::Sex => SEX,
        FieldId::MigrantWorker => YES_NO,
        FieldId::Education => EDUCATION,
        FieldId::SkillLevel => LEVELS,
        FieldId::Ownership => OWNERSHIP,
        _ => &[],
    }
}

/// The values of a field with their names, in order; empty for a free field.
#[must_use]
pub fn choices(field: FieldId) -> Vec<(&'static str, Text)> {
    if field == FieldId::DocumentKind {
        return document::KINDS.iter().map(|kind| (*kind, document::kind_name(kind))).collect();
    }
    table(field).iter().map(|(code, zh, en, _)| (*code, Text::new(*zh, *en))).collect()
}

/// The value a text means.
#[must_use]
pub fn recognise(field: FieldId, text: &str) -> Option<&'static str> {
    let exact = text.trim();
    let wanted = fold(text);
    if field == FieldId::DocumentKind {
        return document_kind(exact, &wanted);
    }
    let means = |(code, zh, en, others): &&Choice| {
        exact == *code
            || [zh, en]
                .iter()
                .chain(&others.iter().collect::<Vec<_>>())
                .any(|name| exact == **name || (!wanted.is_empty() && fold(name) == wanted))
    };
    table(field).iter().find(means).map(|(code, ..)| *code)
}

fn document_kind(exact: &str, wanted: &str) -> Option<&'static str> {
    const OTHERS: &[(&str, &str)] = &[
        ("身份证", "resident_id"),
        ("二代身份证", "resident_id"),
        ("中华人民共和国居民身份证", "resident_id"),
        ("idcard", "resident_id"),
        ("residentid", "resident_id"),
        ("港澳通行证", "hk_macao_permit"),
        ("回乡证", "hk_macao_permit"),
        ("港澳居民通行证", "hk_macao_permit"),
        ("台湾通行证", "taiwan_permit"),
        ("台胞证", "taiwan_permit"),
        ("居住证", "hmt_residence"),
        ("港澳居民居住证", "hmt_residence"),
        ("台湾居民居住证", "hmt_residence"),
        ("永久居留身份证", "foreigner_id"),
        ("外国人永久居留证", "foreigner_id"),
    ];
    let known = document::KINDS.iter().find(|kind| {
        let name = document::kind_name(kind);
        exact == **kind || fold(&name.zh) == wanted || fold(&name.en) == wanted
    });
    known.copied().or_else(|| OTHERS.iter().find(|(name, _)| *name == wanted).map(|(_, kind)| *kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_code_by_name_and_by_what_people_write() {
        assert_eq!(recognise(FieldId::SkillLevel, "高级技师"), Some("level_1"), "not taken for 技师");
        assert_eq!(recognise(FieldId::SkillLevel, "三级/高级工"), Some("level_3"));
        assert_eq!(recognise(FieldId::DocumentKind, "身份证"), Some("resident_id"));
        assert_eq!(recognise(FieldId::MigrantWorker, "√"), Some("yes"));
        assert_eq!(recognise(FieldId::Sex, "其他"), None, "not a value");
    }
}
