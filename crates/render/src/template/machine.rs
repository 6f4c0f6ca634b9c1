//! The executor: a machine with a stack of values, a stack of called templates, and one of texts being made.

mod call;
mod control;
mod fault;

use crate::origin::{FileId, FrameId, NO_OFFSET, Origin, OriginId};
use crate::template::code::{Code, Constant, NodeIx, Op};
use crate::template::{Engine, Entry, Fault, Parsed};
use crate::text::{Text, TextBuf};
use crate::value::{IntKind, Value};
use control::{Round, Saved};
use model::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// Templates call one another at most this deep, `include` and `tpl` included. Calls take no room on the real
/// stack, so this bounds memory alone.
pub const DEEPEST_CALL: usize = 10_000;

/// What Go writes for `nil`, and Helm takes out of what it renders.
const NO_VALUE: &[u8] = b"<no value>";

/// An error, at the place that Go would name.
struct Trouble {
    message: String,
    /// `None` where no part of an action is to blame.
    node: Option<NodeIx>,
}

impl From<String> for Trouble {
    fn from(message: String) -> Self {
        Self { message, node: None }
    }
}

type Step<T> = Result<T, Trouble>;

fn at(node: NodeIx) -> impl Fn(String) -> Trouble {
    move |message| Trouble { message, node: Some(node) }
}

/// Where the text of a template comes from.
#[derive(Clone, Debug)]
enum Place {
    /// A file.
    File(FileId),
    /// A string given to `tpl` by an action of a file.
    String { file: Option<FileId>, action: Span, text: Text },
}

/// What becomes of the text once a template is done.
#[derive(Clone, Debug)]
enum Return {
    /// It is the result.
    Top,
    /// It is part of the caller's.
    Template,
    /// It is the value of `include`.
    Include { name: Arc<str>, node: NodeIx },
    /// It is the value of `tpl`.
    Tpl { node: NodeIx },
}

/// A template that is being executed.
#[derive(Debug)]
struct Activation {
    parsed: Arc<Parsed>,
    index: usize,
    next: usize,
    place: Place,
    /// First of its variables.
    variables: usize,
    dot: Value,
    dot_boxed: bool,
    frame: FrameId,
    /// The origin of its literal text in this frame, once there was some.
    literal: Option<(FrameId, OriginId)>,
    /// Templates that only it and what it calls know of.
    scope: Option<usize>,
    returns: Return,
}

/// Templates defined in a string given to `tpl`.
struct Scope {
    parent: Option<usize>,
    templates: HashMap<Arc<str>, Entry>,
}

struct Machine<'e> {
    engine: &'e mut Engine,
    /// Operands, and whether each is what an interface holds, as Go tells apart for `nil`.
    stack: Vec<Value>,
    boxed: Vec<bool>,
    variables: Vec<(Value, bool)>,
    blocks: Vec<Saved>,
    rounds: Vec<Round>,
    current: Activation,
    callers: Vec<Activation>,
    texts: Vec<TextBuf>,
    scopes: Vec<Scope>,
    /// How often each template is being included.
    including: HashMap<Arc<str>, u32>,
}

/// Executes a template of an engine.
pub(super) fn execute(engine: &mut Engine, name: &str, data: &Value) -> Result<Text, Fault> {
    let Some(entry) = engine.templates.get(name).cloned() else {
        return Err(Fault {
            message: format!("template: no template {}", super::quote(name)),
            source: None,
            span: Span::default(),
        });
    };
    let place = match entry.file {
        Some(file) => Place::File(file),
        None => Place::String { file: None, action: Span::default(), text: Text::default() },
    };
    let current = Activation {
        parsed: entry.parsed,
        index: entry.index,
        next: 0,
        place,
        variables: 0,
        dot: data.clone(),
        dot_boxed: false,
        frame: FrameId::ROOT,
        literal: None,
        scope: None,
        returns: Return::Top,
    };
    let mut machine = Machine {
        engine,
        stack: Vec::new(),
        boxed: Vec::new(),
        variables: Vec::new(),
        blocks: Vec::new(),
        rounds: Vec::new(),
        current,
        callers: Vec::new(),
        texts: vec![TextBuf::default()],
        scopes: Vec::new(),
        including: HashMap::new(),
    };
    machine.make_variables();
    match machine.run() {
        Ok(text) => Ok(text),
        Err(trouble) => Err(machine.fault(trouble)),
    }
}

