//! Symbolic changes turned into replacements of bytes, keeping comments, order and layout.

mod emit;

use crate::{Kind, Node, SourceText, Style};
use emit::Emitter;
use model::{Change, Pointer, Span};
use serde_json::{Map, Value};
use std::fmt;

/// Why a change can't be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError(String);

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn refuse<T>(why: impl Into<String>) -> Result<T, EditError> {
    Err(EditError(why.into()))
}

/// A replacement: these bytes become this text.
pub type Edit = (Span, String);

/// The replacements that make `changes` in the document whose root is `root`, in ascending order. Changes
/// below the same missing mapping are made together.
pub fn edits(root: Node<'_>, changes: &[Change]) -> Result<Vec<Edit>, EditError> {
    let editor = Editor { root, source: root.tree().source(), json: is_json(root) };
    let mut edits = Vec::new();
    let mut inserts: Vec<(Node<'_>, Map<String, Value>)> = Vec::new();
    for change in changes {
        match change {
            Change::Set { pointer, value } => editor.set(pointer, value, &mut inserts, &mut edits)?,
            Change::Append { pointer, value } => {
                let node = root.resolve(pointer);
                if node.is_seq() {
                    edits.push(editor.append(node, value)?);
                } else {
                    let list = Value::Array(vec![value.clone()]);
                    editor.set(pointer, &list, &mut inserts, &mut edits)?;
                }
            }
            Change::Remove { pointer } => edits.push(editor.remove(root.resolve(pointer))?),
            Change::Replace { span, text } => edits.push((*span, text.clone())),
        }
    }
    for (node, entries) in inserts {
        edits.push(editor.insert(node, &entries)?);
    }
    // A collection and its last member end at the same place; what belongs to the inner one comes first.
    edits.sort_by_key(|(span, text)| (span.start, span.end, std::cmp::Reverse(indent_of(text))));
    let overlap = edits.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a.end > b.start));
    if overlap { refuse("two changes touch the same text") } else { Ok(edits) }
}

/// Indentation of the first line that an insertion adds.
fn indent_of(text: &str) -> usize {
    let line = text.trim_start_matches(['\r', '\n']);
    line.len() - line.trim_start_matches(' ').len()
}

/// The text with replacements made; `None` if they overlap or do not fit it. They must be in ascending order.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut result = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for (span, new) in edits {
        result.push_str(text.get(from..span.start as usize)?);
        result.push_str(new);
        from = span.end as usize;
    }
    result.push_str(text.get(from..)?);
    Some(result)
}

/// `key: value` as lines of block YAML, each indented by at least `indent` blanks, without a line feed at the
/// end; for texts that are not YAML themselves, such as templates.
pub fn block_entry(indent: usize, key: &str, value: &Value) -> String {
    let mut out = String::new();
    Emitter { json: false, newline: "\n" }.block_entry(&mut out, indent, key, value);
    out
}

/// A value on one line, as YAML.
pub fn flow(value: &Value) -> String {
    Emitter { json: false, newline: "\n" }.flow(value)
}

fn is_json(root: Node<'_>) -> bool {
    root.style() == Style::Flow
        && root
            .tree()
            .source()
            .text()
            .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
            .starts_with(['{', '['])
        && root.entries().next().is_some_and(|(_, value)| {
            value.key_span().is_some_and(|key| root.tree().source().slice(key).starts_with('"'))
        })
}

struct Editor<'a> {
    root: Node<'a>,
    source: &'a SourceText,
    json: bool,
}

/// Puts `value` below `keys` into `map`, joining mappings.
fn graft(map: &mut Map<String, Value>, keys: &[String], value: &Value) {
    let Some((first, rest)) = keys.split_first() else { return };
    if rest.is_empty() {
        map.insert(first.clone(), value.clone());
        return;
    }
    let slot = map.entry(first.clone()).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = slot {
        graft(inner, rest, value);
    }
}

