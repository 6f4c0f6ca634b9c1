//! Judging what was read and rendered, and what becomes of the findings: exceptions, baseline, order.

use crate::baseline::Baseline;
use crate::rendered::{self, Scene};
use check::exception::Exceptions;
use check::{Content, File, Inventory, Runner, Verdicts};
use model::{Finding, LedgerRow, Notice, NoticeKind, RuleTally};
use rayon::prelude::*;
use render::Files;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What came of the judgement.
#[derive(Debug)]
pub struct Judged {
    /// What was found, the most urgent first.
    pub findings: Vec<Finding>,
    /// What could not be judged.
    pub gaps: Vec<LedgerRow>,
    /// How each rule fared.
    pub tallies: Vec<RuleTally>,
    /// Words about exceptions.
    pub notices: Vec<Notice>,
    /// Exceptions in the configuration that can't be understood.
    pub errors: Vec<String>,
    /// Number of things judged, without those that were rendered.
    pub resources: u32,
    /// Number of findings that the baseline took out.
    pub known_before: usize,
    /// The run's own baseline, if wanted.
    pub baseline: Option<Baseline>,
}

/// Judges the files that stand as they are, and adds what was found in rendered ones.
pub fn judge(scene: Scene<'_>, files: &[File], rendered: rendered::Judged) -> Judged {
    let options = scene.options;
    let inventory = Inventory::new(files);
    let runner = Runner::new(options.checks.iter().copied(), &inventory, &options.settings);
    let runner = if options.fixes { runner } else { runner.without_fixes() };
    // Pieces that stand side by side are joined first, so the order of the units is kept.
    let mut verdicts = (0..runner.units())
        .into_par_iter()
        .fold(|| runner.nothing(), |verdicts, unit| runner.judge(verdicts, unit))
        .reduce(|| runner.nothing(), Verdicts::merge);
    check::rank::rank(&mut verdicts.findings, &inventory);
    let mut verdicts = verdicts.merge(rendered.verdicts);
    let mut exceptions = Exceptions::collect(&inventory, scene.aliases);
    read_sources(scene, &rendered.contributed, files, &mut exceptions);
    let mut errors = Vec::new();
    for exception in &options.exceptions {
        let place = &exception.location;
        if let Err(why) = exceptions.configure(exception.clone(), scene.aliases) {
            errors.push(format!("{}:{}: {why}", place.file, place.range.start.line));
        }
    }
    let ran: HashSet<&str> = options.checks.iter().map(|c| c.meta.id).collect();
    let mut notices = exceptions.apply(&mut verdicts.findings, &ran, &options.today);
    notices.extend(rendered_notices(rendered.notices, &verdicts.findings));
    notices.sort_by(|a, b| (&a.location, &a.message).cmp(&(&b.location, &b.message)));
    notices.dedup();
    count_excepted(&mut verdicts);
    rendered::merge(&mut verdicts);
    if let Some(least) = options.severity {
        verdicts.findings.retain(|f| f.severity >= least);
    }
    let baseline = options.take_baseline.then(|| Baseline::take(verdicts.findings.iter()));
    if let Some(changed) = &options.changed {
        let touched = |f: &Finding| {
            // Standard input has no place in a repository; all of it is new.
            changed.contains(&*f.primary.file)
                || &*f.primary.file == "-"
                || f.related.iter().any(|r| changed.contains(&*r.location.file))
        };
        verdicts.findings.retain(touched);
    }
    let known_before = options.baseline.as_ref().map_or(0, |b| b.subtract(&mut verdicts.findings));
    verdicts.findings.sort_by(|a, b| {
        let key = |f: &Finding| std::cmp::Reverse((f.rank.score, f.severity, f.confidence));
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.primary, a.rule.id, &a.message).cmp(&(&b.primary, b.rule.id, &b.message)))
    });
    let resources =
        inventory.objects().len() + inventory.dockerfiles().count() + inventory.services().count();
    Judged {
        findings: verdicts.findings,
        gaps: together(verdicts.gaps),
        tallies: verdicts.tallies,
        notices,
        errors,
        resources: resources as u32,
        known_before,
        baseline,
    }
}

/// Exceptions in the comments of files that charts and overlays are made of.
fn read_sources(
    scene: Scene<'_>,
    names: &BTreeSet<std::sync::Arc<str>>,
    files: &[File],
    exceptions: &mut Exceptions,
) {
    let judged: HashSet<&str> = files.iter().map(|file| &**file.source.name()).collect();
    for name in names.iter().filter(|name| !judged.contains(&***name)) {
        let Ok(Some(blob)) = scene.tree.read(name) else { continue };
        let Some(source) = blob.text() else { continue };
        if name.contains("templates/") {
            exceptions.read_template(source, scene.aliases);
        } else if Exceptions::may_be_in(source.text()) {
            let tree = syntax::yaml::parse(source.clone());
            exceptions.read_file(&File::new(source.clone(), Content::Tree(tree)), scene.aliases);
        }
    }
}

/// Words about exceptions in annotations of rendered objects: one that is of use in one run is not unused.
fn rendered_notices(notices: Vec<Notice>, findings: &[Finding]) -> Vec<Notice> {
    let used: HashSet<_> =
        findings.iter().filter_map(|f| f.exception.as_ref()).map(|e| &e.location).collect();
    notices.into_iter().filter(|n| n.kind != NoticeKind::Unused || !used.contains(&n.location)).collect()
}

/// Subjects all of whose findings are excepted count as excepted, not as failed.
fn count_excepted(verdicts: &mut Verdicts) {
    let mut subjects: BTreeMap<u32, (&str, bool)> = BTreeMap::new();
    for (finding, subject) in verdicts.findings.iter().zip(&verdicts.subjects) {
        let (_, all) = subjects.entry(*subject).or_insert((finding.rule.id, true));
        *all &= finding.exception.is_some();
    }
    let mut excepted: BTreeMap<&str, u32> = BTreeMap::new();
    for (rule, all) in subjects.values() {
        *excepted.entry(rule).or_default() += u32::from(*all);
    }
    for RuleTally { rule, failed, excepted: count, .. } in &mut verdicts.tallies {
        let n = excepted.get(rule.id).copied().unwrap_or(0).min(*failed);
        *failed -= n;
        *count += n;
    }
}

/// Gaps of several rules at one place for one reason are one row that names the rules.
fn together(mut gaps: Vec<LedgerRow>) -> Vec<LedgerRow> {
    gaps.sort_by(|a, b| (&a.file, a.line, &a.reason, &a.rules).cmp(&(&b.file, b.line, &b.reason, &b.rules)));
    let mut rows: Vec<LedgerRow> = Vec::new();
    for gap in gaps {
        match rows.last_mut() {
            Some(last) if last.file == gap.file && last.line == gap.line && last.reason == gap.reason => {
                last.rules.extend(gap.rules);
                last.rules.dedup();
            }
            _ => rows.push(gap),
        }
    }
    rows
}
