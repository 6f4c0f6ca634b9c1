//! Any text, through the whole engine: recognised, judged by every check, exceptions applied, fixes made, every
//! report written. No panic; fixes fit the text; each finding has a place in it.
#![no_main]

use check::exception::{Aliases, Exceptions};
use check::{Check, Content, Inventory, Runner, Settings};
use libfuzzer_sys::fuzz_target;
use report::{Format, Report, Stats, Style};
use scan::recognise::{Surroundings, recognise};
use std::collections::HashSet;
use std::sync::Arc;
use syntax::SourceText;

struct One(Arc<SourceText>);

impl report::Sources for One {
    fn text(&self, _file: &str) -> Option<&str> {
        Some(self.0.text())
    }
}

fuzz_target!(|text: &str| {
    // The first byte picks the name, for some kinds are told by it.
    let names = ["x.yaml", "x.json", "Dockerfile", "compose.yaml", "-", "holdfast.toml"];
    let name = names[text.bytes().next().unwrap_or(0) as usize % names.len()];
    if name == "holdfast.toml" {
        let _ = scan::Config::parse(name, text);
        return;
    }
    let source = Arc::new(SourceText::new(name, text));
    let found = recognise(source.clone(), true, &Surroundings::default(), &|_| None);
    assert!(found.file.is_some() || !found.rows.is_empty(), "passed over in silence");
    let Some(file) = found.file else { return };
    let checks: Vec<&'static Check> = checks::all().collect();
    let inventory = Inventory::new([&file]);
    let settings = Settings::default();
    let mut verdicts = Runner::new(checks.iter().copied(), &inventory, &settings).judge_all();
    let aliases = Aliases::new(checks.iter().map(|c| &c.meta));
    let ran: HashSet<&str> = checks.iter().map(|c| c.meta.id).collect();
    let exceptions = Exceptions::collect(&inventory, &aliases);
    let notices = exceptions.apply(&mut verdicts.findings, &ran, "2026-11-23");
    check::rank::rank(&mut verdicts.findings, &inventory);
    let own = !matches!(file.content, Content::Compose(_));
    for finding in verdicts.findings.iter().filter(|_| own) {
        let span = finding.primary.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{finding:?}");
        for fix in &finding.fixes {
            let edits: Vec<_> = fix.edits.iter().map(|e| (e.span, e.text.clone())).collect();
            assert!(syntax::edit::apply(text, &edits).is_some(), "{fix:?}");
        }
    }
    let report = Report {
        version: "0",
        targets: vec![name.to_owned()],
        findings: verdicts.findings,
        ledger: found.rows,
        tallies: verdicts.tallies,
        rules: checks.iter().map(|c| &c.meta).collect(),
        framework: report::framework::ALL.get(text.len() % 8).copied(),
        notices,
        stats: Stats::default(),
        fail_on: None,
    };
    let style = Style { colour: true, width: 80, unicode: true, verbose: true, limit: None, time: None };
    for format in [Format::Terminal, Format::Json, Format::Sarif, Format::Html, Format::Markdown] {
        report::render(format, &report, &One(source.clone()), &style);
    }
});