impl<'a> Editor<'a> {
    fn set(
        &self,
        pointer: &Pointer,
        value: &Value,
        inserts: &mut Vec<(Node<'a>, Map<String, Value>)>,
        edits: &mut Vec<Edit>,
    ) -> Result<(), EditError> {
        let steps: Vec<String> = pointer.steps().collect();
        let mut here = self.root;
        for (depth, step) in steps.iter().enumerate() {
            let next = match here.kind() {
                Kind::Seq => step.parse().map_or(here.get(step), |i| here.index(i)),
                _ => here.get(step),
            };
            if next.exists() {
                here = next;
                continue;
            }
            let rest = steps.get(depth..).unwrap_or_default();
            return match here.kind() {
                Kind::Map | Kind::Null => {
                    let known = inserts.iter().position(|(node, _)| *node == here);
                    let index = known.unwrap_or(inserts.len());
                    if known.is_none() {
                        inserts.push((here, Map::new()));
                    }
                    if let Some((_, map)) = inserts.get_mut(index) {
                        graft(map, rest, value);
                    }
                    Ok(())
                }
                _ => refuse(format!("{} has no entry {step}", here.pointer())),
            };
        }
        edits.push(self.replace(here, value));
        Ok(())
    }

    fn emitter(&self) -> Emitter {
        // The first line ending after the root's start speaks for all; looking further would cost time for
        // each edit of a large file.
        let start = self.root.span().start as usize;
        let rest = self.source.text().get(start..).unwrap_or("");
        let crlf = rest.find('\n').is_some_and(|at| rest.get(..at).unwrap_or("").ends_with('\r'));
        Emitter { json: self.json, newline: if crlf { "\r\n" } else { "\n" } }
    }

    fn line_start(&self, offset: u32) -> u32 {
        let before = self.source.slice(Span::new(0, offset));
        before.rfind('\n').map_or(0, |i| i as u32 + 1)
    }

    fn line_end(&self, offset: u32) -> u32 {
        let text = self.source.text();
        let rest = text.get(offset as usize..).unwrap_or("");
        let line = rest.find('\n').map_or(rest, |i| rest.get(..i).unwrap_or(rest));
        offset + line.strip_suffix('\r').unwrap_or(line).len() as u32
    }

    fn column(&self, offset: u32) -> usize {
        self.source
            .slice(Span::new(self.line_start(offset), offset))
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
    }

    /// Entries written in this very mapping (not merged in from elsewhere), in order of position.
    fn own(node: Node<'a>) -> Vec<Node<'a>> {
        let mut own: Vec<_> =
            node.entries().map(|(_, value)| value).filter(|v| Self::is_in(*v, node)).collect();
        own.sort_by_key(|v| v.span().start);
        own
    }

    fn is_in(value: Node<'a>, collection: Node<'a>) -> bool {
        value.parent() == Some(collection)
    }

    /// Where the text of a collection's last entry or item ends.
    fn content_end(children: &[Node<'a>]) -> Option<u32> {
        children.iter().map(|v| v.key_span().map_or(v.span().end, |k| k.end.max(v.span().end))).max()
    }

    fn insert(&self, node: Node<'a>, entries: &Map<String, Value>) -> Result<Edit, EditError> {
        let emitter = self.emitter();
        if node.kind() == Kind::Null {
            return Ok(self.fill(node, &Value::Object(entries.clone())));
        }
        if node.style() == Style::Flow {
            let own = Self::own(node);
            let inner: Vec<String> = entries.iter().map(|(k, v)| emitter.flow_entry(k, v)).collect();
            return match (Self::content_end(&own), own.first()) {
                (Some(end), Some(first)) => {
                    let key = first.key_span().map_or(first.span().start, |k| k.start);
                    Ok((Span::new(end, end), self.flow_lines(node, key, end, &inner)))
                }
                _ if node.is_empty() => Ok((node.span(), format!("{{{}}}", inner.join(", ")))),
                _ => refuse("the mapping holds only merged entries"),
            };
        }
        let own = Self::own(node);
        let (Some(end), Some(key)) = (Self::content_end(&own), own.first().and_then(|v| v.key_span())) else {
            return refuse("the mapping holds only merged entries");
        };
        let indent = self.column(key.start);
        let at = self.line_end(end);
        let mut text = String::new();
        for (key, value) in entries {
            text.push_str(emitter.newline);
            emitter.block_entry(&mut text, indent, key, value);
        }
        Ok((Span::new(at, at), text))
    }

    /// Further members of a flow collection, on lines of their own if the present ones are.
    fn flow_lines(&self, node: Node<'a>, first: u32, end: u32, inner: &[String]) -> String {
        let closing = node.span().end.saturating_sub(1);
        let between = self.source.slice(Span::new(end, closing));
        if between.contains('\n') {
            let indent = " ".repeat(self.column(first));
            let newline = self.emitter().newline;
            inner.iter().fold(String::new(), |text, member| text + "," + newline + &indent + member)
        } else {
            inner.iter().fold(String::new(), |text, member| text + ", " + member)
        }
    }

    /// Gives a key without a value, or with an explicit null, this value.
    fn fill(&self, node: Node<'a>, value: &Value) -> Edit {
        let emitter = self.emitter();
        let Some(key) = node.key_span() else { return (node.span(), emitter.flow(value)) };
        let in_flow = node.parent().is_some_and(|p| p.style() == Style::Flow);
        if !node.span().is_empty() || in_flow {
            let space = if node.span().is_empty() { " " } else { "" };
            return (node.span(), format!("{space}{}", emitter.flow(value)));
        }
        let after = Span::new(node.span().start, self.line_end(node.span().start));
        if let Value::Object(entries) = value
            && !entries.is_empty()
        {
            let indent = self.column(key.start) + 2;
            let mut text = String::new();
            for (key, value) in entries {
                text.push_str(emitter.newline);
                emitter.block_entry(&mut text, indent, key, value);
            }
            return (Span::new(after.end, after.end), text);
        }
        (node.span(), format!(" {}", emitter.flow(value)))
    }

    fn replace(&self, node: Node<'a>, value: &Value) -> Edit {
        let emitter = self.emitter();
        if node.kind() == Kind::Null {
            return self.fill(node, value);
        }
        match (node.style(), value) {
            // A quoted text stays quoted in the same way.
            (Style::Double, Value::String(text)) => return (node.span(), emit::quoted(text)),
            (Style::Single, Value::String(text)) if !text.contains(['\'', '\n']) => {
                return (node.span(), format!("'{text}'"));
            }
            (Style::Block, _) => {}
            _ => return (node.span(), emitter.flow(value)),
        }
        match node.key_span() {
            Some(key) if key.end <= node.span().start => {
                (Span::new(key.end, node.span().end), format!(": {}", emitter.flow(value)))
            }
            _ => (node.span(), emitter.flow(value)),
        }
    }

    fn append(&self, node: Node<'a>, value: &Value) -> Result<Edit, EditError> {
        let emitter = self.emitter();
        let items: Vec<_> = node.items().collect();
        let last = items.iter().rev().find(|i| Self::is_in(**i, node)).map(|i| i.span().end);
        match (node.style(), last) {
            (Style::Flow, None) if items.is_empty() => {
                Ok((node.span(), format!("[{}]", emitter.flow_item(value))))
            }
            (Style::Flow, Some(end)) => {
                let first = items.first().map_or(node.span().start, |i| i.span().start);
                Ok((Span::new(end, end), self.flow_lines(node, first, end, &[emitter.flow_item(value)])))
            }
            (_, Some(end)) => {
                let indent = self.column(node.span().start);
                let at = self.line_end(end);
                let mut text = emitter.newline.to_owned();
                emitter.block_item(&mut text, indent, value);
                Ok((Span::new(at, at), text))
            }
            _ => refuse("the list holds only aliases"),
        }
    }

    /// Where the item that begins at `start` can be cut: there, if its dash stands on the same line; else at the
    /// dash, alone on a line above but for comments.
    fn dash_line(&self, start: u32) -> Option<u32> {
        let mut line = self.line_start(start);
        if !self.source.slice(Span::new(line, start)).trim().is_empty() {
            return Some(start);
        }
        while line > 0 {
            line = self.line_start(line - 1);
            let text = self.source.slice(Span::new(line, self.line_end(line)));
            let code = text.trim_start();
            let code =
                if code.starts_with('#') { "" } else { code.split(" #").next().unwrap_or("").trim_end() };
            match code {
                "" => {}
                "-" => return Some(line + (text.len() - text.trim_start().len()) as u32),
                _ => return None,
            }
        }
        None
    }

    fn remove(&self, node: Node<'a>) -> Result<Edit, EditError> {
        let (true, Some(parent)) = (node.exists(), node.parent()) else {
            return refuse("there is nothing to remove");
        };
        let siblings = if parent.is_map() {
            Self::own(parent)
        } else {
            parent.items().filter(|i| Self::is_in(*i, parent)).collect()
        };
        let begin = |n: &Node<'a>| n.key_span().map_or(n.span().start, |k| k.start);
        let end = Self::content_end(&[node]).unwrap_or(node.span().end);
        let Some(place) = siblings.iter().position(|s| *s == node) else {
            return refuse("it stands elsewhere, behind an alias");
        };
        if siblings.len() == 1 {
            return Ok(self.replace(
                parent,
                &if parent.is_map() { Value::Object(Map::new()) } else { Value::Array(vec![]) },
            ));
        }
        if parent.style() == Style::Flow {
            return Ok(match (siblings.get(place + 1), place.checked_sub(1).and_then(|i| siblings.get(i))) {
                (Some(next), _) => (Span::new(begin(&node), begin(next)), String::new()),
                (None, Some(before)) => {
                    let from = Self::content_end(&[*before]).unwrap_or(begin(&node));
                    (Span::new(from, end), String::new())
                }
                (None, None) => return refuse("it is the only member"),
            });
        }
        let mut start = begin(&node);
        if parent.is_seq() {
            let Some(dash) = self.dash_line(start) else { return refuse("the layout around it is unusual") };
            start = dash;
        }
        let line = self.line_start(start);
        let lead = self.source.slice(Span::new(line, start)).trim_start_matches('\u{feff}');
        if lead.trim().is_empty() || (parent.is_seq() && lead.trim() == "-") {
            start = line;
            let mut stop = self.line_end(end);
            let tail = self.source.text().get(stop as usize..).unwrap_or("");
            stop += if tail.starts_with("\r\n") { 2 } else { u32::from(tail.starts_with('\n')) };
            return Ok((Span::new(start, stop), String::new()));
        }
        match siblings.get(place + 1) {
            // The first entry beside a dash: the next one moves up to its place.
            Some(next) if parent.is_map() => Ok((Span::new(start, begin(next)), String::new())),
            _ => refuse("the layout around it is unusual"),
        }
    }
}
