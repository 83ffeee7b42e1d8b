//! What the columns of a file may be called, in Chinese and English.

use crate::command::registration::FieldId;
use crate::document::half_width;
use jiangsai_scoring::Text;

/// Names by field: the first pair is the header of our own files, the rest is recognised too.
const NAMES: &[(FieldId, &str, &str, &[&str])] = &[
    (FieldId::Name, "姓名", "Name", &["选手姓名", "参赛选手", "选手", "参赛人员", "full name", "contestant"]),
    (
        FieldId::DocumentKind,
        "证件类型",
        "Document",
        &["证件种类", "证件类别", "document kind", "document type", "id type"],
    ),
    (
        FieldId::DocumentNumber,
        "证件号码",
        "Document number",
        &["身份证号", "身份证号码", "身份证", "证件号", "居民身份证号码", "id number", "id no", "id card"],
    ),
    (
        FieldId::Phone,
        "手机号码",
        "Phone",
        &["手机", "手机号", "联系电话", "电话", "联系方式", "mobile", "telephone", "tel"],
    ),
    (FieldId::Unit, "单位", "Unit", &["工作单位", "单位名称", "所在单位", "企业名称", "企业", "company", "employer"]),
    (
        FieldId::UnitCode,
        "统一社会信用代码",
        "Unit code",
        &["信用代码", "社会信用代码", "uscc", "unified social credit code"],
    ),
    (FieldId::Occupation, "职业（工种）", "Occupation", &["职业", "工种", "职业工种", "岗位", "trade"]),
    (
        FieldId::SkillLevel,
        "现有职业技能等级",
        "Skill level",
        &["职业技能等级", "技能等级", "现有等级", "等级", "level", "present level"],
    ),
    (FieldId::Number, "参赛号", "Entry number", &["参赛编号", "选手编号", "编号", "number", "entry", "bib"]),
    (FieldId::Session, "场次", "Session", &["组别", "批次", "group"]),
    (FieldId::Station, "赛位号", "Station", &["赛位", "工位", "工位号", "place", "seat"]),
    (FieldId::Delegation, "代表队", "Delegation", &["所属代表队", "队伍", "team"]),
    (FieldId::Sex, "性别", "Sex", &["gender"]),
    (FieldId::BirthDate, "出生日期", "Birth date", &["出生年月日", "出生年月", "生日", "date of birth", "birthday"]),
    (FieldId::Education, "学历", "Education", &["文化程度", "最高学历"]),
    (
        FieldId::Certificate,
        "职业技能等级证书编号",
        "Certificate",
        &["证书编号", "职业资格证书编号", "certificate number", "certificate no"],
    ),
    (FieldId::YearsInTrade, "从业年限", "Years in trade", &["工龄", "从事本职业年限", "从业年数", "years"]),
    (FieldId::Ownership, "单位所有制", "Ownership", &["单位性质", "企业性质", "所有制", "所有制性质"]),
    (FieldId::MigrantWorker, "农民工", "Migrant worker", &["是否农民工", "农民工身份"]),
    (FieldId::Title, "职称", "Title", &["专业技术职称", "技术职称", "professional title"]),
    (FieldId::Admission, "准考证号", "Admission number", &["准考证", "准考证编号", "考号", "admission", "exam number"]),
    (FieldId::Note, "备注", "Note", &["说明", "remark", "remarks", "notes", "comment"]),
];

/// The header of a field in our own files.
#[must_use]
pub fn header(field: FieldId) -> Text {
    let found = NAMES.iter().find(|(own, ..)| *own == field);
    found.map(|(_, zh, en, _)| Text::new(*zh, *en)).unwrap_or_default()
}

/// The field a header names, whatever its case, spaces and punctuation; a header in two languages (`姓名 / Name`) when both
/// halves name the same field.
#[must_use]
pub fn field_of(text: &str) -> Option<FieldId> {
    if let Some(field) = named(text) {
        return Some(field);
    }
    let mut halves = text.split(['/', '／', '\n']).filter(|half| !half.trim().is_empty()).map(named);
    let first = halves.next()??;
    halves.all(|other| other == Some(first)).then_some(first)
}

fn named(text: &str) -> Option<FieldId> {
    let wanted = fold(text);
    if wanted.is_empty() {
        return None;
    }
    let names = |(_, zh, en, others): &&(FieldId, &str, &str, &[&str])| {
        fold(zh) == wanted || fold(en) == wanted || others.iter().any(|other| fold(other) == wanted)
    };
    NAMES.iter().find(names).map(|(field, ..)| *field)
}

/// Letters and digits alone, half-width, lower case; what stands in brackets or behind a star is advice, not a name.
pub fn fold(text: &str) -> String {
    let narrow: String = text.chars().map(half_width).collect();
    let kept = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let before = narrow.split('(').next().unwrap_or_default();
    let folded = kept(before);
    if folded.is_empty() { kept(&narrow) } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages_and_many_spellings() {
        for (header, field) in [
            ("姓名", FieldId::Name),
            (" 姓 名 *", FieldId::Name),
            ("身份证号码", FieldId::DocumentNumber),
            ("ID Number", FieldId::DocumentNumber),
            ("职业（工种）", FieldId::Occupation),
            ("手机号码（必填）", FieldId::Phone),
            ("UNIT", FieldId::Unit),
            ("姓名 / Name", FieldId::Name),
            ("手机号码\nPhone", FieldId::Phone),
        ] {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
        assert_eq!(field_of("星座"), None, "not a field");
        assert_eq!(field_of("参赛号/赛位号"), None, "two fields are not one");
    }

    #[test]
    fn no_name_belongs_to_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for (field, zh, en, others) in NAMES {
            for name in others.iter().chain([zh, en]) {
                let before = seen.insert(fold(name), *field);
                assert!(before.is_none_or(|before| before == *field), "{name} belongs to {before:?} and {field:?}");
            }
        }
    }
}
