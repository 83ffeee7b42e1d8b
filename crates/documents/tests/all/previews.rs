//! The preview shows the pages that are printed.

use crate::samples::{frame, results, summary};
use jiangsai_documents::{DocumentError, Frame, render_pdf, render_svg};
use jiangsai_locales::{Lang, has};

#[test]
fn a_preview_has_the_pages_of_the_print() {
    let document = summary(60, 2);
    let pages = render_pdf(&frame(Lang::Zh), &document).unwrap().pages;
    let first = render_svg(&frame(Lang::Zh), &document, 0).unwrap();
    let second = render_svg(&frame(Lang::Zh), &document, 1).unwrap();
    assert_eq!((first.pages, second.pages), (pages, pages), "the same pages");
    assert!(first.svg.starts_with("<svg") && first.svg.contains("viewBox"), "a picture");
    assert_ne!(first.svg, second.svg, "each page is its own");
    assert_eq!(render_svg(&frame(Lang::Zh), &document, 0).unwrap(), first, "turning back shows the same");
}

#[test]
fn what_changes_is_typeset_again() {
    let before = render_svg(&frame(Lang::Zh), &results(3, false), 0).unwrap();
    let after = render_svg(&frame(Lang::Zh), &results(4, false), 0).unwrap();
    assert_ne!(before.svg, after.svg, "another row, another picture");
    let english = render_svg(&frame(Lang::En), &results(4, false), 0).unwrap();
    assert_ne!(after.svg, english.svg, "another language, another picture");
}

#[test]
fn an_organisers_own_template_takes_the_place_of_ours() {
    let ours = frame(Lang::Zh);
    let text = "#import \"/frame.typ\": *\n#show: sheet.with(heading: none)\n#d.title".to_owned();
    let own = Frame { templates: vec![("listings.typ".into(), text)], ..ours.clone() };
    let plain = render_svg(&ours, &results(3, false), 0).unwrap();
    assert_ne!(render_svg(&own, &results(3, false), 0).unwrap().svg, plain.svg, "set by the other template");
    let broken = Frame { templates: vec![("listings.typ".into(), "#nonsense".into())], ..ours.clone() };
    let error = render_svg(&broken, &results(3, false), 0).unwrap_err();
    assert_eq!(error, DocumentError::OwnTemplate { name: "listings.typ".into(), line: 1 });
    assert_eq!(render_svg(&ours, &results(3, false), 0).unwrap(), plain, "and ours is there again");
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let error = render_svg(&frame(Lang::Zh), &results(3, false), 1).unwrap_err();
    assert_eq!(error, DocumentError::NoSuchPage { asked: 2, pages: 1 }, "counted from 1 for people");
    assert!(has(Lang::En, &format!("error-{}", error.code())), "and there is a sentence for it");
}
