//! Each stage of a scan by itself, in bytes of input a second, on one thread:
//!
//!     HOLDFAST_CORPORA=DIR cargo bench -p scan
//!
//! DIR holds one folder a corpus; without it the benchmarks are skipped with a word.

#![allow(clippy::unwrap_used, reason = "a benchmark without its input is no benchmark")]

use check::{File, Inventory, Runner, Settings};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use report::{Format, Style, render};
use scan::read::{self, MAX_FILE_SIZE, Text};
use scan::recognise::{self, Surroundings};
use scan::{Options, config, walk};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use syntax::SourceText;

const CORPORA: [&str; 4] = ["kubernetes-examples", "argo-cd", "kube-prometheus", "kubernetes-goat"];

fn main() {
    if folder("").is_some() {
        divan::main();
    } else {
        println!("skipped: set HOLDFAST_CORPORA to a folder with one folder a corpus");
    }
}

fn folder(corpus: &str) -> Option<PathBuf> {
    Some(PathBuf::from(std::env::var_os("HOLDFAST_CORPORA")?).join(corpus)).filter(|path| path.is_dir())
}

fn texts(corpus: &str) -> Vec<(Arc<str>, String)> {
    let none = config::globs([]).unwrap();
    let walked = walk::walk(&[folder(corpus).unwrap()], &none);
    let wanted = walked.files.iter().filter(|f| recognise::foreign(&f.name).is_none());
    wanted
        .filter_map(|f| match read::read(&f.path, MAX_FILE_SIZE) {
            Ok(Text::Text(text)) => Some((f.name.clone(), text)),
            _ => None,
        })
        .collect()
}

fn size(texts: &[(Arc<str>, String)]) -> BytesCount {
    BytesCount::new(texts.iter().map(|(_, text)| text.len()).sum::<usize>())
}

fn parse(texts: &[(Arc<str>, String)]) -> Vec<File> {
    let around = Surroundings::new(texts.iter().map(|(name, _)| name.clone()));
    let read = |(name, text): &(Arc<str>, String)| {
        let source = Arc::new(SourceText::new(name.clone(), text.clone()));
        recognise::recognise(source, false, &around, &|_| None).file
    };
    texts.iter().filter_map(read).collect()
}

#[divan::bench(args = CORPORA)]
fn a_walk_and_read(bencher: Bencher<'_, '_>, corpus: &str) {
    bencher.counter(size(&texts(corpus))).bench_local(|| texts(black_box(corpus)));
}

#[divan::bench(args = CORPORA)]
fn b_recognise_and_parse(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    bencher.counter(size(&texts)).bench_local(|| parse(black_box(&texts)));
}

#[divan::bench(args = CORPORA)]
fn c_index(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    let parsed = parse(&texts);
    bencher.counter(size(&texts)).bench_local(|| Inventory::new(black_box(&parsed)));
}

fn judge(bencher: Bencher<'_, '_>, corpus: &str, fixes: bool) {
    let texts = texts(corpus);
    let parsed = parse(&texts);
    let inventory = Inventory::new(&parsed);
    let settings = Settings::default();
    bencher.counter(size(&texts)).bench_local(|| {
        let runner = Runner::new(checks::all(), black_box(&inventory), &settings);
        if fixes { runner.judge_all() } else { runner.without_fixes().judge_all() }
    });
}

#[divan::bench(args = CORPORA)]
fn d_judge(bencher: Bencher<'_, '_>, corpus: &str) {
    judge(bencher, corpus, false);
}

#[divan::bench(args = CORPORA)]
fn e_judge_and_prove_fixes(bencher: Bencher<'_, '_>, corpus: &str) {
    judge(bencher, corpus, true);
}

#[divan::bench(args = CORPORA)]
fn f_write_json(bencher: Bencher<'_, '_>, corpus: &str) {
    let options = Options {
        roots: vec![folder(corpus).unwrap()],
        stdin: None,
        exclude: config::globs([]).unwrap(),
        max_file_size: MAX_FILE_SIZE,
        checks: checks::all().collect(),
        settings: Settings::default(),
        exceptions: Vec::new(),
        accepted_gaps: Vec::new(),
        severity: None,
        fail_on: None,
        framework: None,
        baseline: None,
        take_baseline: false,
        changed: None,
        today: "2026-01-01".to_owned(),
        fixes: true,
        rendering: scan::rendered::Rendering::default(),
        around: Vec::new(),
        overlay: BTreeMap::new(),
    };
    let scanned = scan::run(&options, &|_, _| {});
    let style = Style::default();
    let write = || render(Format::Json, black_box(&scanned.report), &scanned.sources, &style);
    bencher.counter(size(&texts(corpus))).bench_local(write);
}
