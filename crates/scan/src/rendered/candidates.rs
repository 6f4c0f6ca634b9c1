//! What could be changed in the files so that a rendered object becomes what a fix wants.
//!
//! These are guesses, in the order in which a person would try them. Each is tried on the files, rendered and
//! judged anew (see [`super::repair`]) before it is offered.

use super::page::{Page, Target, dotted, nearest, value_span};
use model::{Change, Pointer, Span};
use render::output::{frame_of, run_at};
use render::{Origin, OriginId};
use serde_json::Value;
use std::sync::Arc;
use syntax::{Kind, Node, edit};

/// A change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A symbolic change to a YAML file, in the document whose root begins at `at`.
    Tree {
        /// The file.
        file: Arc<str>,
        /// Where the root of the document begins.
        at: u32,
        /// The change.
        change: Change,
    },
    /// A replacement of bytes of a template.
    Text {
        /// The template.
        file: Arc<str>,
        /// What to replace.
        span: Span,
        /// The new text.
        text: String,
    },
}

impl Step {
    /// The file that is changed.
    pub fn file(&self) -> &Arc<str> {
        match self {
            Self::Tree { file, .. } | Self::Text { file, .. } => file,
        }
    }

    /// In words: ``set `web.enabled` to true``; `None` for templates, where the fix's own words say it.
    pub fn title(&self) -> Option<String> {
        let Self::Tree { change, .. } = self else { return None };
        Some(match change {
            Change::Set { pointer, value } => format!("set `{}` to {}", dotted(pointer), brief(value)),
            Change::Append { pointer, value } => format!("add {} to `{}`", brief(value), dotted(pointer)),
            Change::Remove { pointer } => format!("remove `{}`", dotted(pointer)),
            Change::Replace { .. } => return None,
        })
    }
}

fn brief(value: &Value) -> String {
    const MOST: usize = 60;
    let text = edit::flow(value);
    if text.chars().count() > MOST {
        format!("{}...", text.chars().take(MOST).collect::<String>())
    } else {
        text
    }
}

/// Ways to make one change, the most likely first.
pub fn ways<'a>(page: &Page<'a>, root: Node<'a>, change: &Change) -> Vec<Step> {
    let mut ways = Vec::new();
    match change {
        Change::Set { pointer, value } => match nearest(root, pointer) {
            Target::Node(node) => set_existing(page, node, value, &mut ways),
            Target::Below(node, keys) => set_missing(page, node, &keys, value, &mut ways),
            Target::Bytes(_) => {}
        },
        Change::Append { pointer, value } => match nearest(root, pointer) {
            Target::Node(node) if node.is_seq() => {
                ways.extend(page.copied_from(node).and_then(|from| {
                    tree_step(page, from, |pointer| Change::Append { pointer, value: value.clone() })
                }));
                ways.extend(replaced_in_template(page, root, change));
            }
            Target::Node(node) => {
                set_existing(page, node, &Value::Array(vec![value.clone()]), &mut ways);
            }
            Target::Below(node, keys) => {
                set_missing(page, node, &keys, &Value::Array(vec![value.clone()]), &mut ways);
            }
            Target::Bytes(_) => {}
        },
        Change::Remove { pointer } => {
            if let Target::Node(node) = nearest(root, pointer) {
                if let Some(from) = source_of(page, node) {
                    ways.extend(tree_step(page, from, |pointer| Change::Remove { pointer }));
                }
                ways.extend(replaced_in_template(page, root, change));
            }
        }
        Change::Replace { .. } => {}
    }
    ways
}

/// The node of a values file or base that something is a copy of, or was computed from alone.
fn source_of<'p, 'a>(page: &'p Page<'a>, node: Node<'a>) -> Option<Node<'p>> {
    if matches!(node.kind(), Kind::Map | Kind::Seq) {
        return page.copied_from(node);
    }
    let trace = page.origins.trace(page.runs, value_span(node));
    match trace.values.as_slice() {
        [only] => page.origins.node_of(*only),
        _ => None,
    }
}

fn tree_step(page: &Page<'_>, node: Node<'_>, change: impl FnOnce(Pointer) -> Change) -> Option<Step> {
    let file = node.tree().source().name().clone();
    let root = std::iter::successors(Some(node), |n| n.parent()).last()?;
    (page.is_real)(&file).then(|| Step::Tree { file, at: root.span().start, change: change(node.pointer()) })
}

fn set_existing<'a>(page: &Page<'a>, node: Node<'a>, value: &Value, ways: &mut Vec<Step>) {
    if let Some(from) = source_of(page, node) {
        ways.extend(tree_step(page, from, |pointer| Change::Set { pointer, value: value.clone() }));
    } else if let [only] = page.origins.trace(page.runs, value_span(node)).values.as_slice() {
        ways.extend(set_value(page, *only, value));
    }
    if !matches!(node.kind(), Kind::Map | Kind::Seq)
        && let Some((file, span)) = template_bytes(page, node.span())
    {
        ways.push(Step::Text { file, span, text: edit::flow(value) });
    }
}

