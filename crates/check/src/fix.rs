//! Ways to mend a fault, as checks propose them.

use crate::{Check, Cx, File, Inventory, Place, Runner, Subject};
use model::{Change, Fix, Pointer, Safety, Span, TextEdit};
use serde_json::Value;
use syntax::{Node, edit};

/// A fix before it was tried: symbolic changes within one document, or byte replacements in a Dockerfile.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub(crate) title: String,
    pub(crate) safety: Safety,
    pub(crate) changes: Vec<Change>,
    /// Some node of the document that is changed.
    pub(crate) anchor: Option<Node<'a>>,
}

impl<'a> Plan<'a> {
    /// A fix that can't change what a correct program does. The title is in the imperative: ``set
    /// `privileged` to false``.
    pub fn safe(title: impl Into<String>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, changes: Vec::new(), anchor: None }
    }

    /// A fix that may stop a program which relied on the fault.
    pub fn risky(title: impl Into<String>) -> Self {
        Self { safety: Safety::Unsafe, ..Self::safe(title) }
    }

    fn pointer(&mut self, node: Node<'a>, keys: &[&str]) -> Pointer {
        self.anchor.get_or_insert(node);
        keys.iter().fold(node.pointer(), |pointer, key| pointer.join(key))
    }

    /// Gives the place reached from `node` by `keys` this value; mappings on the way are made. `node` must
    /// exist (start from the container or the pod spec, and name the keys).
    #[must_use]
    pub fn set(mut self, node: Node<'a>, keys: &[&str], value: impl Into<Value>) -> Self {
        let pointer = self.pointer(node, keys);
        self.changes.push(Change::Set { pointer, value: value.into() });
        self
    }

    /// Adds an item to the sequence reached from `node` by `keys`, which is made if it does not exist.
    #[must_use]
    pub fn append(mut self, node: Node<'a>, keys: &[&str], value: impl Into<Value>) -> Self {
        let pointer = self.pointer(node, keys);
        self.changes.push(Change::Append { pointer, value: value.into() });
        self
    }

    /// Removes a node with its key.
    #[must_use]
    pub fn remove(mut self, node: Node<'a>) -> Self {
        let pointer = self.pointer(node, &[]);
        self.changes.push(Change::Remove { pointer });
        self
    }

    /// Replaces bytes (Dockerfiles); an empty span inserts.
    #[must_use]
    pub fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        self.changes.push(Change::Replace { span, text: text.into() });
        self
    }
}

/// What judging an object once more costs, in bytes read.
const COST_OF_AN_OBJECT: usize = 512;

/// Tries a plan: applies it to the text, parses the result and runs the check on it again. `None` if the plan
/// can't be applied, breaks the text, does not clear the fault, or if the budget of bytes to read is used up.
pub(crate) fn prove(
    check: &'static Check,
    plan: &Plan<'_>,
    place: &Place<'_>,
    fingerprint: &str,
    cx: &Cx<'_>,
    budget: &mut usize,
) -> Option<Fix> {
    // A document stands for itself, so only its part of the text is read again. Checks over the whole
    // inventory need the whole file, and the other files beside it.
    let whole = matches!(check.subject, Subject::Inventory(..));
    let root = plan.anchor.and_then(|node| std::iter::successors(Some(node), |n| n.parent()).last());
    let (source, document) = match (root, place) {
        (Some(root), _) => (root.tree().source(), root.tree().document_of(root)?.span),
        (None, Place::Span(source, _)) => (*source, Span::new(0, source.text().len() as u32)),
        (None, Place::Node(_)) => return None,
    };
    let part = if whole { Span::new(0, source.text().len() as u32) } else { document };
    let others = if whole { cx.inventory.objects().len() * COST_OF_AN_OBJECT } else { 0 };
    *budget = budget.checked_sub(part.len() as usize + others)?;
    let edits = if let Some(root) = root {
        edit::edits(root, &plan.changes).ok()?
    } else {
        let replace = |change: &Change| match change {
            Change::Replace { span, text } => Some((*span, text.clone())),
            Change::Set { .. } | Change::Append { .. } | Change::Remove { .. } => None,
        };
        plan.changes.iter().map(replace).collect::<Option<Vec<_>>>()?
    };
    let local: Vec<edit::Edit> = edits
        .iter()
        .map(|(span, text)| {
            let shift = |offset: u32| offset.checked_sub(part.start);
            Some((Span::new(shift(span.start)?, shift(span.end)?), text.clone()))
        })
        .collect::<Option<_>>()?;
    let before = cx.inventory.file_of(source)?;
    let after = before.reread(edit::apply(source.slice(part), &local)?)?;
    let files: Vec<&File> = if whole {
        cx.inventory.files().iter().map(|f| if std::ptr::eq(*f, before) { &after } else { *f }).collect()
    } else {
        vec![&after]
    };
    let inventory = Inventory::new(files);
    let verdicts = Runner::new([check], &inventory, cx.settings).without_fixes().judge_all();
    if verdicts.findings.iter().any(|f| f.fingerprint == fingerprint) {
        return None;
    }
    let file = source.name();
    Some(Fix {
        title: plan.title.clone(),
        safety: plan.safety,
        changes: plan.changes.clone(),
        edits: edits.into_iter().map(|(span, text)| TextEdit { file: file.clone(), span, text }).collect(),
    })
}
