//! Changing the key of the values that a finding names, in the way its fix says, clears the finding.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use check::Settings;
use model::{Change, Finding, Renderer};
use rayon::prelude::*;
use report::Sources;
use scan::{Options, config, run};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::edit;

fn options(root: PathBuf, fixes: bool) -> Options {
    let around = scan::tree::around(std::slice::from_ref(&root));
    Options {
        roots: vec![root],
        stdin: None,
        exclude: config::globs([]).unwrap(),
        max_file_size: 64 << 20,
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
        today: "2026-11-23".to_owned(),
        fixes,
        rendering: scan::rendered::Rendering::default(),
        around,
        overlay: BTreeMap::new(),
    }
}

/// The chart of a finding.
fn unit(finding: &Finding) -> &str {
    finding.rendered.as_ref().map_or("", |rendered| &rendered.unit)
}

#[test]
fn changing_the_key_clears_the_finding() {
    let charts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/bitnami-charts/bitnami");
    let Ok(charts) = charts.canonicalize() else {
        println!("skipped: the corpus of charts is not there");
        return;
    };
    let scanned = run(&options(charts, true), &|_, _| {});
    let of_charts: Vec<&Finding> = scanned
        .report
        .findings
        .iter()
        .filter(|f| f.rendered.as_ref().is_some_and(|r| r.by == Renderer::Helm))
        .collect();
    let keyed: Vec<&&Finding> =
        of_charts.iter().filter(|f| f.rendered.as_ref().is_some_and(|r| r.key.is_some())).collect();
    let fixed: Vec<&Finding> = keyed
        .iter()
        .filter(|f| {
            let first = f.fixes.first();
            first.is_some_and(|fix| fix.changes.iter().all(|c| !matches!(c, Change::Replace { .. })))
        })
        .map(|f| **f)
        .collect();
    println!(
        "{} findings in {} charts, {} with a key of the values, {} of those with a fix of the values",
        of_charts.len(),
        of_charts.iter().map(|f| unit(f)).collect::<BTreeSet<_>>().len(),
        keyed.len(),
        fixed.len()
    );
    assert!(fixed.len() > 50, "the fixes have gone");
    // Built without optimisation, a part of them shows as much.
    let step = if cfg!(debug_assertions) { 4 } else { 1 };
    let tried: Vec<&Finding> = fixed.into_iter().step_by(step).collect();
    let stays: Vec<String> = tried
        .par_iter()
        .filter_map(|finding| {
            let fix = finding.fixes.first()?;
            let mut options = options(PathBuf::from(unit(finding)), false);
            let mut edits: BTreeMap<Arc<str>, Vec<edit::Edit>> = BTreeMap::new();
            for one in &fix.edits {
                edits.entry(one.file.clone()).or_default().push((one.span, one.text.clone()));
            }
            for (file, edits) in edits {
                let text = edit::apply(scanned.sources.text(&file)?, &edits).expect("edits fit their file");
                options.overlay.insert(file.to_string(), text);
            }
            let after = run(&options, &|_, _| {});
            let same = |other: &&Finding| other.fingerprint == finding.fingerprint;
            let there = after.report.findings.iter().any(|other| same(&other));
            // Nothing is cleared by making all of it vanish.
            let objects = after.report.stats.resources > 0;
            (there || !objects).then(|| format!("{} {}: {}", unit(finding), finding.rule.id, fix.title))
        })
        .collect();
    println!("{} fixes made one by one, {} left their finding", tried.len(), stays.len());
    assert!(stays.is_empty(), "{stays:#?}");
}
