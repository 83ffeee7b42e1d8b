//! How long a thousand certificates take, beside typst alone setting the same pages from plain markup, each in a fresh process; how much
//! memory; and whether the bytes are the same each time.
//!
//! `cargo run --profile measured -p jiangsai-documents --example bench_certificates`
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

use jiangsai_documents::{Certificate, Certificates, Document, Frame, render_pdf};
use jiangsai_locales::Lang;
use qrcodegen::{QrCode, QrCodeEcc};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

const COUNT: usize = 1_000;
/// Each figure is the middle one of so many.
const RUNS: usize = 3;
/// Ours may take so many times what typst alone takes.
const LIMIT: f64 = 2.0;

const TEXT: &str = "在2025年度某区工业废水处理工职业技能竞赛决赛（工业废水处理工（高级工））中成绩优异，荣获：";
const AWARDS: [&str; 3] = ["一等奖", "二等奖", "三等奖"];

fn name(at: usize) -> String {
    format!("模拟{at:04}")
}

fn unit(at: usize) -> String {
    format!("某市某区第{}污水处理有限责任公司", at % 97)
}

fn number(at: usize) -> String {
    format!("区赛证字〔2025〕{at:04}号")
}

/// Random-looking, as ids are.
fn verification(at: usize) -> String {
    let mixed = (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{:04x}-{:04x}-{:04x}-{:04x}", mixed >> 48, (mixed >> 32) & 0xffff, (mixed >> 16) & 0xffff, mixed & 0xffff)
}

/// Size of the PDF, its digest, pages.
type Made = (usize, String, usize);

fn ours() -> Made {
    let one = |at: usize| Certificate {
        name: name(at),
        unit: unit(at),
        text: TEXT.into(),
        award: AWARDS[at % 3].into(),
        number: number(at),
        verification: verification(at),
    };
    let document = Document::Certificates(Certificates {
        all: (0..COUNT).map(one).collect(),
        issuers: vec!["某区总工会".into()],
        date: "2025年10月18日".into(),
        background: None,
        seal: None,
    });
    let frame = Frame {
        lang: Lang::Zh,
        competition: "模拟竞赛".into(),
        event: "工业废水处理工".into(),
        session: String::new(),
        hosts: Vec::new(),
        printed_at: "2025-10-18 09:00".into(),
        version: "1".into(),
        provisional: false,
        synthetic: true,
        sheet_no_prefix: String::new(),
        templates: Vec::new(),
        letter: None,
    };
    let rendered = render_pdf(&frame, &document).unwrap();
    (rendered.bytes.len(), digest(&rendered.bytes), rendered.pages)
}

/// Enough to tell two files apart that should be the same.
fn digest(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The same pages as plain markup: no data, no templates, no watermark, nothing looked up.
fn markup(font: &str) -> String {
    let mut all = format!(
        "#set text(font: \"{font}\", size: 14pt, lang: \"zh\", region: \"CN\")\n#set page(paper: \"a4\", flipped: true, margin: (x: 38mm, top: 34mm, bottom: 26mm), background: place(center + horizon, rect(width: 100% - 20mm, height: 100% - 20mm, stroke: 2.5pt + luma(40), inset: 2mm, rect(width: 100%, height: 100%, stroke: 0.6pt + luma(40)))))\n"
    );
    for at in 0..COUNT {
        let (name, unit, award, number, id) = (name(at), unit(at), AWARDS[at % 3], number(at), verification(at));
        let between = if at > 0 { "#pagebreak()\n" } else { "" };
        write!(
            all,
            "{between}#align(center, text(size: 40pt, weight: \"bold\", tracking: 0.5em)[获奖证书])\n#v(1fr)\n#block(width: 100%)[#set par(leading: 1.1em)\n#block(below: 1.2em, text(size: 20pt)[#text(size: 26pt)[{name}]#h(0.6em)#text(size: 16pt)[{unit}]：])\n#text(size: 20pt)[#h(2em){TEXT}]]\n#v(1fr)\n#align(center, text(size: 34pt, weight: \"bold\", tracking: 0.3em)[{award}])\n#v(1fr)\n#grid(columns: (auto, 1fr, auto), column-gutter: 6mm, align: (left + bottom, left + bottom, center + bottom), image(\"/{id}\", format: \"svg\", width: 17mm), [#set text(size: 10pt)\n#stack(spacing: 0.7em, [证书编号：{number}], [查验码：{id}])], box(width: 85mm, align(center, stack(spacing: 0.8em, text(size: 16pt)[某区总工会], text(size: 16pt)[2025年10月18日]))))\n#place(top + left, dx: -18mm, dy: -14mm, box(stroke: 0.6pt, inset: 2pt)[模拟数据])\n"
        )
        .unwrap();
    }
    all
}

/// What typst needs and nothing more.
struct Plain {
    library: LazyHash<Library>,
    fonts: FontStore,
    main: Source,
    codes: HashMap<FileId, Bytes>,
}

fn file(path: &str) -> FileId {
    FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).unwrap()))
}

