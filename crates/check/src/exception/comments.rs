//! Exceptions written in comments.

use super::apply::{Entry, Region};
use super::parse;
use super::{Aliases, Exceptions};
use crate::{Content, File};
use model::{Exception, ExceptionSource, Location, NoticeKind, Pointer, Scope, Span};
use std::sync::Arc;
use syntax::{Node, SourceText, Tree};

/// Reads the comments of a file.
pub(super) fn read(file: &File, aliases: &Aliases, into: &mut Exceptions) {
    let source = &file.source;
    match &file.content {
        Content::Tree(tree) => {
            let starts = BlockStarts::of_tree(tree);
            scan(source, tree.comments(), &starts, false, aliases, into);
        }
        Content::Dockerfile(dockerfile) => {
            let blocks = dockerfile.instructions().map(|i| i.span);
            let starts = BlockStarts::of_instructions(source, blocks);
            scan(source, &dockerfile.comments, &starts, true, aliases, into);
        }
        Content::Compose(project) => {
            for tree in project.trees() {
                let starts = BlockStarts::of_tree(tree);
                scan(tree.source(), tree.comments(), &starts, false, aliases, into);
            }
        }
    }
}

/// Reads the comments of a template: `{{/* holdfast: allow ... */}}`, and those of the YAML it writes. One on a
/// line of its own reaches over the next line that holds something, and what is indented deeper below that.
pub(super) fn read_template(source: &Arc<SourceText>, aliases: &Aliases, into: &mut Exceptions) {
    let text = source.text();
    if !is_interesting(text) {
        return;
    }
    let comments = template_comments(source);
    let starts = BlockStarts::of_lines(source, &comments);
    scan(source, &comments, &starts, false, aliases, into);
}

/// Comments of a template that may be exceptions, in order, without the braces and asterisks around them.
fn template_comments(source: &SourceText) -> Vec<Span> {
    let mut found = Vec::new();
    for number in 1..=source.line_count() {
        let span = source.line_span(number);
        let line = source.slice(span);
        if !is_interesting(line) {
            continue;
        }
        let at = match (line.find("/*"), line.find('#')) {
            (Some(open), _) => {
                let body = line.get(open + 2..).unwrap_or("");
                let end = body.find("*/").unwrap_or(body.len());
                let text = body.get(..end).unwrap_or("");
                let blank = text.len() - text.trim_start().len();
                (open + 2 + blank, open + 2 + text.trim_end().len().max(blank))
            }
            (None, Some(hash)) => (hash, line.len()),
            (None, None) => (line.len() - line.trim_start().len(), line.len()),
        };
        found.push(Span::new(span.start + at.0 as u32, span.start + at.1 as u32));
    }
    found
}

/// For each line on which blocks (nodes, instructions) begin, the largest of them.
struct BlockStarts {
    /// (line, span), by line.
    blocks: Vec<(u32, Span)>,
    /// Parts of the text that a comment does not reach out of: documents, in order.
    bounds: Vec<Span>,
    /// Spans of which a comment inside belongs to the whole: instructions, in order.
    wholes: Vec<Span>,
}

impl BlockStarts {
    fn new(source: &SourceText, spans: impl Iterator<Item = Span>) -> Self {
        let mut blocks: Vec<(u32, Span)> = spans.map(|s| (source.line_of(s.start), s)).collect();
        blocks.sort_by_key(|(line, span)| (*line, std::cmp::Reverse(span.len())));
        blocks.dedup_by_key(|(line, _)| *line);
        Self { blocks, bounds: Vec::new(), wholes: Vec::new() }
    }

    /// Of the instructions of a Dockerfile: a comment between the lines of one is about that one.
    fn of_instructions(source: &SourceText, spans: impl Iterator<Item = Span>) -> Self {
        let wholes: Vec<Span> = spans.collect();
        Self { wholes: wholes.clone(), ..Self::new(source, wholes.into_iter()) }
    }

