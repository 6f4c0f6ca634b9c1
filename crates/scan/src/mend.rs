//! Applying fixes to whole files.
//!
//! Fixes of one document are rendered together, so that two that add to the same missing mapping make it only
//! once. Those that would touch the same text wait for the next round, in which the changed text is judged
//! anew; so every fix that is applied was proved on the text it is applied to.

use crate::pipeline::{Options, Scanned, run};
use check::{Content, File};
use model::{Change, Finding, Fix, Safety, Span, Status};
use report::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use syntax::SourceText;
use syntax::edit::{self, Edit};

/// Most rounds; each takes at least one fix further, and few files need more than two.
const MAX_ROUNDS: usize = 12;

/// What was done to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its name as shown to people.
    pub file: Arc<str>,
    /// Where it lies.
    pub path: PathBuf,
    /// Its text before.
    pub before: String,
    /// Its text now.
    pub after: String,
    /// What was applied: rule and title, in order.
    pub applied: Vec<(&'static str, String)>,
}

/// What came of mending.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Changed files, by name.
    pub files: Vec<Mended>,
    /// Fixes that were offered but could not be applied beside the others: rule and file.
    pub left: Vec<(&'static str, Arc<str>)>,
    /// Fixes that are not safe and were not asked for.
    pub risky: usize,
    /// Mistakes in what the user asked for.
    pub errors: Vec<String>,
}

/// Works out the texts in which every fix that applies has been made. Nothing is written.
pub fn mend(mut options: Options, risky: bool) -> Outcome {
    options.fixes = true;
    let mut outcome = Outcome::default();
    let mut files: BTreeMap<Arc<str>, Mended> = BTreeMap::new();
    let mut before = Before::default();
    for round in 0..MAX_ROUNDS {
        let scanned = run(&options, &|_, _| {});
        if round == 0 {
            outcome.errors.clone_from(&scanned.errors);
        }
        let broken = broken(&scanned);
        if round > 0 && broken > before.broken {
            // Each fix was fine by itself, but not all together: back to what was before them.
            options.overlay = before.overlay;
            files = before.files;
            outcome.left.extend(before.attempted);
            break;
        }
        before =
            Before { broken, overlay: options.overlay.clone(), files: files.clone(), attempted: Vec::new() };
        let open = || scanned.report.findings.iter().filter(|f| f.exception.is_none());
        if round == 0 && !risky {
            outcome.risky = open()
                .filter(|f| f.fixes.iter().all(|x| x.safety == Safety::Unsafe) && !f.fixes.is_empty())
                .count();
        }
        let mut wanted: BTreeMap<Arc<str>, Vec<(&Finding, &Fix)>> = BTreeMap::new();
        for finding in open() {
            let fix = finding.fixes.iter().find(|x| risky || x.safety == Safety::Safe);
            if let Some(fix) = fix
                && let Some(first) = fix.edits.first()
            {
                wanted.entry(first.file.clone()).or_default().push((finding, fix));
            }
        }
        let mut progress = false;
        outcome.left.clear();
        let sources = rendered_sources(&scanned, &wanted);
        for file in scanned.files.iter().chain(&sources) {
            let Some(offers) = wanted.get(file.source.name()) else { continue };
            let text = file.source.text();
            let Some((after, applied, left)) = attempt(file, offers) else {
                outcome.left.extend(offers.iter().map(|(f, _)| (f.rule.id, file.source.name().clone())));
                continue;
            };
            outcome.left.extend(left.iter().map(|rule| (*rule, file.source.name().clone())));
            before.attempted.extend(offers.iter().map(|(f, _)| (f.rule.id, file.source.name().clone())));
            progress = true;
            if &**file.source.name() == "-" {
                options.stdin = Some(after.clone().into_bytes());
            } else {
                options.overlay.insert(file.source.name().to_string(), after.clone());
            }
            let mended = files.entry(file.source.name().clone()).or_insert_with(|| Mended {
                file: file.source.name().clone(),
                path: scanned.paths.get(file.source.name()).cloned().unwrap_or_default(),
                before: text.to_owned(),
                after: String::new(),
                applied: Vec::new(),
            });
            mended.after = after;
            mended.applied.extend(applied);
        }
        if !progress {
            break;
        }
    }
    outcome.files = files.into_values().collect();
    outcome
}

