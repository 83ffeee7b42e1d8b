//! People who do not exist, from units that do not exist.

use crate::command::registration::{FieldId, Form};
use crate::{document, unit_code};

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗",
];
const GIVEN: [&str; 15] = [
    "建国", "海波", "晓燕", "志强", "丽萍", "国栋", "文静", "明辉", "春梅", "永刚", "雪莲", "俊杰", "淑芬", "振华",
    "思远",
];
const UNITS: [&str; 20] = [
    "清源", "碧波", "净水", "安澜", "蓝田", "东湖", "西溪", "南浦", "北辰", "金桥", "银河", "青山", "绿洲", "白鹭",
    "红星", "长风", "永宁", "太平", "新港", "临江",
];

/// Who competes.
pub(super) struct Cast {
    /// How many: three from each unit, in three sessions of as many places.
    pub count: usize,
    /// Units; at most twenty.
    pub units: usize,
    /// What the name of a unit ends in.
    pub firm: &'static str,
    /// Occupations in turn.
    pub occupations: &'static [&'static str],
    /// What a 参赛号 begins with.
    pub prefix: &'static str,
    /// Where the last three figures of document numbers begin.
    pub first_document: usize,
}

/// Forms in order of 参赛号.
pub(super) fn forms(cast: &Cast) -> Vec<Form> {
    (0..cast.count).map(|index| form(cast, index)).collect()
}

fn form(cast: &Cast, index: usize) -> Form {
    let (unit, places) = (index % cast.units, cast.count / 3);
    let session = ["A", "B", "C"][index / places];
    let birth = format!("{}{:02}{:02}", 1975 + index * 7 % 28, 1 + index % 12, 1 + index * 5 % 28);
    let number = document::with_check_character(&format!("999999{birth}{:03}", cast.first_document + index));
    let code = unit_code::with_check_character(&format!("91330699MA00000{unit:02}"));
    let level = ["level_3", "level_4", "level_3", "level_5", "level_2"][index % 5];
    [
        (FieldId::Name, format!("{}{}", SURNAMES[index % 20], GIVEN[(index * 7 + index / 20) % 15])),
        (FieldId::DocumentKind, "resident_id".to_owned()),
        (FieldId::DocumentNumber, number.unwrap_or_default()),
        (FieldId::Phone, format!("1390000{:04}", 1000 + index)),
        (FieldId::Unit, format!("模拟{}{}", UNITS[unit], cast.firm)),
        (FieldId::UnitCode, code.unwrap_or_default()),
        (FieldId::Occupation, cast.occupations[index % cast.occupations.len()].to_owned()),
        (FieldId::SkillLevel, level.to_owned()),
        (FieldId::Number, format!("{}{:02}", cast.prefix, index + 1)),
        (FieldId::Session, session.to_owned()),
        (FieldId::Station, format!("{session}{:02}", index % places + 1)),
    ]
    .into_iter()
    .collect()
}
