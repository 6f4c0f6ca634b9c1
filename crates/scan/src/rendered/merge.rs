//! Findings that several runs share are said once.

use check::Verdicts;
use model::{Finding, Renderer};
use std::collections::HashMap;
use std::sync::Arc;

/// What makes two findings of different runs one.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    file: Arc<str>,
    span: model::Span,
    /// For charts the fingerprint. Overlays give one base different names; there the words are compared,
    /// without the names.
    rest: String,
}

fn key(finding: &Finding) -> Key {
    let rest = match finding.rendered.as_ref().map(|r| r.by) {
        Some(Renderer::Kustomize) => {
            let id = &finding.resource;
            let message = finding.message.replace(&format!("`{}`", id.name), "`*`");
            let message = if id.namespace.is_empty() {
                message
            } else {
                message.replace(&format!("`{}`", id.namespace), "`*`")
            };
            format!("{} {message}", id.kind)
        }
        Some(Renderer::Helm) | None => finding.fingerprint.clone(),
    };
    Key { rule: finding.rule.id, file: finding.primary.file.clone(), span: finding.primary.span, rest }
}

/// Joins what several runs found at the same place. Numbers of subjects stay as they are: each run was judged.
pub fn merge(verdicts: &mut Verdicts) {
    let mut first: HashMap<Key, usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(verdicts.findings.len());
    let mut subjects = Vec::with_capacity(kept.capacity());
    for (finding, subject) in verdicts.findings.drain(..).zip(verdicts.subjects.drain(..)) {
        if finding.rendered.is_some() {
            let position = *first.entry(key(&finding)).or_insert(kept.len());
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