/// What stood before a round, to go back to.
#[derive(Default)]
struct Before {
    broken: usize,
    overlay: BTreeMap<String, String>,
    files: BTreeMap<Arc<str>, Mended>,
    attempted: Vec<(&'static str, Arc<str>)>,
}

/// Number of charts, templates and overlays that could not be rendered.
fn broken(scanned: &Scanned) -> usize {
    let kinds = ["helm-chart", "helm-template", "helm-values", "kustomize", "rendered"];
    let rows = scanned.report.ledger.iter();
    rows.filter(|row| row.status == Status::Error && kinds.contains(&&*row.kind)).count()
}

/// The templates, values, bases and patches that fixes of rendered objects change.
fn rendered_sources(scanned: &Scanned, wanted: &BTreeMap<Arc<str>, Vec<(&Finding, &Fix)>>) -> Vec<File> {
    let loose: BTreeSet<&str> = scanned.files.iter().map(|file| &**file.source.name()).collect();
    let names = wanted.keys().filter(|name| !loose.contains(&***name));
    let file = |name: &Arc<str>| {
        let source = Arc::new(SourceText::new(name.clone(), scanned.sources.text(name)?));
        let tree = syntax::yaml::parse(source.clone());
        Some(File::new(source, Content::Tree(tree)))
    };
    names.filter_map(file).collect()
}

type Combined = (Vec<Edit>, Vec<(&'static str, String)>, Vec<&'static str>);

/// The edits of as many fixes as go together in one file.
fn combine(file: &File, fixes: &[(&Finding, &Fix)]) -> Combined {
    let mut edits: Vec<Edit> = Vec::new();
    let mut applied = Vec::new();
    let mut left = Vec::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    if let Content::Tree(tree) = &file.content {
        let documents = tree.documents();
        let mut of_document: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, (_, fix)) in fixes.iter().enumerate() {
            let Some(first) = fix.edits.first() else { continue };
            // Replacements in templates have no pointers; a template is no document anyway.
            if fix.changes.iter().any(|change| matches!(change, Change::Replace { .. })) {
                continue;
            }
            let near = documents.partition_point(|d| d.span.start <= first.span.start);
            let inside = |at: &usize| documents.get(*at).is_some_and(|d| d.span.contains(first.span));
            if let Some(at) = (near.saturating_sub(2)..near).find(inside) {
                of_document.entry(at).or_default().push(index);
            }
        }
        for (at, indexes) in of_document {
            let document = documents.get(at).and_then(|d| d.root);
            let Some(root) = document.map(|id| tree.node(id)) else { continue };
            let mut changes: Vec<Change> = Vec::new();
            for index in indexes {
                let Some((finding, fix)) = fixes.get(index) else { continue };
                done.insert(index);
                // Two fixes may want the same; then it is made once, and counts for both.
                let more: Vec<Change> =
                    fix.changes.iter().filter(|c| !changes.contains(c)).cloned().collect();
                let together: Vec<Change> = changes.iter().cloned().chain(more).collect();
                match edit::edits(root, &together) {
                    Ok(_) => {
                        changes = together;
                        applied.push((finding.rule.id, fix.title.clone()));
                    }
                    Err(_) => left.push(finding.rule.id),
                }
            }
            edits.extend(edit::edits(root, &changes).unwrap_or_default());
        }
    }
    for (index, (finding, fix)) in fixes.iter().enumerate() {
        if done.contains(&index) {
            continue;
        }
        let own: Vec<Edit> = fix.edits.iter().map(|e| (e.span, e.text.clone())).collect();
        if own.iter().all(|mine| edits.contains(mine)) {
            applied.push((finding.rule.id, fix.title.clone()));
        } else if own.iter().any(|mine| edits.iter().any(|other| clash(mine.0, other.0))) {
            left.push(finding.rule.id);
        } else {
            edits.extend(own);
            applied.push((finding.rule.id, fix.title.clone()));
        }
    }
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    (edits, applied, left)
}

/// The text after the fixes, those applied (rule and title), and the rules of those that were left.
type Attempted = (String, Vec<(&'static str, String)>, Vec<&'static str>);

/// The text after as many fixes as go together; if together they break it though each alone does not, the
/// first alone, and the others wait for the next round.
fn attempt(file: &File, fixes: &[(&Finding, &Fix)]) -> Option<Attempted> {
    let before = file.source.text();
    for count in [fixes.len(), 1] {
        let (edits, applied, left) = combine(file, fixes.get(..count).unwrap_or_default());
        let after = edit::apply(before, &edits).filter(|after| after != before);
        // A template can't be read before it is rendered, which the next round does.
        let template = |(_, fix): &(&Finding, &Fix)| {
            matches!(file.content, Content::Tree(_))
                && fix.changes.iter().any(|change| matches!(change, Change::Replace { .. }))
        };
        let readable = |after: &String| fixes.iter().any(template) || file.stays_readable(after);
        if let Some(after) = after.filter(readable) {
            return Some((after, applied, left));
        }
    }
    None
}

/// True if two edits touch the same text; insertions at the same place count.
fn clash(a: Span, b: Span) -> bool {
    a == b
        || (a.start < b.end && b.start < a.end)
        || (a.is_empty() && b.contains(a))
        || (b.is_empty() && a.contains(b))
}
