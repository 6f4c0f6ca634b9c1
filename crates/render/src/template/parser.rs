//! From a template's text to instructions: actions and the branches they open.

mod command;
mod control;
mod pipeline;

use crate::template::code::{Code, Constant, NodeAt, NodeIx, Op, Unit};
use crate::template::lexer::{Item, Keyword, Kind, Lexer};
use crate::template::literal::{quote, unquote};
use crate::template::shown::shown;
use model::Span;
use std::sync::Arc;
use syntax::SourceText;

/// Control structures and parentheses may be nested this deep: each level takes some of the real stack.
const DEEPEST: u32 = 200;

/// Why a text is no template.
#[derive(Clone, Debug)]
pub(super) struct Misparse {
    /// Line it was found in.
    pub line: u32,
    /// Go's words, without the place.
    pub message: String,
    /// Where.
    pub span: Span,
}

type Parse<T> = Result<T, Misparse>;

/// What a text comes to.
#[derive(Debug)]
pub(super) struct Compiled {
    /// Its templates.
    pub unit: Unit,
    /// Its comments, with their braces.
    pub comments: Vec<Span>,
}

/// What ends a list of actions.
struct Terminator {
    /// The action, from its brace on.
    start: u32,
    kind: Ending,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    End,
    Else,
    /// `else if`, `else with`: the keyword is still to be read.
    ElseThen(Keyword),
}

impl Ending {
    fn shown(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else | Self::ElseThen(_) => "{{else}}",
        }
    }
}

/// A loop that is being read.
struct Open {
    /// Branches open where it began.
    blocks: u32,
    /// Jumps to its end, and to its next round.
    breaks: Vec<usize>,
    continues: Vec<usize>,
}

/// What is known of a variable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Its place.
    At(u32),
    /// It was assigned to, but never declared: reading it is an error, once that is reached.
    Undeclared,
}

/// What belongs to the template that is being read; a `define` inside has its own.
#[derive(Default)]
struct Body {
    ops: Vec<Op>,
    /// Variables in scope, by name.
    variables: Vec<(Arc<str>, Slot)>,
    slots: u32,
    loops: Vec<Open>,
    blocks: u32,
    /// The place an error would be at: what Go's executor last took note of.
    at: NodeIx,
}

struct Parser<'a> {
    name: &'a str,
    source: &'a SourceText,
    lexer: Lexer<'a>,
    /// Items put back, the next one last.
    ahead: Vec<Item>,
    /// The item read last from the text.
    latest: Item,
    unit: Unit,
    body: Body,
    depth: u32,
    /// Line of the action that is being read.
    action_line: Option<u32>,
    /// The first of its calls.
    action_calls: usize,
    /// Just past the last closing delimiter.
    closed: u32,
}

/// Compiles a text; `name` is what its body is called.
pub(super) fn compile(source: &SourceText, name: &str) -> Parse<Compiled> {
    let text = source.text();
    let mut parser = Parser {
        name,
        source,
        lexer: Lexer::new(text),
        ahead: Vec::new(),
        latest: Item { kind: Kind::Eof, span: Span::default() },
        unit: Unit::default(),
        body: Body::new(),
        depth: 0,
        action_line: None,
        action_calls: 0,
        closed: 0,
    };
    if text.len() >= u32::MAX as usize / 2 {
        return Err(parser.fail("the template is too long"));
    }
    parser.top()?;
    let span = Span::new(0, text.len() as u32);
    let body = std::mem::take(&mut parser.body);
    parser.define(Arc::from(name), body, span)?;
    Ok(Compiled { unit: parser.unit, comments: parser.lexer.comments })
}

impl Body {
    fn new() -> Self {
        Self { variables: vec![(Arc::from("$"), Slot::At(0))], slots: 1, ..Self::default() }
    }
}

