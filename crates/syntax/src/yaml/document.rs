//! The stream of documents: markers, directives, and how reading goes on after a mistake.

use super::block::Place;
use super::control;
use super::cursor::{Parser, Read, is_eol, is_gap, span};
use super::mistakes;
use super::tags::Props;
use crate::Tree;
use crate::tree::NodeId;

/// What comes after the comments and directives in front of a document.
enum Start {
    /// The end of the text.
    Nothing,
    /// A `...` line.
    Suffix,
    /// A `---` line.
    Explicit,
    /// The document itself.
    Bare,
}

impl Parser<'_> {
    /// Reads all documents.
    pub(super) fn stream(mut self) -> Tree {
        let mut bad = control::find(self.text, 0);
        let mut any = false;
        // True where directives may stand: at the start and after `...`.
        let mut open = true;
        loop {
            let from = self.pos;
            self.anchors.reset();
            self.handles.reset();
            self.depth = 0;
            self.end = false;
            let before = self.pos;
            let mut start = from;
            let result = match self.prefix(open) {
                Ok(Start::Nothing) if self.pos >= self.src.len() => {
                    if let Some((at, c)) = bad {
                        self.build.error(*mistakes::control(at, c));
                    }
                    if !any || bad.is_some() {
                        self.build.document(None, span(from, self.src.len()), bad.is_some());
                    }
                    break;
                }
                Ok(Start::Suffix) => {
                    open = true;
                    match self.suffix() {
                        Ok(()) => continue,
                        Err(error) => Err(error),
                    }
                }
                Ok(Start::Explicit) => {
                    self.pos += 3;
                    self.fresh = false;
                    self.tab = None;
                    if !open {
                        start = self.pos;
                    }
                    open = false;
                    self.body()
                }
                Ok(Start::Bare) => {
                    open = false;
                    self.body()
                }
                Ok(Start::Nothing) => Ok(None),
                Err(error) => {
                    open = false;
                    Err(error)
                }
            };
            any = true;
            let mut result = match self.over_limit.take() {
                Some(error) => result.and(Err(error)),
                None => result,
            };
            if result.is_err() || !(self.pos >= self.src.len() || self.at_marker()) {
                self.recover(before);
            }
            if let Some((at, c)) = bad
                && at < self.pos
            {
                let refused = mistakes::control(at, c);
                if result.as_ref().err().is_none_or(|error| error.span.start >= refused.span.start) {
                    result = Err(refused);
                }
                bad = control::find(self.text, self.pos);
            }
            let at = span(start, self.pos);
            match result {
                Ok(root) => self.build.document(root, at, false),
                Err(error) => {
                    let error = mistakes::with_template_hint(&self, *error);
                    self.build.error(error);
                    self.build.document(None, at, true);
                }
            }
        }
        self.build.finish()
    }

    fn at_marker(&self) -> bool {
        self.pos == self.line && self.is_marker(self.pos)
    }

    /// Moves to the next line that begins with `---`, or to the end.
    fn recover(&mut self, before: usize) {
        let begins_line = self.pos == 0 || matches!(self.at(self.pos - 1), b'\n' | b'\r');
        let mut at = self.pos;
        // A mistake on the line of a marker itself must not lead back to it.
        if !begins_line || at == before {
            at = self.after_break(self.eol(at));
        }
        while at < self.src.len() && !(self.at(at) == b'-' && self.is_marker(at)) {
            at = self.after_break(self.eol(at));
        }
        self.pos = at;
        self.begin_line();
    }

    /// Reads comments and directives in front of a document.
    fn prefix(&mut self, open: bool) -> Read<Start> {
        let mut directive = None;
        let mut version = false;
        loop {
            self.skip();
            if self.pos == self.line && self.text.get(self.pos..).is_some_and(|t| t.starts_with('\u{feff}')) {
                self.pos += '\u{feff}'.len_utf8();
                self.begin_line();
                continue;
            }
            if self.end {
                let start = match self.here() {
                    b'-' => Start::Explicit,
                    b'.' => Start::Suffix,
                    _ => Start::Nothing,
                };
                return match directive {
                    Some(at) if !matches!(start, Start::Explicit) => {
                        Err(mistakes::directive_without_start(at))
                    }
                    _ => Ok(start),
                };
            }
            if !(open && self.here() == b'%' && self.pos == self.line) {
                return match directive {
                    Some(at) => Err(mistakes::directive_without_start(at)),
                    None => Ok(Start::Bare),
                };
            }
            directive = Some(self.directive(&mut version)?);
        }
    }

    /// Reads the directive at `pos`; gives where it stands.
    fn directive(&mut self, version: &mut bool) -> Read<model::Span> {
        let start = self.pos;
        let eol = self.eol(start);
        let line = self.slice(start + 1, eol);
        let comment = line.find(" #").or_else(|| line.find("\t#")).unwrap_or(line.len());
        let at = span(start, start + 1 + line.get(..comment).unwrap_or("").trim_end().len());
        let mut words = line.get(..comment).unwrap_or("").split([' ', '\t']).filter(|w| !w.is_empty());
        // The comment is read by `skip`.
        self.pos = start + 1 + comment;
        self.fresh = false;
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some("YAML"), Some(number), None, None) => {
                if std::mem::replace(version, true) {
                    return Err(mistakes::bad_directive(at, "a second `%YAML` directive"));
                }
                let (major, minor) = number.split_once('.').unwrap_or((number, ""));
                let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
                if !digits(major) || !digits(minor) {
                    return Err(mistakes::bad_directive(
                        at,
                        "`%YAML` must be followed by a version as in `1.2`",
                    ));
                }
                if major != "1" {
                    return Err(mistakes::bad_directive(at, "only YAML 1 can be read"));
                }
            }
            (Some("YAML"), ..) => {
                return Err(mistakes::bad_directive(at, "`%YAML` must be followed by one version"));
            }
            (Some("TAG"), Some(handle), Some(prefix), None)
                if handle.starts_with('!') && (handle.len() == 1 || handle.ends_with('!')) =>
            {
                let defined = self.handles.define(handle, prefix);
                defined
                    .then_some(())
                    .ok_or_else(|| mistakes::bad_directive(at, "this tag handle is defined already"))?;
            }
            (Some("TAG"), ..) => {
                return Err(mistakes::bad_directive(
                    at,
                    "`%TAG` must be followed by a handle (`!`, `!!` or `!name!`) and a prefix",
                ));
            }
            // Directives not known are to be ignored (YAML 1.2.2, 6.8).
            _ => {}
        }
        Ok(at)
    }

    /// Reads `...` and the rest of its line.
    fn suffix(&mut self) -> Read<()> {
        self.pos += 3;
        self.fresh = false;
        self.skip_blanks();
        let comment = self.here() == b'#' && is_gap(self.at(self.pos - 1));
        if is_eol(self.here()) || comment { Ok(()) } else { Err(mistakes::after_suffix(self)) }
    }

    /// Reads a document's content up to the marker that ends it.
    fn body(&mut self) -> Read<Option<NodeId>> {
        self.skip();
        if self.end {
            return Ok(None);
        }
        let place = Place { min: 0, compact: false, dedented_seq: false };
        let found = self.block_content(place, Props::default())?;
        self.skip();
        if self.end { Ok(Some(found.id)) } else { Err(mistakes::after_root(self)) }
    }
}
