//! One run: its manifests become one text, which is judged like a file, and what is found is led back.

use super::page::{Page, Target};
use super::{Judged, Kept, Scene, repair};
use check::exception::Exceptions;
use check::{Content, File, Inventory, Runner, Settings, Verdicts};
use model::{Change, Finding, LedgerRow, Location, Notice, Related, Rendered, Renderer, Role, WhyCode};
use render::{Files, Manifest, Origin, Origins, Output, Problem, Run};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use syntax::SourceText;

/// What is judged, and what it is called.
#[derive(Clone, Debug)]
pub struct Unit {
    /// By what it was rendered.
    pub by: Renderer,
    /// The folder, as shown to people; empty for the current one.
    pub folder: Arc<str>,
    /// What tells this run from the others.
    pub run: Arc<str>,
    /// How many runs there are that it is one of.
    pub of: u32,
    /// False if it is known that something of what will be deployed is missing.
    pub whole: bool,
}

/// True for problems that leave nothing out of what is rendered.
pub fn is_harmless(problem: &Problem) -> bool {
    !problem.fatal && problem.code != WhyCode::MissingInput
}

/// The manifests of a run as one text.
#[derive(Debug)]
pub struct Sheet {
    /// The text.
    pub text: String,
    /// Where its bytes came from.
    pub runs: Vec<Run>,
}

impl Sheet {
    /// Puts manifests below one another.
    pub fn new(manifests: &[Manifest]) -> Self {
        let length = manifests.iter().map(|m| m.text.len() + 8).sum();
        let mut sheet = Self { text: String::with_capacity(length), runs: Vec::new() };
        for manifest in manifests {
            sheet.text.push_str("---\n");
            let start = sheet.text.len() as u32;
            sheet.runs.extend(manifest.runs.iter().map(|run| Run { at: run.at + start, ..*run }));
            sheet.text.push_str(&manifest.text);
            if !manifest.text.ends_with('\n') {
                sheet.text.push('\n');
            }
        }
        sheet
    }
}

/// Renders a run once more, from other files.
pub type Again<'a> = dyn Fn(&dyn Files) -> Option<Output> + 'a;

/// Judges what a run came to. `again` renders the same run from other files, to try out fixes; without
/// it there are none.
pub fn judge(scene: Scene<'_>, unit: &Unit, output: &Output, again: Option<&Again<'_>>) -> Judged {
    let origins: &Origins = &output.origins;
    let sheet = Sheet::new(&output.manifests);
    let shown = if unit.folder.is_empty() { "." } else { &*unit.folder };
    let source = Arc::new(SourceText::new(format!("{shown} ({})", unit.run), sheet.text));
    let file = File::new(source.clone(), Content::Tree(syntax::yaml::parse(source)));
    let options = scene.options;
    let inventory = Inventory::new([&file]);
    // Where a template failed or a dependency is missing, what is not there may only be missing here.
    let whole = unit.whole && output.problems.iter().all(is_harmless);
    let settings = Settings { complete: options.settings.complete && whole, ..options.settings.clone() };
    let runner = Runner::new(options.checks.iter().copied(), &inventory, &settings);
    let runner = if options.fixes { runner } else { runner.without_fixes() };
    let mut verdicts = runner.judge_all();
    check::rank::rank(&mut verdicts.findings, &inventory);
    let ran: HashSet<&str> = options.checks.iter().map(|c| c.meta.id).collect();
    let exceptions = Exceptions::annotations(&inventory, scene.aliases);
    let mut notices = exceptions.apply(&mut verdicts.findings, &ran, &options.today);
    let resources = inventory.objects().len() as u32;
    let mut rows = Vec::new();
    if let Content::Tree(tree) = &file.content {
        let folder = if unit.folder.is_empty() { String::new() } else { format!("{}/", unit.folder) };
        let is_real = |name: &str| scene.tree.is_editable(name) || options.rendering.given(name).is_some();
        let page = Page { tree, runs: &sheet.runs, origins, folder: &folder, is_real: &is_real };
        forget_generated(&page, &mut verdicts);
        let fixes = match again.filter(|_| options.fixes) {
            Some(again) => {
                let faults = output.problems.iter().filter(|problem| problem.fatal).count();
                repair::repair(scene, &page, &verdicts.findings, faults, &settings, again)
            }
            None => verdicts.findings.iter().map(|_| Vec::new()).collect(),
        };
        lead_back(&page, unit, &mut verdicts, &mut notices);
        for (finding, fixes) in verdicts.findings.iter_mut().zip(fixes) {
            finding.fixes = fixes;
            lead_to_fix(scene, finding);
        }
        for error in tree.errors() {
            let placed = page.place(&Target::Bytes(error.span)).primary;
            let why = model::Why::new(error.code, error.message.clone());
            let line = Some(placed.range.start.line).filter(|line| *line > 0);
            rows.push(LedgerRow::gap(&placed.file, line, model::Status::Error, "rendered", &why));
        }
    }
    let contributed = contributed(&sheet.runs, origins);
    let folder = unit.folder.to_string();
    let kept = Kept { file, runs: sheet.runs, origins: output.origins.clone(), folder };
    let kept = if options.rendering.keep { vec![kept] } else { Vec::new() };
    Judged { verdicts, rows, errors: Vec::new(), notices, resources, kept, contributed }
}

