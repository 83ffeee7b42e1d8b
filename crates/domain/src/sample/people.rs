//! Sixty people who do not exist, from twenty units that do not exist.

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

/// Forms in order of 参赛号: three from each unit, three sessions of twenty places.
pub(super) fn forms() -> Vec<Form> {
    (0..60).map(form).collect()
}

fn form(index: usize) -> Form {
    let unit = index % 20;
    let birth = format!("{}{:02}{:02}", 1975 + index * 7 % 28, 1 + index % 12, 1 + index * 5 % 28);
    let number = document::with_check_character(&format!("999999{birth}{:03}", 100 + index));
    let code = unit_code::with_check_character(&format!("91330699MA00000{unit:02}"));
    let level = ["level_3", "level_4", "level_3", "level_5", "level_2"][index % 5];
    [
        (FieldId::Name, format!("{}{}", SURNAMES[index % 20], GIVEN[(index * 7 + index / 20) % 15])),
        (FieldId::DocumentKind, "resident_id".to_owned()),
        (FieldId::DocumentNumber, number.unwrap_or_default()),
        (FieldId::Phone, format!("1390000{:04}", 1000 + index)),
        (FieldId::Unit, format!("模拟{}水务有限公司", UNITS[unit])),
        (FieldId::UnitCode, code.unwrap_or_default()),
        (FieldId::Occupation, "工业废水处理工".to_owned()),
        (FieldId::SkillLevel, level.to_owned()),
        (FieldId::Number, format!("S{:02}", index + 1)),
        (FieldId::Session, ["A", "B", "C"][index / 20].to_owned()),
        (FieldId::Station, format!("{}{:02}", ["A", "B", "C"][index / 20], index % 20 + 1)),
    ]
    .into_iter()
    .collect()
}