/// Sets a value that may not be there yet.
fn set_value(page: &Page<'_>, id: OriginId, value: &Value) -> Option<Step> {
    match page.origins.get(id) {
        Origin::Node { .. } => {
            let node = page.origins.node_of(id)?;
            tree_step(page, node, |pointer| Change::Set { pointer, value: value.clone() })
        }
        Origin::Missing { parent, key } => {
            let mut keys = vec![key.to_string()];
            let mut parent = *parent;
            while let Origin::Missing { parent: outer, key } = page.origins.get(parent) {
                keys.push(key.to_string());
                parent = *outer;
            }
            let node = page.origins.node_of(parent)?;
            tree_step(page, node, |pointer| Change::Set {
                pointer: keys.iter().rev().fold(pointer, |pointer, key| pointer.join(key)),
                value: value.clone(),
            })
        }
        Origin::None
        | Origin::Generated
        | Origin::Literal { .. }
        | Origin::Derived(_)
        | Origin::Written { .. } => None,
    }
}

fn set_missing<'a>(page: &Page<'a>, node: Node<'a>, keys: &[String], value: &Value, ways: &mut Vec<Step>) {
    if let Some(from) = page.copied_from(node) {
        let longer = |pointer: Pointer| keys.iter().fold(pointer, |pointer, key| pointer.join(key));
        ways.extend(tree_step(page, from, |pointer| Change::Set {
            pointer: longer(pointer),
            value: value.clone(),
        }));
    }
    let Some((first, rest)) = keys.split_first() else { return };
    if let Some((_, condition)) = page.switched_off(node, first) {
        let off = page.origins.node_of(condition);
        if off.is_none_or(|node| !node.is_map()) {
            ways.extend(set_value(page, condition, &Value::Bool(true)));
        }
        // `with .Values.securityContext` waits for a mapping that says it all.
        let inner = rest
            .iter()
            .rev()
            .fold(value.clone(), |inner, key| Value::Object(std::iter::once((key.clone(), inner)).collect()));
        ways.extend(set_value(page, condition, &inner));
    }
    let whole = rest
        .iter()
        .rev()
        .fold(value.clone(), |inner, key| Value::Object(std::iter::once((key.clone(), inner)).collect()));
    ways.extend(inserted_in_template(page, node, first, &whole));
}

/// The template text that some bytes are, if they stand there as they are.
fn template_bytes(page: &Page<'_>, span: Span) -> Option<(Arc<str>, Span)> {
    let first = run_at(page.runs, span.start)?;
    let Origin::Literal { file, .. } = page.origins.get(first.origin) else { return None };
    if first.offset == render::origin::NO_OFFSET {
        return None;
    }
    let start = first.offset.checked_add(span.start - first.at)?;
    let source = page.origins.source(*file)?;
    let there = Span::new(start, start + span.len());
    let same = source.slice(there) == page.tree.source().slice(span) && !span.is_empty();
    (same && (page.is_real)(source.name())).then(|| (source.name().clone(), there))
}

/// An edit of the rendered text, made in the template instead.
fn replaced_in_template(page: &Page<'_>, root: Node<'_>, change: &Change) -> Option<Step> {
    let edits = edit::edits(root, std::slice::from_ref(change)).ok()?;
    let [(span, text)] = edits.as_slice() else { return None };
    if !span.is_empty() {
        let (file, span) = template_bytes(page, *span)?;
        return Some(Step::Text { file, span, text: text.clone() });
    }
    // Beside a byte that stands in the template.
    let before = Span::new(span.start.checked_sub(1)?, span.start);
    let (file, at) = template_bytes(page, before)?;
    Some(Step::Text { file, span: Span::new(at.end, at.end), text: text.clone() })
}

/// A key put beside one that stands in the template, under the same conditions as the mapping itself.
fn inserted_in_template(page: &Page<'_>, node: Node<'_>, key: &str, value: &Value) -> Option<Step> {
    if !node.is_map() {
        return None;
    }
    let head = node.entries().next()?.1.key_span()?;
    let home = frame_of(page.origins, page.origins.origin_at(page.runs, head.start));
    let mut found = None;
    for (index, (_, child)) in node.entries().enumerate() {
        let Some(at) = child.key_span() else { continue };
        let origin = page.origins.origin_at(page.runs, at.start);
        if frame_of(page.origins, origin) != home {
            continue;
        }
        let Some((file, there)) = template_bytes(page, at) else { continue };
        let source =
            page.origins.files().find_map(|id| page.origins.source(id).filter(|s| *s.name() == file))?;
        let line = source.line_span(source.line_of(there.start));
        let lead = source.slice(Span::new(line.start, there.start));
        let column = lead.chars().count();
        if lead.trim().is_empty() {
            // Before this line.
            let text = format!("{}\n", edit::block_entry(column, key, value));
            found = Some(Step::Text { file, span: Span::new(line.start, line.start), text });
            break;
        }
        let one_line = source.slice(line).trim_end().len() == source.slice(line).len();
        let scalar = !matches!(child.kind(), Kind::Map | Kind::Seq);
        if index == 0 && one_line && scalar && lead.trim_start().trim_start_matches("- ").trim().is_empty() {
            // `- name: x`: below it, unless a better place comes.
            let text = format!("\n{}", edit::block_entry(column, key, value));
            found = Some(Step::Text { file, span: Span::new(line.end, line.end), text });
        }
    }
    found
}
