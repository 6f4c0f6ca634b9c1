//! Fixes of rendered objects: changes to values, templates, bases and patches that were tried out.
//!
//! A check says what the rendered object should be. [`super::candidates`] guesses which change of a file gives
//! that; here the changed files are rendered and judged again. What does not clear its finding, breaks the
//! rendering or makes the object vanish is not offered. Since rendering costs more than judging, many guesses
//! are tried at once, and fewer at a time where that goes wrong.

use super::Scene;
use super::candidates::{self, Step};
use super::judge::{Again, Sheet};
use super::page::Page;
use check::{Content, File, Inventory, Runner, Settings};
use model::{Change, Finding, Fix, ResourceId, Span, TextEdit};
use render::{Blob, Files};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use syntax::{SourceText, edit};

/// A finding with the ways to mend it that are still to be tried.
#[derive(Debug)]
struct Open {
    /// Position among the findings.
    finding: usize,
    rule: &'static str,
    fingerprint: String,
    resource: ResourceId,
    title: String,
    safety: model::Safety,
    ways: Vec<Vec<Step>>,
}

/// Most times that one run is rendered again for its fixes.
const MOST_RENDERINGS: usize = 24;

/// Most ways tried for one finding.
const MOST_WAYS: usize = 4;

/// Files with some texts in the place of their own.
struct Patched<'a> {
    base: &'a dyn Files,
    texts: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Files for Patched<'_> {
    fn read(&self, name: &str) -> Result<Option<Blob>, model::Why> {
        match self.texts.get(name) {
            Some(text) => Ok(Some(Blob::Text(text.clone()))),
            None => self.base.read(name),
        }
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        self.base.below(prefix)
    }

    fn is_file(&self, name: &str) -> bool {
        self.base.is_file(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        self.base.is_folder(name)
    }
}

/// Works out fixes for the findings of a run, which still have those for the rendered text. `render` renders the
/// same run from other files; it has `faults` fatal problems as it is. The result has one list for each finding.
pub fn repair(
    scene: Scene<'_>,
    page: &Page<'_>,
    findings: &[Finding],
    faults: usize,
    settings: &Settings,
    render: &Again<'_>,
) -> Vec<Vec<Fix>> {
    let mut fixes: Vec<Vec<Fix>> = findings.iter().map(|_| Vec::new()).collect();
    let begun = findings.iter().enumerate().filter_map(|(i, f)| begin(page, i, f));
    let ours = |step: &Step| scene.tree.is_scanned(step.file());
    let mut open: Vec<Open> = begun
        .filter_map(|mut one| {
            one.ways.retain(|way| way.iter().all(ours));
            (!one.ways.is_empty()).then_some(one)
        })
        .collect();
    let mut tries = Tries { scene, render, left: MOST_RENDERINGS, faults, settings };
    while !open.is_empty() && tries.left > 0 {
        // One way of each, as many as go together; the others wait for the next round.
        let (now, later) = Tries::choose(open);
        if now.is_empty() {
            break;
        }
        let cleared = tries.cleared(&now);
        open = later;
        for mut one in now {
            let way = one.ways.remove(0);
            if cleared.contains(&one.finding) {
                if let (Some(fix), Some(list)) = (tries.fix(&one, &way), fixes.get_mut(one.finding)) {
                    list.push(fix);
                }
            } else if !one.ways.is_empty() {
                open.push(one);
            }
        }
    }
    fixes
}

fn begin(page: &Page<'_>, index: usize, finding: &Finding) -> Option<Open> {
    let fix = finding.fixes.first()?;
    let root = page.root_at(finding.primary.span)?;
    let mut each: Vec<Vec<Step>> =
        fix.changes.iter().map(|change| candidates::ways(page, root, change)).collect();
    if each.iter().any(Vec::is_empty) {
        return None;
    }
    // Several changes belong together; the first way of each, then the second, and so on.
    let count = each.iter().map(Vec::len).max().unwrap_or(0).min(MOST_WAYS);
    let mut ways: Vec<Vec<Step>> = Vec::new();
    for at in 0..count {
        let mut way: Vec<Step> = Vec::new();
        for options in &mut each {
            let step = options.get(at).or(options.last())?;
            if !way.contains(step) {
                way.push(step.clone());
            }
        }
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Some(Open {
        finding: index,
        rule: finding.rule.id,
        fingerprint: finding.fingerprint.clone(),
        resource: finding.resource.clone(),
        title: fix.title.clone(),
        safety: fix.safety,
        ways,
    })
}

struct Tries<'a> {
    scene: Scene<'a>,
    render: &'a Again<'a>,
    left: usize,
    /// Number of fatal problems that the rendering has anyway.
    faults: usize,
    /// How the run is judged.
    settings: &'a Settings,
}

