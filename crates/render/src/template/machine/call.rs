//! Fields, methods, functions, and templates that call templates.

use super::{Activation, DEEPEST_CALL, Machine, Place, Return, Scope, Step, Trouble, at, without_no_value};
use crate::origin::{Frame, FrameId, OriginId, Step as Why};
use crate::template::builtin::Builtin;
use crate::template::code::{Call, Callee, NodeIx};
use crate::template::shown::shown;
use crate::template::{Entry, Parsed, compile, quote};
use crate::text::{Text, TextBuf};
use crate::value::Value;
use model::Span;
use std::collections::HashMap;
use std::sync::Arc;
use syntax::SourceText;

/// A template may be included from within itself this often, as in Helm.
const DEEPEST_INCLUDE: u32 = 1000;

/// What Helm calls the template of a string.
const STRING_NAME: &str = "gotpl";

impl Machine<'_> {
    /// Replaces the top by one of its fields.
    pub(super) fn field(&mut self, name: &str, node: NodeIx) -> Step<()> {
        let (receiver, boxed) = self.pop();
        let (value, boxed) = self.field_of(&receiver, boxed, name).map_err(at(node))?;
        self.push(value, boxed);
        Ok(())
    }

    fn field_of(&mut self, receiver: &Value, boxed: bool, name: &str) -> Result<(Value, bool), String> {
        match receiver {
            Value::Map(map, origin) => match map.get(name) {
                Some(value) => Ok((value, true)),
                // What such a map does not hold is the zero of its type.
                None if map.type_name() == "map[string]string" => {
                    let origin = self.engine.context.origins.missing(*origin, name);
                    Ok((Value::Str(Text::derived("", origin)), true))
                }
                None => Ok((Value::Nil(self.engine.context.origins.missing(*origin, name)), true)),
            },
            Value::Nil(_) if boxed => Err(format!("nil pointer evaluating interface {{}}.{name}")),
            // Nothing of nothing is nothing.
            Value::Nil(origin) => Ok((Value::Nil(self.engine.context.origins.missing(*origin, name)), false)),
            Value::Object(object, origin) => {
                if let Some(mut value) = object.field(name) {
                    if *origin == OriginId::GENERATED {
                        value = value.with_origin(*origin);
                    }
                    return Ok((value, false));
                }
                if let Some(result) = object.call(&mut self.engine.context.origins, name, &[]) {
                    return match result {
                        Ok(value) => Ok((value, false)),
                        Err(error) => Err(format!("error calling {name}: {error}")),
                    };
                }
                match object.underlying() {
                    Some(map @ Value::Map(..)) => self.field_of(&map.with_origin(*origin), false, name),
                    _ => Err(no_field(receiver, boxed, name)),
                }
            }
            _ => Err(no_field(receiver, boxed, name)),
        }
    }

    /// Calls a method of what lies below `count` arguments.
    pub(super) fn method(&mut self, name: &str, node: NodeIx, count: usize, piped: bool) -> Step<()> {
        let from = self.stack.len().saturating_sub(count);
        let mut arguments = self.stack.split_off(from);
        self.boxed.truncate(from);
        let (receiver, boxed) = self.pop();
        if piped {
            arguments.push(self.pop().0);
        }
        let failed = at(node);
        let result = match &receiver {
            Value::Object(object, _) => {
                match object.call(&mut self.engine.context.origins, name, &arguments) {
                    Some(result) => result.map_err(|error| format!("error calling {name}: {error}")),
                    None if object.field(name).is_some() => {
                        Err(format!("{name} has arguments but cannot be invoked as function"))
                    }
                    None => match object.underlying() {
                        Some(Value::Map(..)) => Err(format!("{name} is not a method but has arguments")),
                        _ => Err(no_field(&receiver, boxed, name)),
                    },
                }
            }
            Value::Map(..) => Err(format!("{name} is not a method but has arguments")),
            Value::Nil(_) if boxed => Err(format!("nil pointer evaluating interface {{}}.{name}")),
            Value::Nil(_) => Ok(Value::NIL),
            _ => Err(no_field(&receiver, boxed, name)),
        };
        self.push(result.map_err(failed)?, false);
        Ok(())
    }

    /// Calls a function. True if it is a template that is to be executed now.
    pub(super) fn call(&mut self, call: &Call) -> Step<bool> {
        let total = call.count as usize + usize::from(call.piped);
        let from = self.stack.len().saturating_sub(total);
        if call.piped {
            if let Some(arguments) = self.stack.get_mut(from..) {
                arguments.rotate_left(1);
            }
            if let Some(boxed) = self.boxed.get_mut(from..) {
                boxed.rotate_left(1);
            }
        }
        let arguments = self.stack.get(from..).unwrap_or_default();
        if let Some(signature) = call.signature {
            for (index, value) in arguments.iter().enumerate() {
                let boxed = self.boxed.get(from + index).copied().unwrap_or(false);
                if let Err(message) = signature.parameter(index).check(value, boxed) {
                    let node = call.arguments.get(index).or(call.arguments.last()).copied();
                    return Err(Trouble { message, node });
                }
            }
        }
        let drawn = self.engine.context.random.drawn();
        let result = match call.callee {
            Callee::Foreign(function) => function(&mut self.engine.context, arguments),
            Callee::Own(Builtin::Include) => return self.include(call, from),
            Callee::Own(Builtin::Tpl) => return self.tpl(call, from),
            Callee::Own(Builtin::Call) => Err(self.not_callable(call, arguments)),
            Callee::Own(Builtin::Len) if self.boxed.last() == Some(&true) && holds_nil(arguments) => {
                Err("len of nil pointer".to_owned())
            }
            Callee::Own(builtin) => builtin.call(&mut self.engine.context, arguments),
        };
        self.drop_to(from);
        match result {
            Ok(mut value) => {
                if self.engine.context.random.drawn() != drawn {
                    let origins = &mut self.engine.context.origins;
                    let from = value.origin(origins);
                    let origin = origins.join(from, OriginId::GENERATED);
                    value = value.with_origin(origin);
                }
                self.push(value, false);
                Ok(false)
            }
            Err(error) => Err(failed(call, &error)),
        }
    }

    /// No value of Helm is a function.
    fn not_callable(&self, call: &Call, arguments: &[Value]) -> String {
        let unit = &self.current.parsed.unit;
        let node = call.arguments.first().and_then(|node| unit.nodes.get(*node as usize));
        let shown = node.map(|node| shown(self.current.parsed.source.text(), node.span, false));
        match arguments.first() {
            None | Some(Value::Nil(_)) => "call of nil".to_owned(),
            Some(value) => {
                format!("non-function {} of type {}", shown.unwrap_or_default(), value.type_name())
            }
        }
    }

    fn drop_to(&mut self, length: usize) {
        self.stack.truncate(length);
        self.boxed.truncate(length);
    }

    /// A template, as seen from the one that is executed.
    fn find(&self, name: &str) -> Option<Entry> {
        let mut scope = self.current.scope;
        while let Some(index) = scope {
            let Some(here) = self.scopes.get(index) else { break };
            if let Some(entry) = here.templates.get(name) {
                return Some(entry.clone());
            }
            scope = here.parent;
        }
        self.engine.templates.get(name).cloned()
    }

    /// The frame of a template that is called from an action of this one.
    fn call_frame(&mut self, action: Span) -> FrameId {
        let parent = self.current.frame;
        let (file, span) = match &self.current.place {
            Place::File(file) => (*file, action),
            Place::String { file: Some(file), action, .. } => (*file, *action),
            Place::String { file: None, .. } => return parent,
        };
        self.engine.context.origins.frame(Frame { step: Why::Call, file, span, parent })
    }

    /// Executes a template next.
    fn activate(&mut self, entry: Entry, place: Place, dot: Value, action: Span, returns: Return) {
        let frame = self.call_frame(action);
        let next = Activation {
            parsed: entry.parsed,
            index: entry.index,
            next: 0,
            place,
            variables: self.variables.len(),
            dot,
            dot_boxed: false,
            frame,
            literal: None,
            scope: self.current.scope,
            returns,
        };
        self.callers.push(std::mem::replace(&mut self.current, next));
        self.make_variables();
    }

    fn place_of(&self, entry: &Entry) -> Place {
        match (entry.file, &self.current.place) {
            (Some(file), _) => Place::File(file),
            // Defined in a string given to `tpl`; it is still the same action that wrote it.
            (None, place) => match place {
                Place::String { file, action, .. } => Place::String {
                    file: *file,
                    action: *action,
                    text: Text::plain(entry.parsed.source.text().as_bytes()),
                },
                Place::File(file) => Place::String {
                    file: Some(*file),
                    action: Span::default(),
                    text: Text::plain(entry.parsed.source.text().as_bytes()),
                },
            },
        }
    }

    fn bound_depth(&self, message: &str) -> Result<(), String> {
        if self.callers.len() < DEEPEST_CALL { Ok(()) } else { Err(message.to_owned()) }
    }

    /// The error if there is no template of this name.
    pub(super) fn expect_template(&self, name: &str, node: NodeIx) -> Step<()> {
        match self.find(name) {
            Some(_) => Ok(()),
            None => Err(at(node)(format!("template {} not defined", quote(name)))),
        }
    }

    /// The `template` action.
    pub(super) fn template(&mut self, name: &Arc<str>, node: NodeIx, action: Span) -> Step<()> {
        let (dot, _) = self.pop();
        let Some(entry) = self.find(name) else { return self.expect_template(name, node) };
        self.bound_depth(&format!("exceeded maximum template depth ({DEEPEST_CALL})")).map_err(at(node))?;
        let place = self.place_of(&entry);
        self.activate(entry, place, dot, action, Return::Template);
        Ok(())
    }

    fn include(&mut self, call: &Call, from: usize) -> Step<bool> {
        let (dot, _) = self.pop();
        let name = match self.stack.get(from) {
            Some(Value::Str(name)) => Arc::<str>::from(name.str()),
            _ => Arc::from(""),
        };
        self.drop_to(from);
        let failed = |error: &str| failed(call, error);
        let count = self.including.entry(name.clone()).or_insert(0);
        if *count > DEEPEST_INCLUDE {
            return Err(failed(&format!(
                "rendering template has a nested reference name: {name}: unable to execute template"
            )));
        }
        *count += 1;
        let Some(entry) = self.find(&name) else {
            return Err(failed(&format!(
                "template: no template {} associated with template {}",
                quote(&name),
                quote(STRING_NAME)
            )));
        };
        self.bound_depth("templates include one another too deeply").map_err(|error| failed(&error))?;
        let place = self.place_of(&entry);
        self.texts.push(TextBuf::default());
        self.activate(entry, place, dot, call.action, Return::Include { name, node: call.node });
        Ok(true)
    }

    fn tpl(&mut self, call: &Call, from: usize) -> Step<bool> {
        let (dot, _) = self.pop();
        let text = match self.pop().0 {
            Value::Str(text) => text,
            _ => Text::default(),
        };
        self.drop_to(from);
        if memchr::memmem::find(text.bytes(), b"{{").is_none() {
            self.push(Value::Str(without_no_value(text)), false);
            return Ok(false);
        }
        let failed = |error: &str| failed(call, error);
        self.engine.context.budget.take(text.len()).map_err(|error| failed(&error))?;
        self.bound_depth("strings given to tpl call one another too deeply")
            .map_err(|error| failed(&error))?;
        let parsed = self.parsed_string(&text).map_err(|error| failed(&error))?;
        let mut own = None;
        let mut templates = HashMap::new();
        for (index, code) in parsed.unit.codes.iter().enumerate() {
            let entry = Entry { parsed: parsed.clone(), index, file: None };
            if &*code.name == STRING_NAME {
                own = Some(entry);
            } else if !code.is_empty || self.find(&code.name).is_none() {
                templates.insert(code.name.clone(), entry);
            }
        }
        let Some(entry) = own else { return Ok(false) };
        let same = parsed.source.text().as_bytes() == text.bytes();
        let text = if same {
            text
        } else {
            let origin = text.origin(&mut self.engine.context.origins);
            Text::derived(parsed.source.text().as_bytes(), origin)
        };
        let (file, action) = match &self.current.place {
            Place::File(file) => (Some(*file), call.action),
            Place::String { file, action, .. } => (*file, *action),
        };
        let place = Place::String { file, action, text };
        self.texts.push(TextBuf::default());
        self.activate(entry, place, dot, call.action, Return::Tpl { node: call.node });
        if !templates.is_empty() {
            self.scopes.push(Scope { parent: self.current.scope, templates });
            self.current.scope = Some(self.scopes.len() - 1);
        }
        Ok(true)
    }

    /// A string given to `tpl`, parsed.
    fn parsed_string(&mut self, text: &Text) -> Result<Arc<Parsed>, String> {
        if let Some(parsed) = self.engine.strings.get(text.bytes()) {
            return Ok(parsed.clone());
        }
        let source = Arc::new(SourceText::new(STRING_NAME, text.str()));
        let parsed = compile(&source, STRING_NAME).map_err(|error| {
            let text = quote(source.text());
            let (line, message) = (error.line, error.message);
            format!("cannot parse template {text}: template: {STRING_NAME}:{line}: {message}")
        })?;
        let parsed = Arc::new(parsed);
        self.engine.strings.insert(text.bytes().to_vec(), parsed.clone());
        Ok(parsed)
    }

    /// A template is done. Gives the text if it was the outermost.
    pub(super) fn finish(&mut self) -> Option<Text> {
        self.variables.truncate(self.current.variables);
        let Some(caller) = self.callers.pop() else {
            let text = self.texts.pop().unwrap_or_default().finish();
            return Some(without_no_value(text));
        };
        let done = std::mem::replace(&mut self.current, caller);
        match done.returns {
            Return::Top | Return::Template => {}
            Return::Include { name, .. } => {
                if let Some(count) = self.including.get_mut(&name) {
                    *count = count.saturating_sub(1);
                }
                let text = self.texts.pop().unwrap_or_default().finish();
                self.push(Value::Str(text), false);
            }
            Return::Tpl { .. } => {
                let text = self.texts.pop().unwrap_or_default().finish();
                self.push(Value::Str(without_no_value(text)), false);
            }
        }
        None
    }
}

fn failed(call: &Call, error: &str) -> Trouble {
    Trouble { message: format!("error calling {}: {error}", call.name), node: Some(call.node) }
}

fn no_field(receiver: &Value, boxed: bool, name: &str) -> String {
    let kind = if boxed { "interface {}" } else { receiver.type_name() };
    format!("can't evaluate field {name} in type {kind}")
}

fn holds_nil(arguments: &[Value]) -> bool {
    matches!(arguments, [Value::Nil(_)])
}