    /// Of a template, whose text is no YAML yet: a line and what is indented deeper below it. Lines with nothing
    /// but an action or a comment don't count as indented.
    fn of_lines(source: &SourceText, comments: &[Span]) -> Self {
        let mut blocks = Vec::new();
        let lines = source.line_count();
        let line = |number: u32| source.slice(source.line_span(number));
        let indent = |text: &str| text.len() - text.trim_start().trim_start_matches("- ").len();
        let is_text = |text: &str| {
            let text = text.trim();
            !text.is_empty() && !text.starts_with("{{") && !text.starts_with('#')
        };
        for comment in comments {
            let at = source.line_of(comment.start);
            let own = line(at).trim_start();
            let first = if own.starts_with("{{") && own.trim_end().ends_with("}}") || own.starts_with('#') {
                (at + 1..=lines).find(|number| is_text(line(*number)))
            } else {
                Some(at)
            };
            let Some(first) = first else { continue };
            let deep = indent(line(first));
            let outer = line(first).len() - line(first).trim_start().len();
            let last = (first + 1..=lines)
                .find(|number| {
                    let text = line(*number);
                    let own = text.len() - text.trim_start().len();
                    is_text(text) && (own <= outer || own < deep)
                })
                .map_or(lines, |next| next - 1);
            blocks.push((first, source.line_span(first).cover(source.line_span(last))));
        }
        blocks.sort_unstable();
        blocks.dedup();
        Self { blocks, bounds: Vec::new(), wholes: Vec::new() }
    }

    fn of_tree(tree: &Tree) -> Self {
        // Most files have no exception at all; then their nodes need not be looked at.
        let text = |span: &Span| tree.source().slice(*span);
        if !tree.comments().iter().any(|c| is_interesting(text(c))) {
            return Self { blocks: Vec::new(), bounds: Vec::new(), wholes: Vec::new() };
        }
        let mut spans = Vec::new();
        for root in tree.roots() {
            collect(root, &mut spans, 0);
        }
        let bounds = tree.documents().iter().map(|d| d.span).collect();
        Self { bounds, ..Self::new(tree.source(), spans.into_iter()) }
    }

    /// The block that begins on the comment's line, or the next one if `below`; never one of another document.
    fn at(&self, comment: Span, line: u32, below: bool) -> Option<Span> {
        let around = |spans: &[Span]| {
            let index = spans.partition_point(|s| s.start <= comment.start).checked_sub(1)?;
            spans.get(index).copied()
        };
        if let Some(whole) = around(&self.wholes).filter(|whole| whole.contains(comment)) {
            return Some(whole);
        }
        let index = self.blocks.partition_point(|(l, _)| *l < line);
        let (found, span) = *self.blocks.get(index)?;
        let near = around(&self.bounds).is_none_or(|document| document.contains(span));
        (near && (below || found == line)).then_some(span)
    }
}

fn collect(node: Node<'_>, spans: &mut Vec<Span>, depth: usize) {
    if depth > 256 {
        return;
    }
    spans.push(node.key_span().map_or(node.span(), |key| key.cover(node.span())));
    for (_, value) in node.entries() {
        if value.parent() == Some(node) {
            collect(value, spans, depth + 1);
        }
    }
    for item in node.items() {
        if item.parent() == Some(node) {
            collect(item, spans, depth + 1);
        }
    }
}

const WORDS: [&str; 4] = ["holdfast:", "checkov:skip=", "trivy:ignore:", "hadolint "];

pub(super) fn is_interesting(comment: &str) -> bool {
    WORDS.iter().any(|word| comment.contains(word))
}

