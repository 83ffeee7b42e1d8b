//! Certificates: a page each, the same bytes each time, the code read back by the picture.

use crate::samples::{frame, printed, squeezed};
use jiangsai_documents::{Artwork, Certificate, Certificates, Document, DocumentError, Frame, render_pdf, render_svg};
use jiangsai_locales::Lang;

/// A red square, 2 × 2, that can be seen through.
const SEAL: &[u8] = include_bytes!("../data/seal.png");

fn certificates(count: usize, seal: Option<Artwork>) -> Document {
    let one = |at: usize| Certificate {
        name: format!("欧阳模{at}"),
        unit: "某市某区工业水务环境治理与资源循环利用产业技术创新联合会下属第三污水处理有限责任公司".into(),
        text: "在2025年度某区工业废水处理工职业技能竞赛决赛（工业废水处理工（高级工））中成绩优异，荣获：".into(),
        award: "一等奖".into(),
        number: format!("区赛证字〔2025〕{at:03}号"),
        verification: format!("0000-0000-0000-{at:04}"),
    };
    Document::Certificates(Certificates {
        all: (0..count).map(one).collect(),
        issuers: vec!["某区总工会".into()],
        date: "2025年10月18日".into(),
        background: None,
        seal,
    })
}

#[test]
fn each_is_a_page_and_the_same_inputs_give_the_same_bytes() {
    let last = Frame { provisional: false, ..frame(Lang::Zh) };
    let seal = || Some(Artwork::read(SEAL).unwrap());
    let pages = printed("certificates", &last, &certificates(3, seal()));
    assert_eq!(pages.len(), 3);
    for (at, page) in pages.iter().enumerate() {
        let page = squeezed(page);
        for wanted in [format!("欧阳模{at}"), format!("〔2025〕{at:03}号"), "一等奖".into(), format!("0000-{at:04}")]
        {
            assert!(page.contains(&wanted), "page {at} lacks {wanted}: {page}");
        }
    }
    let bytes = || render_pdf(&last, &certificates(3, seal())).unwrap().bytes;
    assert!(bytes() == bytes(), "printed again it is the same");
}

#[test]
fn another_picture_or_another_id_is_another_page() {
    let plain = render_svg(&frame(Lang::Zh), &certificates(1, None), 0).unwrap().svg;
    let sealed = render_svg(&frame(Lang::Zh), &certificates(1, Some(Artwork::read(SEAL).unwrap())), 0).unwrap().svg;
    assert_ne!(plain, sealed);
}

#[test]
fn what_is_no_picture_is_refused() {
    for wrong in [&b"GIF89a"[..], b"", &SEAL[..20], b"\x89PNG\r\n\x1a\nnonsense"] {
        assert_eq!(Artwork::read(wrong).unwrap_err(), DocumentError::Artwork);
    }
}
