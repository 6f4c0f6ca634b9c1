//! Findings that several runs share are said once.

use check::Verdicts;
use model::{Finding, Rendered, Renderer};
use std::collections::HashMap;
use std::sync::Arc;

/// What makes two findings of different runs one.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    file: Arc<str>,
    span: model::Span,
    /// Kind and words, without the names: releases and overlays give one thing different names.
    rest: String,
    /// The chart; overlays share their bases.
    unit: Option<Arc<str>>,
    /// The how manieth of its like in its run: a template may write several objects from one line.
    nth: usize,
}

fn key(finding: &Finding, rendered: &Rendered) -> Key {
    let id = &finding.resource;
    let mut words = finding.message.clone();
    for name in [&id.name, &id.namespace] {
        if !name.is_empty() {
            words = words.replace(name.as_str(), "*");
        }
    }
    Key {
        rule: finding.rule.id,
        file: finding.primary.file.clone(),
        span: finding.primary.span,
        rest: format!("{} {words}", id.kind),
        unit: (rendered.by == Renderer::Helm).then(|| rendered.unit.clone()),
        nth: 0,
    }
}

/// Joins what several runs found at the same place. Numbers of subjects stay as they are: each run was judged.
pub fn merge(verdicts: &mut Verdicts) {
    let mut first: HashMap<Key, usize> = HashMap::new();
    let mut seen: HashMap<(Key, Option<Arc<str>>), usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(verdicts.findings.len());
    let mut subjects = Vec::with_capacity(kept.capacity());
    for (finding, subject) in verdicts.findings.drain(..).zip(verdicts.subjects.drain(..)) {
        if let Some(rendered) = &finding.rendered {
            let mut key = key(&finding, rendered);
            let count = seen.entry((key.clone(), rendered.runs.first().cloned())).or_default();
            key.nth = *count;
            *count += 1;
            let position = *first.entry(key).or_insert(kept.len());
            if let Some(same) = kept.get_mut(position) {
                join(same, finding);
                continue;
            }
        }
        kept.push(finding);
        subjects.push(subject);
    }
    verdicts.findings = kept;
    verdicts.subjects = subjects;
}

fn join(same: &mut Finding, other: Finding) {
    if let (Some(mine), Some(theirs)) = (&mut same.rendered, other.rendered) {
        for run in theirs.runs {
            if !mine.runs.contains(&run) {
                mine.runs.push(run);
            }
        }
    }
    // An exception holds for the place only if it holds in every run.
    if other.exception.is_none() {
        same.exception = None;
    }
    if other.rank.score > same.rank.score {
        same.rank = other.rank;
    }
    same.severity = same.severity.max(other.severity);
    if same.fixes.is_empty() {
        same.fixes = other.fixes;
    }
}