impl Plain {
    fn new() -> Self {
        let mut fonts = FontStore::new();
        fonts.extend(typst_kit::fonts::system());
        let known = ["Noto Serif CJK SC", "SimSun", "Songti SC", "AR PL UMing CN", "Noto Sans CJK SC"];
        let font = known.into_iter().find(|name| fonts.book().contains_family(&name.to_lowercase()));
        let main = Source::new(file("/main.typ"), markup(font.unwrap_or("WenQuanYi Zen Hei")));
        let code = |at: usize| {
            let id = verification(at);
            let code = QrCode::encode_text(&id, QrCodeEcc::Medium).unwrap();
            let size = code.size();
            let mut path = String::new();
            for (x, y) in
                (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y))
            {
                write!(path, "M{x} {y}h1v1h-1z").unwrap();
            }
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\"><path d=\"{path}\"/></svg>"
            );
            (file(&format!("/{id}")), Bytes::from_string(svg))
        };
        Self { library: LazyHash::new(Library::default()), fonts, main, codes: (0..COUNT).map(code).collect() }
    }
}

impl World for Plain {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.codes.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn bare() -> Made {
    let compiled = typst::compile::<PagedDocument>(&Plain::new()).output;
    let paged = compiled.unwrap_or_else(|errors| panic!("{}", errors[0].message));
    let bytes = typst_pdf::pdf(&paged, &PdfOptions::default()).unwrap();
    (bytes.len(), digest(&bytes), paged.pages().len())
}

/// The most memory this process held, in MiB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

/// One side, in this process: milliseconds, MiB, bytes, digest, pages on one line.
fn side(which: &str) {
    let begun = Instant::now();
    let (bytes, digest, pages) = if which == "ours" { ours() } else { bare() };
    println!("{} {} {bytes} {digest} {pages}", begun.elapsed().as_millis(), peak().unwrap_or_default());
}

/// What a process of its own said.
struct Figures {
    ms: u64,
    mib: u64,
    bytes: u64,
    digest: String,
    pages: u64,
}

fn measured(which: &str) -> Figures {
    let out = Command::new(std::env::current_exe().unwrap()).arg(which).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let line = String::from_utf8(out.stdout).unwrap();
    let parts: Vec<&str> = line.split_whitespace().collect();
    let number = |at: usize| parts[at].parse().unwrap();
    Figures { ms: number(0), mib: number(1), bytes: number(2), digest: parts[3].to_owned(), pages: number(4) }
}

/// The one with the middle time.
fn middle(mut runs: Vec<Figures>) -> Figures {
    runs.sort_by_key(|run| run.ms);
    runs.swap_remove(RUNS / 2)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds")]
fn main() {
    if let Some(which) = std::env::args().nth(1) {
        return side(&which);
    }
    // In turn, so that whatever else this computer does meets both.
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(measured("ours"));
        bare.push(measured("bare"));
    }
    let same = ours.iter().all(|run| run.digest == ours[0].digest);
    let (ours, bare) = (middle(ours), middle(bare));
    assert_eq!((ours.pages, bare.pages), (COUNT as u64, COUNT as u64), "a page each");
    println!("certificates    {:6} ms  {:5} MiB  {:9} bytes", ours.ms, ours.mib, ours.bytes);
    println!("typst alone     {:6} ms  {:5} MiB  {:9} bytes", bare.ms, bare.mib, bare.bytes);
    let times = ours.ms as f64 / bare.ms as f64;
    println!(
        "limit           {LIMIT:6.1} times        is {times:.2}   {}",
        if times <= LIMIT { "within" } else { "over" }
    );
    println!("same bytes in {RUNS} runs   {}   {}", ours.digest, if same { "within" } else { "over" });
}