impl Machine<'_> {
    fn make_variables(&mut self) {
        let count = self.code_of(&self.current).map_or(1, |code| code.variables as usize);
        let first = self.current.variables;
        self.variables.truncate(first);
        self.variables.push((self.current.dot.clone(), self.current.dot_boxed));
        self.variables.resize(first + count.max(1), (Value::NIL, false));
    }

    #[expect(clippy::unused_self, reason = "reads as the machine's own")]
    fn code_of<'a>(&self, activation: &'a Activation) -> Option<&'a Code> {
        activation.parsed.unit.codes.get(activation.index)
    }

    fn push(&mut self, value: Value, boxed: bool) {
        self.stack.push(value);
        self.boxed.push(boxed);
    }

    fn pop(&mut self) -> (Value, bool) {
        let boxed = self.boxed.pop().unwrap_or(false);
        (self.stack.pop().unwrap_or(Value::NIL), boxed)
    }

    fn origin(&mut self, value: &Value) -> OriginId {
        value.origin(&mut self.engine.context.origins)
    }

    /// Executes until the outermost template is done.
    fn run(&mut self) -> Step<Text> {
        loop {
            let parsed = self.current.parsed.clone();
            let ops = parsed.unit.codes.get(self.current.index).map_or(&[][..], |code| &code.ops);
            let called = loop {
                let Some(op) = ops.get(self.current.next) else { break false };
                self.current.next += 1;
                self.engine.context.budget.step(1)?;
                if self.step(&parsed, *op)? {
                    break true;
                }
            };
            if !called && let Some(text) = self.finish() {
                return Ok(text);
            }
        }
    }

    /// One instruction. True if another template is to be executed now.
    fn step(&mut self, parsed: &Arc<Parsed>, op: Op) -> Step<bool> {
        let unit = &parsed.unit;
        match op {
            Op::Text(span) => self.text(parsed, span)?,
            Op::Dot => self.push(self.current.dot.clone(), self.current.dot_boxed),
            Op::Variable(slot) => {
                let (value, boxed) = self.variable(slot);
                self.push(value, boxed);
            }
            Op::Constant(index) => {
                let value = unit.constants.get(index as usize).map_or(Value::NIL, constant);
                self.push(value, false);
            }
            Op::Field { name, node } => {
                let name = unit.names.get(name as usize).map_or("", |n| &**n);
                self.field(name, node)?;
            }
            Op::Method { name, node, count, piped } => {
                let name = unit.names.get(name as usize).map_or("", |n| &**n);
                self.method(name, node, count as usize, piped)?;
            }
            Op::Unbox => {
                if let Some(boxed) = self.boxed.last_mut() {
                    *boxed = false;
                }
            }
            Op::Call(index) => {
                let Some(call) = unit.calls.get(index as usize) else { return Ok(false) };
                return self.call(call);
            }
            Op::Decide { or, target } => self.decide(or, target),
            Op::Settle => self.settle(),
            Op::Swap => {
                let top = self.stack.len();
                if top >= 2 {
                    self.stack.swap(top - 1, top - 2);
                    self.boxed.swap(top - 1, top - 2);
                }
            }
            Op::Nip => {
                let (value, boxed) = self.pop();
                self.pop();
                self.push(value, boxed);
            }
            Op::Store(slot) => {
                let (value, _) = self.pop();
                self.set(slot, value, false);
            }
            Op::Keep(slot) => {
                let value = self.stack.last().cloned().unwrap_or(Value::NIL);
                self.set(slot, value, false);
            }
            Op::Write(span) => self.write(span)?,
            Op::Branch(index) => {
                let Some(branch) = unit.branches.get(index as usize) else { return Ok(false) };
                self.branch(branch);
            }
            Op::Range(index) => {
                let Some(entry) = unit.loops.get(index as usize) else { return Ok(false) };
                self.range(entry)?;
            }
            Op::Next { body } => self.next_round(body),
            Op::EndRange => self.end_range(),
            Op::Leave(count) => self.leave(count),
            Op::Jump(target) => self.current.next = target as usize,
            Op::Expect { name, node } => {
                let Some(name) = unit.names.get(name as usize) else { return Ok(false) };
                self.expect_template(name, node)?;
            }
            Op::Template { name, node, action } => {
                let Some(name) = unit.names.get(name as usize) else { return Ok(false) };
                self.template(name, node, action)?;
                return Ok(true);
            }
            Op::Fail { message, node } => {
                let message = unit.names.get(message as usize).map_or("", |n| &**n);
                return Err(at(node)(message.to_owned()));
            }
        }
        Ok(false)
    }

    fn variable(&self, slot: u32) -> (Value, bool) {
        self.variables.get(self.current.variables + slot as usize).cloned().unwrap_or((Value::NIL, false))
    }

    fn set(&mut self, slot: u32, value: Value, boxed: bool) {
        if let Some(place) = self.variables.get_mut(self.current.variables + slot as usize) {
            *place = (value, boxed);
        }
    }

    /// Literal text.
    fn text(&mut self, parsed: &Parsed, span: Span) -> Step<()> {
        self.engine.context.budget.take(span.len() as usize)?;
        let Some(out) = self.texts.last_mut() else { return Ok(()) };
        match &self.current.place {
            Place::File(file) => {
                let frame = self.current.frame;
                let origin = match self.current.literal {
                    Some((known, origin)) if known == frame => origin,
                    _ => {
                        let literal = Origin::Literal { file: *file, frame };
                        let origin = self.engine.context.origins.intern(literal);
                        self.current.literal = Some((frame, origin));
                        origin
                    }
                };
                out.push(parsed.source.slice(span).as_bytes(), origin, span.start);
            }
            Place::String { text, .. } => out.push_slice(text, span.start as usize, span.end as usize),
        }
        Ok(())
    }

    /// What an action evaluates to becomes text.
    fn write(&mut self, action: Span) -> Step<()> {
        let (value, _) = self.pop();
        let text = match value {
            Value::Str(text) => text,
            Value::Nil(origin) => Text::derived(NO_VALUE, origin),
            other => {
                let mut shown = TextBuf::default();
                super::show(&mut self.engine.context, &other, &mut shown)?;
                shown.finish()
            }
        };
        self.engine.context.budget.take(text.len())?;
        let origins = &mut self.engine.context.origins;
        let frame = self.current.frame;
        let written = match &self.current.place {
            Place::File(file) => text.map_origins(|origin| origins.written(origin, *file, action, frame)),
            // What the string says is the value: whoever writes it says where it was written.
            Place::String { text: source, .. } => {
                let around = source.slice(action.start as usize, action.end as usize).origin(origins);
                text.map_origins(|origin| if origin == OriginId::NONE { around } else { origin })
            }
        };
        if let Some(out) = self.texts.last_mut() {
            out.push_text(&written);
        }
        Ok(())
    }

    /// An operand of `and` or `or`. Below it lies a `nil` with the origins of those before it.
    fn decide(&mut self, or: bool, target: u32) {
        let (value, boxed) = self.pop();
        let origin = self.origin(&value);
        let Some(Value::Nil(looked_at)) = self.stack.last_mut() else { return };
        if value.truth() == or {
            let before = *looked_at;
            self.pop();
            let value = self.with_fallback(value, origin, before);
            self.push(value, boxed);
            self.current.next = target as usize;
        } else {
            *looked_at = self.engine.context.origins.join(*looked_at, origin);
        }
    }

    /// The last operand of `and` or `or`.
    fn settle(&mut self) {
        let (value, boxed) = self.pop();
        let (before, _) = self.pop();
        let before = self.origin(&before);
        let origin = self.origin(&value);
        let value = self.with_fallback(value, origin, before);
        self.push(value, boxed);
    }

    /// A constant that `and` or `or` chose has the origin of what it chose by.
    fn with_fallback(&mut self, value: Value, origin: OriginId, before: OriginId) -> Value {
        if origin != OriginId::NONE || before == OriginId::NONE {
            return value;
        }
        let derived = self.engine.context.origins.derive([before]);
        value.with_origin(derived)
    }
}

