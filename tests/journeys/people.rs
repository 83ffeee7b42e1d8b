//! A synthetic roster: nobody in it exists.

use anyhow::Result;
use rust_xlsxwriter::Workbook;
use std::path::Path;

/// One synthetic contestant.
pub struct Contestant {
    pub name: String,
    pub document: String,
    pub phone: String,
    pub unit: String,
}

/// An 18-digit number of the form of GB 11643 with a right check digit, in a region code that was never given out.
fn document(index: u32) -> String {
    let body = format!("999999{}{:02}{:02}{:03}", 1980 + index % 20, 1 + index % 12, 1 + index % 28, 100 + index);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", b"10X98765432"[(sum % 11) as usize] as char)
}

/// `count` synthetic contestants from units of three.
pub fn roster(count: u32) -> Vec<Contestant> {
    let surnames = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈"];
    (0..count)
        .map(|index| Contestant {
            name: format!("{}模拟{}", surnames[(index % 10) as usize], numeral(index)),
            document: document(index),
            phone: format!("139{index:08}"),
            unit: format!("模拟第{}水务有限公司", numeral(index / 3)),
        })
        .collect()
}

fn numeral(index: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    format!("{}{}", DIGITS[(index / 10) as usize], DIGITS[(index % 10) as usize])
}

/// Three cells that must be refused: (row in the file, header, wrong text).
pub const FAULTS: [(u32, &str, &str); 3] =
    [(4, "证件号码", "110101202311012171"), (17, "手机号码", "1390000"), (33, "姓名", "")];

/// The headers of the file, in another order than the template's, on purpose.
const HEADERS: [&str; 5] = ["单位", "姓名", "证件类型", "证件号码", "手机号码"];

/// The column of a header as a spreadsheet names it.
pub fn column_of(header: &str) -> Option<char> {
    ('A'..).zip(HEADERS).find(|(_, candidate)| *candidate == header).map(|(letter, _)| letter)
}

/// Writes the roster as a workbook; with `faulty` the three cells are wrong.
pub fn write_workbook(people: &[Contestant], faulty: bool, path: &Path) -> Result<()> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in HEADERS.iter().enumerate() {
        sheet.write(0, column as u16, *header)?;
    }
    for (index, person) in people.iter().enumerate() {
        let row = index as u32 + 1;
        let mut cells = [&person.unit, &person.name, "居民身份证", &person.document, &person.phone].map(str::to_owned);
        for (fault_row, header, text) in FAULTS {
            if faulty && fault_row == row + 1 {
                let column = HEADERS.iter().position(|candidate| *candidate == header).expect("a header of the file");
                cells[column] = text.to_owned();
            }
        }
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row, column as u16, cell.as_str())?;
        }
    }
    workbook.save(path)?;
    Ok(())
}