fn scan(
    source: &Arc<SourceText>,
    comments: &[Span],
    starts: &BlockStarts,
    dockerfile: bool,
    aliases: &Aliases,
    into: &mut Exceptions,
) {
    for comment in comments {
        let text = source.slice(*comment);
        if !is_interesting(text) {
            continue;
        }
        let line = source.line_of(comment.start);
        let before = source.slice(Span::new(source.line_span(line).start, comment.start));
        let own_line = matches!(before.trim(), "" | "{{/*" | "{{- /*");
        let here = Place { source, comment: *comment, line, own_line, starts };
        let body = text.trim_start_matches('#').trim();
        if let Some(rest) = body.strip_prefix("holdfast:") {
            here.ours(rest.trim(), aliases, into);
        } else if let Some(rest) = after(body, "checkov:skip=") {
            // Checkov: `checkov:skip=ID:reason`; in a Dockerfile it holds for the whole file.
            let (id, reason) = rest.split_once(':').unwrap_or((rest, ""));
            let region = if dockerfile { here.file() } else { here.beside() };
            here.foreign("checkov", &[id], Some(reason), region, aliases, into);
        } else if let Some(rest) = after(body, "trivy:ignore:") {
            let id = rest.split([' ', '\t', '[']).next().unwrap_or("").split(':').next().unwrap_or("");
            let expiry =
                rest.split_whitespace().next().and_then(|w| w.split_once(":exp:")).map(|(_, date)| date);
            let region = here.beside();
            here.foreign_until("trivy", &[id], None, expiry, region, aliases, into);
        } else if let Some(rest) = after(body, "hadolint ") {
            let rest = rest.trim();
            let (global, rest) = rest.strip_prefix("global ").map_or((false, rest), |r| (true, r.trim()));
            if let Some(list) = rest.strip_prefix("ignore=") {
                let list = list.split('#').next().unwrap_or("");
                let ids: Vec<&str> = list.split([',', ' ', ';']).filter(|w| !w.is_empty()).collect();
                let region = if global { here.file() } else { here.beside() };
                here.foreign("hadolint", &ids, None, region, aliases, into);
            }
        }
    }
}

fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word)
}

struct Place<'a> {
    source: &'a Arc<SourceText>,
    comment: Span,
    line: u32,
    own_line: bool,
    starts: &'a BlockStarts,
}

impl Place<'_> {
    fn location(&self) -> Location {
        self.source.location(self.comment, Pointer::root())
    }

    /// The line the comment stands on, or, for one on a line of its own, the next that holds something; with
    /// the whole block that begins there.
    fn beside(&self) -> Region {
        let block = self.starts.at(self.comment, self.line, self.own_line);
        let line = self.source.line_span(self.line);
        Region::Bytes(
            self.source.name().clone(),
            block.map_or(line, |b| if self.own_line { b } else { line.cover(b) }),
        )
    }

    fn file(&self) -> Region {
        Region::File(self.source.name().clone())
    }

    fn ours(&self, text: &str, aliases: &Aliases, into: &mut Exceptions) {
        let allowed =
            text.strip_prefix("allow").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        let Some(rest) = allowed else {
            into.notice(
                NoticeKind::NotUnderstood,
                format!("`holdfast: {text}` is not understood; write `holdfast: allow RULE reason=\"...\"`"),
                self.location(),
            );
            return;
        };
        let terms = match parse::terms(rest) {
            Ok(terms) => terms,
            Err(why) => return into.notice(NoticeKind::NotUnderstood, why, self.location()),
        };
        if terms.rules.is_empty() {
            let why = "the exception names no rule; write `holdfast: allow RULE reason=\"...\"`";
            return into.notice(NoticeKind::NotUnderstood, why.to_owned(), self.location());
        }
        for rule in &terms.rules {
            let exception = Exception {
                rule: rule.clone(),
                scope: Scope::default(),
                owner: terms.owner.clone(),
                reason: terms.reason.clone(),
                until: terms.until.clone(),
                source: ExceptionSource::Inline,
                location: self.location(),
            };
            into.add(Entry::new(exception, self.beside()), aliases);
        }
    }

    fn foreign(
        &self,
        tool: &str,
        ids: &[&str],
        reason: Option<&str>,
        region: Region,
        aliases: &Aliases,
        into: &mut Exceptions,
    ) {
        self.foreign_until(tool, ids, reason, None, region, aliases, into);
    }

    #[expect(clippy::too_many_arguments, reason = "one call with everything a foreign comment can say")]
    fn foreign_until(
        &self,
        tool: &str,
        ids: &[&str],
        reason: Option<&str>,
        until: Option<&str>,
        region: Region,
        aliases: &Aliases,
        into: &mut Exceptions,
    ) {
        for id in ids {
            let location = self.location();
            into.foreign(tool, id, reason, until, location, region.clone(), aliases);
        }
    }
}