impl Tries<'_> {
    fn text(&self, file: &str) -> Option<Arc<SourceText>> {
        let blob = self.scene.tree.read(file).ok().flatten();
        let own = blob.as_ref().and_then(Blob::text).cloned();
        own.or_else(|| self.scene.options.rendering.given(file).cloned())
    }

    /// The edits that some steps come to, by file; `None` if they do not go together.
    fn edits(&self, steps: &[&Step]) -> Option<BTreeMap<Arc<str>, Vec<edit::Edit>>> {
        let mut edits: BTreeMap<Arc<str>, Vec<edit::Edit>> = BTreeMap::new();
        let mut changes: BTreeMap<(Arc<str>, u32), Vec<Change>> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Tree { file, at, change } => {
                    let list = changes.entry((file.clone(), *at)).or_default();
                    if !list.contains(change) {
                        list.push(change.clone());
                    }
                }
                Step::Text { file, span, text } => {
                    let list = edits.entry(file.clone()).or_default();
                    let new = (*span, text.clone());
                    if !list.contains(&new) {
                        // Two insertions at one place would stand one above the other; a person would not mind,
                        // but two of the same key would clash.
                        if list.iter().any(|(other, _)| touches(*other, *span)) {
                            return None;
                        }
                        list.push(new);
                    }
                }
            }
        }
        for ((file, at), list) in changes {
            if contradict(&list) {
                return None;
            }
            let source = self.text(&file)?;
            let tree = syntax::yaml::parse(source);
            let root = tree.roots().find(|root| root.span().start == at)?;
            edits.entry(file).or_default().extend(edit::edits(root, &list).ok()?);
        }
        for list in edits.values_mut() {
            list.sort_by_key(|(span, _)| (span.start, span.end));
        }
        Some(edits)
    }

    /// Splits into those whose first ways go together, and the rest.
    fn choose(open: Vec<Open>) -> (Vec<Open>, Vec<Open>) {
        let mut taken: Vec<Step> = Vec::new();
        let (mut now, mut later) = (Vec::new(), Vec::new());
        for one in open {
            let Some(way) = one.ways.first() else { continue };
            let clash = |step: &Step| taken.iter().any(|other| other != step && clashes(other, step));
            if way.iter().any(clash) {
                later.push(one);
            } else {
                taken.extend(way.iter().cloned());
                now.push(one);
            }
        }
        (now, later)
    }

    /// Which of these findings are gone when the first way of each has been made; where all at once goes wrong,
    /// half of them at a time.
    fn cleared(&mut self, now: &[Open]) -> BTreeSet<usize> {
        if now.is_empty() || self.left == 0 {
            return BTreeSet::new();
        }
        self.left -= 1;
        if let Some(gone) = self.attempt(now) {
            return gone;
        }
        if now.len() < 2 {
            return BTreeSet::new();
        }
        let (left, right) = now.split_at(now.len() / 2);
        let mut gone = self.cleared(left);
        gone.extend(self.cleared(right));
        gone
    }

    fn attempt(&self, now: &[Open]) -> Option<BTreeSet<usize>> {
        let steps: Vec<&Step> = now.iter().filter_map(|one| one.ways.first()).flatten().collect();
        let mut texts = BTreeMap::new();
        for (file, edits) in self.edits(&steps)? {
            let text = edit::apply(self.text(&file)?.text(), &edits)?;
            texts.insert(file.clone(), Arc::new(SourceText::new(file, text)));
        }
        let output = (self.render)(&Patched { base: self.scene.tree, texts })?;
        if output.problems.iter().filter(|problem| problem.fatal).count() > self.faults {
            return None;
        }
        let sheet = Sheet::new(&output.manifests);
        let source = Arc::new(SourceText::new("rendered again", sheet.text));
        let tree = syntax::yaml::parse(source.clone());
        if !tree.errors().is_empty() {
            return None;
        }
        let file = File::new(source, Content::Tree(tree));
        let inventory = Inventory::new([&file]);
        // Only what is to be cleared is judged again.
        let rules: BTreeSet<&str> = now.iter().map(|one| one.rule).collect();
        let checks = self.scene.options.checks.iter().copied().filter(|check| rules.contains(check.meta.id));
        let runner = Runner::new(checks, &inventory, self.settings).without_fixes();
        let verdicts = runner.judge_all();
        let still: BTreeSet<&str> = verdicts.findings.iter().map(|f| f.fingerprint.as_str()).collect();
        let there: BTreeSet<_> = inventory.objects().iter().map(check::Object::id).collect();
        let gone = now
            .iter()
            .filter(|one| !still.contains(one.fingerprint.as_str()) && there.contains(&one.resource))
            .map(|one| one.finding)
            .collect();
        Some(gone)
    }

    fn fix(&self, one: &Open, way: &[Step]) -> Option<Fix> {
        let mut edits = Vec::new();
        for (file, list) in self.edits(&way.iter().collect::<Vec<_>>())? {
            edits.extend(list.into_iter().map(|(span, text)| TextEdit { file: file.clone(), span, text }));
        }
        // What is written there already mends nothing by itself.
        let text = |edit: &TextEdit| Some(self.text(&edit.file)?.slice(edit.span) == edit.text);
        if edits.iter().all(|edit| text(edit) == Some(true)) {
            return None;
        }
        let titles: Vec<String> = way.iter().filter_map(Step::title).collect();
        let title = if titles.len() == way.len() { titles.join(", ") } else { one.title.clone() };
        let changes = way.iter().map(|step| match step {
            Step::Tree { change, .. } => change.clone(),
            Step::Text { span, text, .. } => Change::Replace { span: *span, text: text.clone() },
        });
        Some(Fix { title, safety: one.safety, changes: changes.collect(), edits })
    }
}

