//! `printf`: verbs and flags.

mod verb;

use crate::context::Context;
use crate::origin::OriginId;
use crate::text::{Text, TextBuf};
use crate::value::Value;
use verb::Printer;

/// No number with a width or precision beyond this is taken, as in Go.
const WIDEST: usize = 1_000_000;

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    plus: bool,
    minus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

struct Format<'a> {
    text: &'a str,
    at: usize,
    arguments: &'a [Value],
    next: usize,
    /// An argument was chosen by number somewhere.
    reordered: bool,
    /// The number was a good one.
    good: bool,
}

/// Formats. String arguments keep their origins, as does the text of the format.
pub(super) fn printf(context: &mut Context, format: &Text, arguments: &[Value]) -> Result<Text, String> {
    let owned = format.str();
    // A format that is no UTF-8 has other offsets than its text; its origins are then those of the whole.
    let same = owned.len() == format.len();
    let mut out = TextBuf::default();
    let mut state = Format { text: &owned, at: 0, arguments, next: 0, reordered: false, good: true };
    let whole = if same { OriginId::NONE } else { format.origin(&mut context.origins) };
    let literal = |out: &mut TextBuf, start: usize, end: usize| {
        if same {
            out.push_slice(format, start, end);
        } else {
            let bytes = owned.as_bytes().get(start..end).unwrap_or_default();
            out.push(bytes, whole, crate::origin::NO_OFFSET);
        }
    };
    context.budget.take(owned.len())?;
    let mut after_index = false;
    while state.at < state.text.len() {
        let start = state.at;
        let rest = state.text.as_bytes().get(start..).unwrap_or_default();
        let length = memchr::memchr(b'%', rest).unwrap_or(rest.len());
        literal(&mut out, start, start + length);
        state.at = start + length;
        if state.at >= state.text.len() {
            break;
        }
        state.at += 1;
        context.budget.step(1)?;
        state.verb(context, &mut out, &mut after_index)?;
    }
    if !state.reordered && state.next < arguments.len() {
        out.push_beside(b"%!(EXTRA ");
        for (index, value) in arguments.iter().enumerate().skip(state.next) {
            if index > state.next {
                out.push_beside(b", ");
            }
            match value {
                Value::Nil(_) => out.push_beside(b"<nil>"),
                value => {
                    out.push_beside(value.type_name().as_bytes());
                    out.push_beside(b"=");
                    crate::template::show::show(context, value, &mut out)?;
                }
            }
        }
        out.push_beside(b")");
    }
    Ok(out.finish())
}

impl Format<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn number(&mut self) -> Option<usize> {
        let start = self.at;
        let mut value: usize = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            if value > WIDEST {
                // Go gives up on all of the rest.
                self.at = self.text.len();
                return None;
            }
            value = value * 10 + usize::from(digit - b'0');
            self.at += 1;
        }
        (self.at > start).then_some(value)
    }

    /// `[n]`: the argument to take next.
    fn index(&mut self, after: bool) -> bool {
        if self.peek() != Some(b'[') {
            return after;
        }
        self.reordered = true;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let Some(close) = memchr::memchr(b']', rest) else {
            self.good = false;
            self.at += 1;
            return after;
        };
        let digits = self.text.get(self.at + 1..self.at + close).unwrap_or("");
        self.at += close + 1;
        let number = digits.parse::<usize>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
        let index = number.and_then(|n| n.checked_sub(1)).filter(|n| *n < self.arguments.len());
        let Some(index) = index else {
            self.good = false;
            return after;
        };
        self.next = index;
        true
    }

    /// `*`: an argument as width or precision.
    fn star(&mut self) -> Option<i64> {
        let value = self.arguments.get(self.next);
        if value.is_some() {
            self.next += 1;
        }
        match value {
            Some(Value::Int(number, ..)) if number.unsigned_abs() <= WIDEST as u64 => Some(*number),
            _ => None,
        }
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => break,
            }
            self.at += 1;
        }
        flags
    }

    fn verb(
        &mut self,
        context: &mut Context,
        out: &mut TextBuf,
        after_index: &mut bool,
    ) -> Result<(), String> {
        self.good = true;
        let mut flags = self.flags();
        *after_index = self.index(false);
        if self.peek() == Some(b'*') {
            self.at += 1;
            match self.star() {
                Some(width) => {
                    flags.minus |= width < 0;
                    flags.width = Some(width.unsigned_abs() as usize);
                }
                None => out.push_beside(b"%!(BADWIDTH)"),
            }
            *after_index = false;
        } else if let Some(width) = self.number() {
            flags.width = Some(width);
            if *after_index {
                self.good = false;
            }
        }
        if self.peek() == Some(b'.') && self.at + 1 < self.text.len() {
            self.at += 1;
            if *after_index {
                self.good = false;
            }
            *after_index = self.index(*after_index);
            if self.peek() == Some(b'*') {
                self.at += 1;
                match self.star() {
                    Some(digits) if digits >= 0 => flags.precision = usize::try_from(digits).ok(),
                    _ => out.push_beside(b"%!(BADPREC)"),
                }
                *after_index = false;
            } else {
                flags.precision = Some(self.number().unwrap_or(0));
            }
        }
        if !*after_index {
            *after_index = self.index(*after_index);
        }
        let Some(verb) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            out.push_beside(b"%!(NOVERB)");
            return Ok(());
        };
        self.at += verb.len_utf8();
        if flags.minus {
            flags.zero = false;
        }
        context.budget.take(flags.width.unwrap_or(0).max(flags.precision.unwrap_or(0)))?;
        let shown = |what: &str| format!("%!{verb}({what})");
        if verb == '%' {
            out.push_beside(b"%");
        } else if !self.good {
            out.push_beside(shown("BADINDEX").as_bytes());
        } else if let Some(value) = self.arguments.get(self.next) {
            self.next += 1;
            Printer { context, flags, out }.print(value, verb, 0)?;
        } else {
            out.push_beside(shown("MISSING").as_bytes());
        }
        Ok(())
    }
}
