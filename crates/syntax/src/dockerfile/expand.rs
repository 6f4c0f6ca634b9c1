//! Expansion of variables, as BuildKit's own small shell language does it.

use model::{Why, WhyCode};

/// Longest text an expansion may grow to, where the input itself is not longer.
const MAX_LENGTH: usize = 8 * 1024;
/// Deepest nesting of `${A:-${B:-...}}`.
const MAX_DEPTH: u32 = 32;

/// What a text comes to once its variables are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expanded {
    /// Exactly this, if the file is built without arguments of its own.
    Known(String),
    /// It can't be told from the file.
    Unknown(Why),
}

impl Expanded {
    /// The text, if known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown(_) => None,
        }
    }
}

/// What is known of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// It has this value.
    Known(&'a str),
    /// It is certainly not set.
    Unset,
    /// It is declared without a value (`ARG NAME`): a build argument may set it, and nothing else does.
    Open(&'a Why),
    /// Nothing is known of it.
    Unknown(Why),
}

/// Fills variables in and takes quotes and escapes out.
pub(super) fn expand<'a>(text: &str, escape: char, get: &dyn Fn(&str) -> Value<'a>) -> Expanded {
    // Most words have nothing to expand.
    if !text.contains(['$', '\'', '"', escape]) {
        return Expanded::Known(text.to_owned());
    }
    let limit = text.len().max(MAX_LENGTH);
    let mut expander = Expander { chars: text.chars().peekable(), escape, get, limit };
    match expander.until(None, 0) {
        Ok(text) => Expanded::Known(text),
        Err(why) => Expanded::Unknown(why),
    }
}

struct Expander<'t, 'g, 'a> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    escape: char,
    get: &'g dyn Fn(&str) -> Value<'a>,
    limit: usize,
}

fn bad(detail: impl Into<String>) -> Why {
    Why::new(WhyCode::Malformed, detail)
}

impl Expander<'_, '_, '_> {
    fn until(&mut self, stop: Option<char>, depth: u32) -> Result<String, Why> {
        if depth > MAX_DEPTH {
            return Err(Why::new(WhyCode::Limit, "variables are nested too deeply"));
        }
        let mut out = String::new();
        while let Some(&c) = self.chars.peek() {
            if Some(c) == stop {
                self.chars.next();
                return Ok(out);
            }
            match c {
                '\'' => {
                    self.chars.next();
                    loop {
                        match self.chars.next() {
                            Some('\'') => break,
                            Some(c) => out.push(c),
                            None => return Err(bad("a single quote is never closed")),
                        }
                    }
                }
                '"' => self.double(&mut out, depth)?,
                '$' => self.dollar(&mut out, depth)?,
                c if c == self.escape => {
                    self.chars.next();
                    out.extend(self.chars.next());
                }
                c => {
                    self.chars.next();
                    out.push(c);
                }
            }
            if out.len() > self.limit {
                return Err(Why::new(WhyCode::Limit, "the text grows too long when expanded"));
            }
        }
        if stop.is_some() { Err(bad("a `${` is never closed")) } else { Ok(out) }
    }

    fn double(&mut self, out: &mut String, depth: u32) -> Result<(), Why> {
        self.chars.next();
        loop {
            match self.chars.peek().copied() {
                None => return Err(bad("a double quote is never closed")),
                Some('"') => {
                    self.chars.next();
                    return Ok(());
                }
                Some('$') => {
                    self.dollar(out, depth)?;
                    if out.len() > self.limit {
                        return Err(Why::new(WhyCode::Limit, "the text grows too long when expanded"));
                    }
                }
                Some(c) if c == self.escape => {
                    self.chars.next();
                    match self.chars.peek().copied() {
                        Some(next) if next == '"' || next == '$' || next == self.escape => {
                            self.chars.next();
                            out.push(next);
                        }
                        Some(_) => out.push(c),
                        None => {}
                    }
                }
                Some(c) => {
                    self.chars.next();
                    out.push(c);
                }
            }
        }
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        match self.chars.peek().copied() {
            Some(c) if c.is_ascii_digit() => {
                while let Some(c) = self.chars.next_if(char::is_ascii_digit) {
                    name.push(c);
                }
            }
            Some(c) if matches!(c, '@' | '*' | '#' | '?' | '-' | '$' | '!') => {
                self.chars.next();
                name.push(c);
            }
            _ => {
                while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    name.push(c);
                }
            }
        }
        name
    }

    fn dollar(&mut self, out: &mut String, depth: u32) -> Result<(), Why> {
        self.chars.next();
        if self.chars.next_if_eq(&'{').is_none() {
            let name = self.name();
            if name.is_empty() {
                out.push('$');
                return Ok(());
            }
            out.push_str(self.plain(&name)?);
            return Ok(());
        }
        let name = self.name();
        if name.is_empty() {
            return Err(bad("`${` is not followed by a name"));
        }
        match self.chars.next() {
            Some('}') => {
                out.push_str(self.plain(&name)?);
                Ok(())
            }
            Some(':') => {
                let operator = self.chars.next();
                self.modified(out, &name, operator, true, depth)
            }
            operator => self.modified(out, &name, operator, false, depth),
        }
    }

    fn modified(
        &mut self,
        out: &mut String,
        name: &str,
        operator: Option<char>,
        empty_is_unset: bool,
        depth: u32,
    ) -> Result<(), Why> {
        match operator {
            Some('-' | '+' | '?') => {
                // A part that is not used may be unknowable without harm.
                let word = self.until(Some('}'), depth + 1);
                if word.is_err() && self.chars.peek().is_none() {
                    return word.map(|_| ());
                }
                let value = match (self.get)(name) {
                    Value::Known("") if empty_is_unset => None,
                    Value::Known(value) => Some(value),
                    Value::Unset | Value::Open(_) => None,
                    Value::Unknown(why) => return Err(why),
                };
                match (operator, value) {
                    (Some('-' | '?'), Some(value)) => out.push_str(value),
                    (Some('-'), None) | (Some('+'), Some(_)) => out.push_str(&word?),
                    (Some('?'), None) => {
                        return Err(Why::new(WhyCode::Unresolved, format!("the build must set `{name}`")));
                    }
                    _ => {}
                }
                Ok(())
            }
            Some(c @ ('#' | '%' | '/' | '^' | ',' | '@')) => {
                // Skips the pattern, so that what follows is not taken for a part of it.
                self.until(Some('}'), depth + 1)?;
                Err(Why::new(
                    WhyCode::Unresolved,
                    format!("`${{{name}{c}...}}` changes the value of `{name}` by a pattern"),
                ))
            }
            Some(c) => Err(bad(format!("`{c}` is not an operator of `${{{name}...}}`"))),
            None => Err(bad("a `${` is never closed")),
        }
    }

    fn plain(&self, name: &str) -> Result<&str, Why> {
        match (self.get)(name) {
            Value::Known(value) => Ok(value),
            Value::Unset => Ok(""),
            Value::Open(why) => Err(why.clone()),
            Value::Unknown(why) => Err(why),
        }
    }
}