/// True if two replacements touch the same text; insertions at the same place count.
fn touches(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

/// True if two steps can't be made at once.
fn clashes(a: &Step, b: &Step) -> bool {
    match (a, b) {
        (Step::Tree { file, at, change }, Step::Tree { file: other, at: there, change: second }) => {
            file == other
                && at == there
                && (contradict(&[change.clone(), second.clone()]) || neighbours(change, second))
        }
        (Step::Text { file, span, .. }, Step::Text { file: other, span: second, .. }) => {
            file == other && touches(*span, *second)
        }
        _ => a.file() == b.file(),
    }
}

/// True if two changes are made to the same mapping, or one below where the other is: a template may look at
/// both, so that one might clear its finding only because of the other.
fn neighbours(a: &Change, b: &Change) -> bool {
    let parent = |change: &Change| match change {
        Change::Set { pointer, .. } | Change::Append { pointer, .. } | Change::Remove { pointer } => {
            pointer.as_str().rsplit_once('/').map(|(parent, _)| (parent.to_owned(), pointer.clone()))
        }
        Change::Replace { .. } => None,
    };
    let (Some((above, one)), Some((over, other))) = (parent(a), parent(b)) else { return false };
    let within = |above: &str, pointer: &model::Pointer| {
        !above.is_empty() && pointer.as_str().strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
    };
    a != b && (within(&above, &other) || within(&over, &one))
}

/// True if one of the changes would undo another.
fn contradict(changes: &[Change]) -> bool {
    let pointer = |change: &Change| match change {
        Change::Set { pointer, .. } | Change::Append { pointer, .. } | Change::Remove { pointer } => {
            Some(pointer.as_str().to_owned())
        }
        Change::Replace { .. } => None,
    };
    let below =
        |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    changes.iter().enumerate().any(|(i, a)| {
        changes.iter().skip(i + 1).any(|b| match (pointer(a), pointer(b)) {
            _ if a == b => false,
            (Some(x), Some(y)) if matches!((a, b), (Change::Append { .. }, Change::Append { .. })) => {
                x != y && (below(&x, &y) || below(&y, &x))
            }
            (Some(x), Some(y)) => below(&x, &y) || below(&y, &x),
            _ => false,
        })
    })
}