/// Names of the files whose text, or whose values, are in the result.
fn contributed(runs: &[Run], origins: &Origins) -> BTreeSet<Arc<str>> {
    let mut ids: Vec<_> = runs.iter().map(|run| run.origin).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut files = BTreeSet::new();
    let mut values = Vec::new();
    for id in ids {
        if let Origin::Literal { file, .. } | Origin::Written { file, .. } = origins.get(id) {
            files.insert(*file);
        }
        values.clear();
        origins.values_of(id, &mut values);
        for value in &values {
            if let Origin::Node { file, .. } = origins.get(*value) {
                files.insert(*file);
            }
        }
    }
    files.into_iter().filter_map(|file| Some(origins.source(file)?.name().clone())).collect()
}

/// Replaces places in the rendered text by places in files.
fn lead_back(page: &Page<'_>, unit: &Unit, verdicts: &mut Verdicts, notices: &mut Vec<Notice>) {
    for finding in &mut verdicts.findings {
        relocate(page, unit, finding);
    }
    for gap in &mut verdicts.gaps {
        let place = page.place_line(gap.line.unwrap_or(1));
        if !place.file.is_empty() {
            gap.line = Some(place.range.start.line);
            gap.file = place.file;
        }
    }
    for notice in notices {
        notice.location = simple(page, &notice.location);
    }
}

/// A secret that is made up while rendering is committed nowhere.
fn forget_generated(page: &Page<'_>, verdicts: &mut Verdicts) {
    let mut subjects = std::mem::take(&mut verdicts.subjects).into_iter();
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    verdicts.findings.retain(|finding| {
        let subject = subjects.next().unwrap_or(0);
        let secret = matches!(finding.rule.topic, "secret" | "secrets");
        let made_up = secret && page.is_generated(&finding.primary);
        if made_up {
            dropped.push((finding.rule.id, subject));
        } else {
            kept.push(subject);
        }
        !made_up
    });
    verdicts.subjects = kept;
    dropped.sort_unstable();
    dropped.dedup();
    for (rule, subject) in dropped {
        let tally = verdicts.tallies.iter_mut().find(|tally| tally.rule.id == rule);
        if let (Some(tally), false) = (tally, verdicts.subjects.contains(&subject)) {
            tally.failed = tally.failed.saturating_sub(1);
            tally.passed += 1;
        }
    }
}

/// A fault in a template that a change of values mends is shown in the values.
fn lead_to_fix(scene: Scene<'_>, finding: &mut Finding) {
    let (Some(fix), Some(rendered)) = (finding.fixes.first(), &mut finding.rendered) else { return };
    let (Some(edit), Some(change)) = (fix.edits.first(), fix.changes.first()) else { return };
    let (Change::Set { pointer, .. } | Change::Append { pointer, .. } | Change::Remove { pointer }) = change
    else {
        return;
    };
    if rendered.by != Renderer::Helm || rendered.key.is_some() || edit.file == finding.primary.file {
        return;
    }
    let Ok(Some(blob)) = scene.tree.read(&edit.file) else { return };
    let Some(source) = blob.text() else { return };
    let line = source.line_span(source.line_of(edit.span.start));
    let place = source.location(line, pointer.clone());
    let before = std::mem::replace(&mut finding.primary, place);
    let label = "stands here in the template".to_owned();
    finding.related.insert(0, Related { location: before, label, role: Role::Template });
    rendered.key = Some(super::page::dotted(pointer)).filter(|key| !key.is_empty());
}

fn simple(page: &Page<'_>, location: &Location) -> Location {
    let target = page.resolve(location);
    let placed = page.place(&target).primary;
    if placed.file.is_empty() { location.clone() } else { placed }
}

fn relocate(page: &Page<'_>, unit: &Unit, finding: &mut Finding) {
    let placed = page.place(&page.target(finding));
    for related in &mut finding.related {
        related.location = simple(page, &related.location);
    }
    if let Some(exception) = &mut finding.exception {
        exception.location = simple(page, &exception.location);
    }
    if !placed.primary.file.is_empty() {
        finding.primary = placed.primary;
    }
    finding.related.splice(0..0, placed.related);
    finding.related.dedup();
    finding.rendered = Some(Rendered {
        by: unit.by,
        unit: unit.folder.clone(),
        runs: vec![unit.run.clone()],
        of: unit.of,
        key: placed.key,
    });
}