/// A constant as a value.
fn constant(constant: &Constant) -> Value {
    match constant {
        Constant::Nil => Value::NIL,
        Constant::Bool(value) => Value::bool(*value),
        Constant::Str(bytes) => Value::Str(Text::plain(&**bytes)),
        Constant::Number { is_float: true, float: Some(float), .. } => Value::Float(*float, OriginId::NONE),
        Constant::Number { int: Some(int), .. } => Value::Int(*int, IntKind::Int, OriginId::NONE),
        Constant::Number { float, .. } => Value::Float(float.unwrap_or(0.0), OriginId::NONE),
    }
}

/// The same text without what stands for `nil`.
fn without_no_value(text: Text) -> Text {
    if memchr::memmem::find(text.bytes(), NO_VALUE).is_none() {
        return text;
    }
    let mut out = TextBuf::default();
    let mut from = 0;
    for found in memchr::memmem::find_iter(text.bytes(), NO_VALUE) {
        out.push_slice(&text, from, found);
        from = found + NO_VALUE.len();
    }
    out.push_slice(&text, from, text.len());
    out.finish()
}

/// A text that is computed: every byte from one origin.
fn computed_text(bytes: &[u8], origin: OriginId) -> Text {
    Text::new(bytes, origin, NO_OFFSET)
}