impl Parser<'_> {
    // Items.

    fn read(&mut self) -> Item {
        if let Some(item) = self.ahead.pop() {
            return item;
        }
        self.latest = self.lexer.next();
        self.latest
    }

    fn put_back(&mut self, item: Item) {
        self.ahead.push(item);
    }

    fn peek(&mut self) -> Item {
        let item = self.read();
        self.put_back(item);
        item
    }

    fn read_word(&mut self) -> Item {
        loop {
            let item = self.read();
            if item.kind != Kind::Space {
                return item;
            }
        }
    }

    fn peek_word(&mut self) -> Item {
        let item = self.read_word();
        self.put_back(item);
        item
    }

    fn text(&self, item: Item) -> &str {
        self.source.slice(item.span)
    }

    // Errors.

    fn fail(&self, message: impl Into<String>) -> Misparse {
        let span = self.latest.span;
        Misparse { line: self.source.line_of(span.start), message: message.into(), span }
    }

    /// An item, as errors show it.
    fn item_shown(&self, item: Item) -> String {
        let text = self.text(item);
        match item.kind {
            Kind::Eof => "EOF".to_owned(),
            Kind::Error => self.lexer.error.clone(),
            Kind::Keyword(_) | Kind::Dot | Kind::Nil => format!("<{text}>"),
            _ if text.len() > 10 => {
                let head: String = text.chars().take(10).collect();
                format!("{}...", quote(&head))
            }
            _ => quote(text),
        }
    }

    fn unexpected(&self, item: Item, context: &str) -> Misparse {
        let shown = self.item_shown(item);
        if item.kind != Kind::Error {
            return self.fail(format!("unexpected {shown} in {context}"));
        }
        let line = self.source.line_of(item.span.start);
        let place = match self.action_line {
            Some(action) if action != line => {
                let word = if shown.ends_with(" action") { "" } else { " in action" };
                format!("{word} started at {}:{action}", self.name)
            }
            _ => String::new(),
        };
        self.fail(format!("{shown}{place}"))
    }

    fn expect(&mut self, kind: Kind, context: &str) -> Parse<Item> {
        let item = self.read_word();
        if item.kind == kind { Ok(item) } else { Err(self.unexpected(item, context)) }
    }

    fn deeper(&mut self) -> Parse<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fail(format!("more than {DEEPEST} levels of nesting")));
        }
        Ok(())
    }

    // Instructions.

    fn emit(&mut self, op: Op) -> usize {
        self.body.ops.push(op);
        self.body.ops.len() - 1
    }

    fn here(&self) -> u32 {
        self.body.ops.len() as u32
    }

    /// Gives a jump its target: the next instruction.
    fn land(&mut self, jump: usize) {
        let here = self.here();
        if let Some(Op::Jump(target) | Op::Decide { target, .. }) = self.body.ops.get_mut(jump) {
            *target = here;
        }
    }

    fn node(&mut self, span: Span, at: u32) -> NodeIx {
        self.unit.nodes.push(NodeAt { span, at, braces: false });
        self.unit.nodes.len() as u32 - 1
    }

    fn intern(&mut self, name: &str) -> u32 {
        // Names repeat within one action at most; a search of the last few is enough.
        let from = self.unit.names.len().saturating_sub(16);
        if let Some(index) = self.unit.names.iter().skip(from).position(|n| &**n == name) {
            return (from + index) as u32;
        }
        self.unit.names.push(Arc::from(name));
        self.unit.names.len() as u32 - 1
    }

    fn constant(&mut self, constant: Constant) -> usize {
        self.unit.constants.push(constant);
        let index = self.unit.constants.len() as u32 - 1;
        self.emit(Op::Constant(index))
    }

    /// An error that is one once it is reached.
    fn emit_failure(&mut self, message: &str, node: NodeIx) {
        let message = self.intern(message);
        self.emit(Op::Fail { message, node });
    }

    fn shown(&self, span: Span) -> String {
        shown(self.source.text(), span, false)
    }

    // Templates.

    fn define(&mut self, name: Arc<str>, body: Body, span: Span) -> Parse<()> {
        let text = self.source.text();
        let is_empty = body
            .ops
            .iter()
            .all(|op| matches!(op, Op::Text(span) if span.text(text).chars().all(char::is_whitespace)));
        let code = Code { name, ops: body.ops, variables: body.slots, is_empty, span };
        match self.unit.codes.iter_mut().find(|old| old.name == code.name) {
            Some(old) if old.is_empty => *old = code,
            Some(old) if !is_empty => {
                let message = format!("template: multiple definition of template {}", quote(&old.name));
                return Err(self.fail(message));
            }
            Some(_) => {}
            None => self.unit.codes.push(code),
        }
        Ok(())
    }

    fn top(&mut self) -> Parse<()> {
        loop {
            let item = self.read();
            if item.kind == Kind::Eof {
                return Ok(());
            }
            if item.kind == Kind::Left {
                let next = self.read_word();
                if next.kind == Kind::Keyword(Keyword::Define) {
                    self.definition(item)?;
                    continue;
                }
                self.put_back(next);
            }
            self.put_back(item);
            if let Some(end) = self.text_or_action()? {
                return Err(self.fail(format!("unexpected {}", end.kind.shown())));
            }
        }
    }

    fn definition(&mut self, left: Item) -> Parse<()> {
        const CONTEXT: &str = "define clause";
        let name = self.read_word();
        let name = self.template_name(name, CONTEXT)?;
        self.expect_right(CONTEXT)?;
        let outer = std::mem::replace(&mut self.body, Body::new());
        let end = self.list()?;
        if end.kind != Ending::End {
            return Err(self.fail(format!("unexpected {} in {CONTEXT}", end.kind.shown())));
        }
        let body = std::mem::replace(&mut self.body, outer);
        self.define(name, body, Span::new(left.span.start, self.closed))
    }

    fn template_name(&mut self, item: Item, context: &str) -> Parse<Arc<str>> {
        if !matches!(item.kind, Kind::Str | Kind::Raw) {
            return Err(self.unexpected(item, context));
        }
        match unquote(self.text(item)) {
            Some(name) => Ok(Arc::from(String::from_utf8_lossy(&name))),
            None => Err(self.fail("invalid syntax")),
        }
    }

    /// The closing delimiter of an action.
    fn expect_right(&mut self, context: &str) -> Parse<()> {
        let right = self.expect(Kind::Right, context)?;
        self.closed = right.span.end;
        Ok(())
    }

    /// Texts and actions up to an `end` or `else`.
    fn list(&mut self) -> Parse<Terminator> {
        self.deeper()?;
        while self.peek_word().kind != Kind::Eof {
            if let Some(end) = self.text_or_action()? {
                self.depth -= 1;
                return Ok(end);
            }
        }
        Err(self.fail("unexpected EOF"))
    }

    fn text_or_action(&mut self) -> Parse<Option<Terminator>> {
        let item = self.read_word();
        match item.kind {
            Kind::Text => {
                self.emit(Op::Text(item.span));
                Ok(None)
            }
            Kind::Left => {
                self.action_line = Some(self.source.line_of(item.span.start));
                self.action_calls = self.unit.calls.len();
                let end = self.action(item.span.start)?;
                self.action_line = None;
                Ok(end)
            }
            _ => Err(self.unexpected(item, "input")),
        }
    }

    /// The action that was just read, now that its end is known; its calls are told of it.
    fn action_done(&mut self, start: u32) -> Span {
        let span = Span::new(start, self.closed);
        for call in self.unit.calls.iter_mut().skip(self.action_calls) {
            call.action = span;
        }
        self.action_calls = self.unit.calls.len();
        span
    }

    fn action(&mut self, start: u32) -> Parse<Option<Terminator>> {
        let item = self.read_word();
        let Kind::Keyword(keyword) = item.kind else {
            self.put_back(item);
            return self.write_action(start).map(|()| None);
        };
        match keyword {
            Keyword::Block => self.block(start)?,
            Keyword::Break | Keyword::Continue => self.jump(keyword)?,
            Keyword::Else => return self.else_(start).map(Some),
            Keyword::End => {
                self.expect_right("end")?;
                return Ok(Some(Terminator { start, kind: Ending::End }));
            }
            Keyword::If | Keyword::With => self.branch(start, keyword)?,
            Keyword::Range => self.range(start)?,
            Keyword::Template => self.template(start)?,
            Keyword::Define => {
                self.put_back(item);
                return self.write_action(start).map(|()| None);
            }
        }
        Ok(None)
    }

    fn write_action(&mut self, start: u32) -> Parse<()> {
        let declared = self.pipeline("command", Kind::Right)?.declared;
        let span = self.action_done(start);
        match self.body.ops.last().copied() {
            Some(Op::Keep(slot)) if declared => {
                self.body.ops.pop();
                self.emit(Op::Store(slot));
            }
            _ => {
                self.emit(Op::Write(span));
            }
        }
        Ok(())
    }

    fn else_(&mut self, start: u32) -> Parse<Terminator> {
        let next = self.peek_word();
        if let Kind::Keyword(keyword @ (Keyword::If | Keyword::With)) = next.kind {
            return Ok(Terminator { start, kind: Ending::ElseThen(keyword) });
        }
        self.expect_right("else")?;
        Ok(Terminator { start, kind: Ending::Else })
    }

    fn jump(&mut self, keyword: Keyword) -> Parse<()> {
        let shown = if keyword == Keyword::Break { "{{break}}" } else { "{{continue}}" };
        self.expect_right(shown)?;
        let blocks = self.body.blocks;
        let Some(open) = self.body.loops.last() else {
            return Err(self.fail(format!("{shown} outside {{{{range}}}}")));
        };
        let leave = blocks.saturating_sub(open.blocks);
        if leave > 0 {
            self.emit(Op::Leave(leave));
        }
        if keyword == Keyword::Break {
            self.emit(Op::EndRange);
        }
        let jump = self.emit(Op::Jump(0));
        if let Some(open) = self.body.loops.last_mut() {
            if keyword == Keyword::Break { open.breaks.push(jump) } else { open.continues.push(jump) }
        }
        Ok(())
    }

    fn block(&mut self, start: u32) -> Parse<()> {
        const CONTEXT: &str = "block clause";
        let item = self.read_word();
        let name = self.template_name(item, CONTEXT)?;
        let node = self.template_node(item);
        self.body.at = node;
        let interned = self.intern(&name);
        self.emit(Op::Expect { name: interned, node });
        self.pipeline(CONTEXT, Kind::Right)?;
        let action = self.action_done(start);
        self.set_template_span(node, item);
        let outer = std::mem::replace(&mut self.body, Body::new());
        let end = self.list()?;
        if end.kind != Ending::End {
            return Err(self.fail(format!("unexpected {} in {CONTEXT}", end.kind.shown())));
        }
        let body = std::mem::replace(&mut self.body, outer);
        self.define(name, body, Span::new(start, self.closed))?;
        self.emit(Op::Template { name: interned, node, action });
        Ok(())
    }

    fn template_node(&mut self, name: Item) -> NodeIx {
        self.unit.nodes.push(NodeAt { span: name.span, at: name.span.start, braces: true });
        self.unit.nodes.len() as u32 - 1
    }

    /// The text of a `template` action goes from its name to the closing delimiter.
    fn set_template_span(&mut self, node: NodeIx, name: Item) {
        let end = self.latest.span.start.max(name.span.end);
        if let Some(node) = self.unit.nodes.get_mut(node as usize) {
            node.span.end = end;
        }
    }

    fn template(&mut self, start: u32) -> Parse<()> {
        const CONTEXT: &str = "template clause";
        let item = self.read_word();
        let name = self.template_name(item, CONTEXT)?;
        let node = self.template_node(item);
        self.body.at = node;
        let name = self.intern(&name);
        let next = self.read_word();
        if next.kind == Kind::Right {
            self.closed = next.span.end;
            self.constant(Constant::Nil);
        } else {
            self.put_back(next);
            self.emit(Op::Expect { name, node });
            self.pipeline(CONTEXT, Kind::Right)?;
        }
        let action = self.action_done(start);
        self.set_template_span(node, item);
        self.emit(Op::Template { name, node, action });
        Ok(())
    }
}
