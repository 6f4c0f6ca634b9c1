//! Commands: a function or a value, with arguments.

use super::{Parse, Parser, Slot};
use crate::template::builtin::Builtin;
use crate::template::code::{Call, Callee, Constant, NodeIx, Op};
use crate::template::lexer::{Item, Kind};
use crate::template::literal::{number, quote, rune, unquote};
use crate::template::signature::{Signature, Type, signature};
use model::Span;
use std::sync::Arc;

/// What a command was.
pub(super) struct Command {
    pub span: Span,
    /// The error if it can't stand where it does.
    pub not_executable: Option<String>,
}

/// What an operand turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// A constant or the dot.
    Constant,
    /// `nil`
    Nil,
    /// A variable by itself.
    Variable,
    /// Its last part is a field.
    Field,
    /// A pipeline in parentheses.
    Pipeline,
    /// A function without arguments.
    Function,
}

/// A function that is being called.
struct Callable {
    name: Arc<str>,
    callee: Callee,
    signature: Option<Signature>,
    node: NodeIx,
}

impl Parser<'_> {
    /// One command. `stage` is its number in the pipeline, from 1; those after the first get a value piped in.
    pub(super) fn command(&mut self, stage: u32) -> Parse<Command> {
        let piped = stage > 1;
        let first = self.peek_word();
        let start = self.body.ops.len();
        if first.kind == Kind::Identifier {
            let item = self.read_word();
            if self.peek().kind != Kind::Field {
                let span = self.function_command(item, piped)?;
                return Ok(Command { span, not_executable: None });
            }
            self.put_back(item);
        }
        let not_executable = match first.kind {
            Kind::Bool
            | Kind::Dot
            | Kind::Nil
            | Kind::Number
            | Kind::Rune
            | Kind::Complex
            | Kind::Str
            | Kind::Raw
                if piped =>
            {
                Some(format!("non executable command in pipeline stage {stage}"))
            }
            _ => None,
        };
        let Some((operand, mut span, node)) = self.operand(None)? else {
            return Err(self.fail("empty command"));
        };
        let mut shown = self.shown(span);
        if operand == Operand::Pipeline {
            // Go shows it without its parentheses.
            shown = shown.strip_prefix('(').and_then(|s| s.strip_suffix(')')).unwrap_or(&shown).to_owned();
        }
        // A field is looked up only once it is known whether it has arguments.
        let field = match (operand, self.body.ops.last().copied()) {
            (Operand::Field, Some(Op::Field { name, node })) => Some((name, node)),
            _ => None,
        };
        let mut count = 0;
        while self.more()? {
            if count == 0 && field.is_some() {
                self.body.ops.pop();
            }
            let Some((_, argument, _)) = self.operand(Some(Type::Any))? else { continue };
            count += 1;
            span.end = argument.end;
        }
        if count == 0 && !piped {
            if operand == Operand::Nil {
                self.body.ops.truncate(start);
                self.emit_failure("nil is not a command", node);
            }
            return Ok(Command { span, not_executable });
        }
        if let Some((name, node)) = field {
            if count == 0 {
                self.body.ops.pop();
            }
            self.emit(Op::Method { name, node, count, piped });
        } else {
            self.body.ops.truncate(start);
            self.emit_failure(&format!("can't give argument to non-function {shown}"), node);
        }
        Ok(Command { span, not_executable })
    }

    /// After an operand: true if another may follow, false at the end of the command.
    fn more(&mut self) -> Parse<bool> {
        let item = self.read();
        match item.kind {
            Kind::Space => {
                let next = self.peek_word();
                match next.kind {
                    Kind::Right | Kind::Close => Ok(false),
                    Kind::Pipe => {
                        self.read_word();
                        Ok(false)
                    }
                    Kind::Bool
                    | Kind::Rune
                    | Kind::Complex
                    | Kind::Dot
                    | Kind::Field
                    | Kind::Identifier
                    | Kind::Number
                    | Kind::Nil
                    | Kind::Raw
                    | Kind::Str
                    | Kind::Variable
                    | Kind::Open => Ok(true),
                    _ => {
                        let item = self.read_word();
                        Err(self.unexpected(item, "operand"))
                    }
                }
            }
            Kind::Right | Kind::Close => {
                self.put_back(item);
                Ok(false)
            }
            Kind::Pipe => Ok(false),
            _ => Err(self.unexpected(item, "operand")),
        }
    }

    fn callable(&mut self, item: Item) -> Parse<Callable> {
        let name: Arc<str> = Arc::from(self.text(item));
        let callee = match Builtin::of(&name) {
            Some(builtin) => Callee::Own(builtin),
            None => match crate::sprig::function(&name) {
                Some(function) => Callee::Foreign(function),
                None => return Err(self.fail(format!("function {} not defined", quote(&name)))),
            },
        };
        let node = self.node(item.span, item.span.start);
        let signature = signature(&name);
        Ok(Callable { name, callee, signature, node })
    }

    /// A function with its arguments. Gives the text of the command.
    fn function_command(&mut self, item: Item, piped: bool) -> Parse<Span> {
        let function = self.callable(item)?;
        let mut span = item.span;
        let command = self.node(span, span.start);
        self.body.at = function.node;
        let start = self.body.ops.len();
        let logic = match function.callee {
            Callee::Own(Builtin::And) => Some(false),
            Callee::Own(Builtin::Or) => Some(true),
            _ => None,
        };
        if logic.is_some() {
            self.constant(Constant::Nil);
        }
        let mut arguments: Vec<NodeIx> = Vec::new();
        let mut decisions = Vec::new();
        while self.more()? {
            let wanted = function.signature.map_or(Type::Any, |s| s.parameter(arguments.len()));
            if let Some(or) = logic
                && !arguments.is_empty()
            {
                decisions.push(self.emit(Op::Decide { or, target: 0 }));
            }
            let Some((_, argument, _)) = self.operand(Some(wanted))? else { continue };
            arguments.push(self.body.at);
            span.end = argument.end;
        }
        if let Some(node) = self.unit.nodes.get_mut(command as usize) {
            node.span = span;
        }
        let count = arguments.len() as u32;
        if let Some(error) = function.signature.and_then(|s| s.miscounted(count, piped, &function.name)) {
            self.body.ops.truncate(start);
            self.emit_failure(&error, function.node);
            return Ok(span);
        }
        if let Some(or) = logic {
            self.logic(or, piped, arguments.is_empty(), decisions);
        } else {
            arguments.push(self.body.at);
            self.emit_call(&function, count, piped, command, arguments);
        }
        Ok(span)
    }

    fn emit_call(
        &mut self,
        function: &Callable,
        count: u32,
        piped: bool,
        node: NodeIx,
        arguments: Vec<NodeIx>,
    ) {
        self.unit.calls.push(Call {
            callee: function.callee,
            name: function.name.clone(),
            count,
            piped,
            node,
            arguments: arguments.into(),
            signature: function.signature,
            action: Span::default(),
        });
        let index = self.unit.calls.len() as u32 - 1;
        self.emit(Op::Call(index));
    }

    /// The end of `and` or `or`. Below the operands lies what was looked at so far.
    fn logic(&mut self, or: bool, piped: bool, alone: bool, mut decisions: Vec<usize>) {
        if !piped {
            self.emit(Op::Settle);
            for jump in decisions {
                self.land(jump);
            }
            return;
        }
        if !alone {
            decisions.push(self.emit(Op::Decide { or, target: 0 }));
        }
        self.emit(Op::Swap);
        self.emit(Op::Settle);
        let end = self.emit(Op::Jump(0));
        for jump in decisions {
            self.land(jump);
        }
        self.emit(Op::Nip);
        self.land(end);
    }

    /// A word, with the fields chained to it. `wanted` is the type an argument must have; `None` for the first
    /// word of a command.
    fn operand(&mut self, wanted: Option<Type>) -> Parse<Option<(Operand, Span, NodeIx)>> {
        let first = self.peek_word();
        let mut fields = Vec::new();
        let chained = |parser: &mut Self, fields: &mut Vec<Item>| {
            while parser.peek().kind == Kind::Field {
                let item = parser.read();
                fields.push(item);
            }
        };
        match first.kind {
            Kind::Open => return self.parenthesised(wanted).map(Some),
            Kind::Field | Kind::Variable | Kind::Identifier => {}
            _ => {
                let Some(operand) = self.plain(wanted)? else { return Ok(None) };
                if self.peek().kind == Kind::Field {
                    let shown = self.shown(first.span);
                    let shown = if first.kind == Kind::Dot { ".".to_owned() } else { shown };
                    chained(self, &mut fields);
                    return Err(self.fail(format!("unexpected . after term {}", quote(&shown))));
                }
                return Ok(Some(operand));
            }
        }
        self.read_word();
        let function = if first.kind == Kind::Identifier { Some(self.callable(first)?) } else { None };
        let slot = if first.kind == Kind::Variable { self.variable(self.text(first)) } else { None };
        if first.kind == Kind::Variable && slot.is_none() {
            return Err(self.fail(format!("undefined variable {}", quote(self.text(first)))));
        }
        chained(self, &mut fields);
        let span = fields.last().map_or(first.span, |last| first.span.cover(last.span));
        let at = fields.first().map_or(first.span.start, |field| field.span.start);
        let node = self.node(span, at);
        self.body.at = node;
        match first.kind {
            Kind::Identifier => {
                if let Some(function) = function {
                    self.bare_function(&function);
                }
            }
            Kind::Variable => self.emit_variable(first, slot, node),
            _ => {
                self.emit(Op::Dot);
                fields.insert(0, first);
            }
        }
        let node = self.body.at;
        for field in &fields {
            self.emit_field(*field, node);
        }
        let operand = match first.kind {
            _ if !fields.is_empty() => Operand::Field,
            Kind::Identifier => Operand::Function,
            _ => Operand::Variable,
        };
        Ok(Some((operand, span, node)))
    }

    fn emit_variable(&mut self, variable: Item, slot: Option<Slot>, node: NodeIx) {
        if let Some(Slot::At(slot)) = slot {
            self.emit(Op::Variable(slot));
        } else {
            let name = self.text(variable).to_owned();
            self.emit_failure(&format!("undefined variable: {name}"), node);
        }
    }

    fn emit_field(&mut self, field: Item, node: NodeIx) {
        let name = self.text(field).trim_start_matches('.').to_owned();
        let name = self.intern(&name);
        self.emit(Op::Field { name, node });
    }

    /// A function as an argument: called without any of its own.
    fn bare_function(&mut self, function: &Callable) {
        self.body.at = function.node;
        let error = function.signature.and_then(|s| s.miscounted(0, false, &function.name));
        match error {
            Some(error) => self.emit_failure(&error, function.node),
            None => self.emit_call(function, 0, false, function.node, vec![function.node]),
        }
    }

    fn parenthesised(&mut self, wanted: Option<Type>) -> Parse<(Operand, Span, NodeIx)> {
        let open = self.read_word();
        let outer = self.body.at;
        // With fields behind it, errors inside are at the inner words all the same; so the place of the whole
        // matters only before the first of them.
        self.pipeline("parenthesized pipeline", Kind::Close)?;
        let mut span = open.span;
        span.end = self.latest_close();
        let mut fields = Vec::new();
        while self.peek().kind == Kind::Field {
            fields.push(self.read());
        }
        if let Some(last) = fields.last() {
            span.end = last.span.end;
        }
        let node = self.body.at;
        for field in &fields {
            self.emit_field(*field, node);
        }
        if fields.is_empty() {
            let node = if wanted.is_none() { outer } else { node };
            return Ok((Operand::Pipeline, span, node));
        }
        Ok((Operand::Field, span, node))
    }

    /// End of the parenthesis that was read last.
    fn latest_close(&self) -> u32 {
        self.latest.span.end
    }

    /// A constant, or the dot.
    fn plain(&mut self, wanted: Option<Type>) -> Parse<Option<(Operand, Span, NodeIx)>> {
        let item = self.read_word();
        let text = self.text(item).to_owned();
        let constant = match item.kind {
            Kind::Dot => None,
            Kind::Nil => Some(Constant::Nil),
            Kind::Bool => Some(Constant::Bool(text == "true")),
            Kind::Str | Kind::Raw => match unquote(&text) {
                Some(bytes) => Some(Constant::Str(Arc::from(bytes))),
                None => return Err(self.fail("invalid syntax")),
            },
            Kind::Rune => Some(rune(&text).map_err(|error| self.fail(error))?),
            Kind::Number | Kind::Complex => Some(number(&text).map_err(|error| self.fail(error))?),
            _ => {
                self.put_back(item);
                return Ok(None);
            }
        };
        let node = self.node(item.span, item.span.start);
        self.body.at = node;
        let Some(constant) = constant else {
            self.emit(Op::Dot);
            return Ok(Some((Operand::Constant, item.span, node)));
        };
        let operand = if item.kind == Kind::Nil { Operand::Nil } else { Operand::Constant };
        match wanted.unwrap_or(Type::Any).constant(constant, &text) {
            Ok(constant) => {
                self.constant(constant);
            }
            Err(error) => self.emit_failure(&error, node),
        }
        Ok(Some((operand, item.span, node)))
    }
}
