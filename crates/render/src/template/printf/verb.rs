//! One verb of `printf`, and the value it is for.

use super::Flags;
use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId};
use crate::template::literal::{quote_bytes, quote_char};
use crate::template::{float, show};
use crate::text::{Text, TextBuf};
use crate::value::{IntKind, ListKind, Value};

/// Lists and maps may be nested this deep.
const DEEPEST: u32 = 100;

pub(super) struct Printer<'a> {
    pub context: &'a mut Context,
    pub flags: Flags,
    pub out: &'a mut TextBuf,
}

impl Printer<'_> {
    /// Writes a value with a verb.
    pub fn print(&mut self, value: &Value, verb: char, depth: u32) -> Result<(), String> {
        self.context.budget.step(1)?;
        if depth > DEEPEST {
            return Err("a value is nested too deeply, or holds itself".to_owned());
        }
        if depth == 0 {
            // `%+v` asks for names of fields, not for signs.
            self.flags.plus &= verb != 'v';
            match verb {
                'T' => {
                    let name = value.type_name();
                    self.pad(name.as_bytes(), OriginId::NONE);
                    return Ok(());
                }
                'p' => return self.bad(value, verb, depth),
                _ => {}
            }
        }
        match value {
            Value::Nil(_) if verb == 'v' => {
                let origin = value.origin(&mut self.context.origins);
                self.pad(b"<nil>", origin);
                Ok(())
            }
            // Inside of something else nothing is shown as nothing, whatever the verb.
            Value::Nil(origin) if depth > 0 => {
                self.out.push(b"<nil>", *origin, NO_OFFSET);
                Ok(())
            }
            Value::Nil(_) => self.bad(value, verb, depth),
            Value::Bool(flag, origin) => {
                if !matches!(verb, 't' | 'v') {
                    return self.bad(value, verb, depth);
                }
                self.pad(flag.to_string().as_bytes(), *origin);
                Ok(())
            }
            Value::Int(number, kind, origin) => match self.integer(*number, *kind, verb) {
                Some(text) => {
                    let origin = self.origin_for(*origin, verb);
                    self.pad_number(&text, origin, self.flags.precision.is_none());
                    Ok(())
                }
                None => self.bad(value, verb, depth),
            },
            Value::Float(number, origin) => match self.float(*number, verb) {
                Some(text) => {
                    let origin = self.origin_for(*origin, verb);
                    self.pad_number(&text, origin, true);
                    Ok(())
                }
                None => self.bad(value, verb, depth),
            },
            Value::Str(text) => {
                if self.string(text, verb)? {
                    return Ok(());
                }
                self.bad(value, verb, depth)
            }
            Value::List(list, _) if list.kind == ListKind::Bytes && matches!(verb, 's' | 'q' | 'x' | 'X') => {
                let bytes: Vec<u8> =
                    list.items()
                        .iter()
                        .map(|item| {
                            if let Value::Int(byte, ..) = item { u8::try_from(*byte).unwrap_or(0) } else { 0 }
                        })
                        .collect();
                let origin = value.origin(&mut self.context.origins);
                self.string(&Text::derived(bytes, origin), verb).map(|_| ())
            }
            Value::List(list, origin) => {
                let sharp = verb == 'v' && self.flags.sharp;
                let (open, gap, close) = if sharp { ("{", ", ", "}") } else { ("[", " ", "]") };
                let name = if sharp { value.type_name() } else { "" };
                self.out.push(format!("{name}{open}").as_bytes(), *origin, NO_OFFSET);
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.out.push(gap.as_bytes(), *origin, NO_OFFSET);
                    }
                    self.print(item, verb, depth + 1)?;
                }
                self.out.push(close.as_bytes(), *origin, NO_OFFSET);
                Ok(())
            }
            Value::Map(map, origin) => {
                let sharp = verb == 'v' && self.flags.sharp;
                let (open, gap, close) = if sharp { (map.type_name(), ", ", "}") } else { ("map", " ", "]") };
                self.out.push(open.as_bytes(), *origin, NO_OFFSET);
                self.out.push(if sharp { b"{" } else { b"[" }, *origin, NO_OFFSET);
                for (index, (key, item)) in map.snapshot().into_iter().enumerate() {
                    if index > 0 {
                        self.out.push(gap.as_bytes(), *origin, NO_OFFSET);
                    }
                    let key = Value::Str(Text::derived(key.as_bytes(), *origin));
                    self.print(&key, verb, depth + 1)?;
                    self.out.push(b":", *origin, NO_OFFSET);
                    self.print(&item, verb, depth + 1)?;
                }
                self.out.push(close.as_bytes(), *origin, NO_OFFSET);
                Ok(())
            }
            Value::Object(object, origin) => {
                let text = Text::derived(object.display().into_bytes(), *origin);
                self.string(&text, verb).map(|_| ())
            }
        }
    }

    /// Plain verbs keep the origin; others compute something from the value.
    fn origin_for(&mut self, origin: OriginId, verb: char) -> OriginId {
        if matches!(verb, 'v' | 'd' | 's' | 't' | 'g' | 'f') {
            return origin;
        }
        self.context.origins.derive([origin])
    }

    /// `%!d(string=x)`
    fn bad(&mut self, value: &Value, verb: char, depth: u32) -> Result<(), String> {
        self.out.push_beside(format!("%!{verb}(").as_bytes());
        match value {
            Value::Nil(_) => self.out.push_beside(b"<nil>"),
            value => {
                self.out.push_beside(value.type_name().as_bytes());
                self.out.push_beside(b"=");
                let saved = self.flags;
                if depth == 0 && matches!(value, Value::List(..) | Value::Map(..)) {
                    show::show(self.context, value, self.out)?;
                } else {
                    self.print(value, 'v', depth + 1)?;
                }
                self.flags = saved;
            }
        }
        self.out.push_beside(b")");
        Ok(())
    }

    /// Writes text with the padding that the flags ask for.
    fn pad(&mut self, bytes: &[u8], origin: OriginId) {
        let text = Text::derived(bytes, origin);
        self.pad_text(&text);
    }

    fn pad_text(&mut self, text: &Text) {
        let length = text.bytes().utf8_chunks().map(|c| c.valid().chars().count() + c.invalid().len());
        let missing = self.flags.width.unwrap_or(0).saturating_sub(length.sum());
        let origin = text.runs().first().map_or(OriginId::NONE, |run| run.origin);
        let fill = if self.flags.zero { b"0" } else { b" " }.repeat(missing);
        if !self.flags.minus {
            self.out.push(&fill, origin, NO_OFFSET);
        }
        self.out.push_text(text);
        if self.flags.minus {
            self.out.push(&fill, origin, NO_OFFSET);
        }
    }

    /// As [`Self::pad`], but zeros stand behind the sign, if `zeros` are wanted at all.
    fn pad_number(&mut self, text: &str, origin: OriginId, zeros: bool) {
        let width = self.flags.width.unwrap_or(0);
        let finite = !text.ends_with("Inf") && !text.ends_with("NaN");
        if zeros && self.flags.zero && finite && width > text.len() {
            let (sign, digits) = match text.chars().next() {
                Some(sign @ ('+' | '-' | ' ')) => (sign.to_string(), text.get(1..).unwrap_or("")),
                _ => (String::new(), text),
            };
            let zeros = "0".repeat(width - text.len());
            self.out.push(format!("{sign}{zeros}{digits}").as_bytes(), origin, NO_OFFSET);
            return;
        }
        let zero = std::mem::replace(&mut self.flags.zero, false);
        self.pad(text.as_bytes(), origin);
        self.flags.zero = zero;
    }

    fn signed(&self, negative: bool, digits: &str) -> String {
        let sign = match () {
            () if negative => "-",
            () if self.flags.plus => "+",
            () if self.flags.space => " ",
            () => "",
        };
        format!("{sign}{digits}")
    }

    fn integer(&mut self, number: i64, kind: IntKind, verb: char) -> Option<String> {
        let size = number.unsigned_abs();
        let sharp = self.flags.sharp;
        let digits = match verb {
            'v' if sharp && kind == IntKind::Uint8 => format!("{size:#x}"),
            'd' | 'v' => size.to_string(),
            'b' if sharp => format!("0b{size:b}"),
            'b' => format!("{size:b}"),
            'o' if sharp => format!("0{size:o}"),
            'o' => format!("{size:o}"),
            'O' => format!("0o{size:o}"),
            'x' => self.hexadecimal(format!("{size:x}"), "0x"),
            'X' => self.hexadecimal(format!("{size:X}"), "0X"),
            'c' => return Some(char_of(number).to_string()),
            'q' => return Some(quote_char(char_of(number), self.flags.plus)),
            'U' => {
                let text = format!("U+{size:04X}");
                let c = char_of(number);
                return Some(if sharp && !c.is_control() { format!("{text} '{c}'") } else { text });
            }
            _ => return None,
        };
        let digits = match self.flags.precision {
            Some(0) if number == 0 => String::new(),
            Some(precision) if precision > digits.len() => {
                format!("{}{digits}", "0".repeat(precision - digits.len()))
            }
            _ => digits,
        };
        Some(self.signed(number < 0, &digits))
    }

    fn hexadecimal(&self, digits: String, prefix: &str) -> String {
        let padded = match self.flags.precision {
            Some(precision) if precision > digits.len() => {
                format!("{}{digits}", "0".repeat(precision - digits.len()))
            }
            _ => digits,
        };
        if self.flags.sharp { format!("{prefix}{padded}") } else { padded }
    }

    fn float(&mut self, number: f64, verb: char) -> Option<String> {
        let text = match verb {
            'v' | 'g' | 'G' => {
                let form = if verb == 'G' { 'G' } else { 'g' };
                float::format(number, form, self.flags.precision, self.flags.sharp && verb != 'v')
            }
            'x' | 'X' if self.flags.precision.is_none() => {
                let hex = float::hexadecimal(number);
                if verb == 'X' { hex.to_uppercase() } else { hex }
            }
            'b' => float::binary(number),
            'e' | 'E' | 'f' | 'F' => {
                float::format(number, verb, Some(self.flags.precision.unwrap_or(6)), self.flags.sharp)
            }
            _ => return None,
        };
        if let Some(rest) = text.strip_prefix('-') {
            return Some(self.signed(true, rest));
        }
        let rest = text.strip_prefix('+').unwrap_or(&text);
        if rest == "Inf" && !self.flags.space {
            return Some("+Inf".to_owned());
        }
        Some(self.signed(false, rest))
    }

    /// Writes a string. False if the verb is not for strings.
    fn string(&mut self, text: &Text, verb: char) -> Result<bool, String> {
        match verb {
            's' => {}
            'v' if !self.flags.sharp => {}
            'v' | 'q' => {
                let cut = self.cut(text);
                self.context.budget.take(cut.len().saturating_mul(4))?;
                let mut quoted = Vec::with_capacity(cut.len() + 2);
                let raw = self.flags.sharp
                    && verb == 'q'
                    && std::str::from_utf8(cut.bytes()).is_ok_and(|s| {
                        !s.contains('`') && !s.contains(|c: char| c.is_control() && c != '\t')
                    });
                if raw {
                    quoted.push(b'`');
                    quoted.extend_from_slice(cut.bytes());
                    quoted.push(b'`');
                } else {
                    quote_bytes(cut.bytes(), self.flags.plus, &mut quoted);
                }
                let origin = self.derived(text);
                self.pad(&quoted, origin);
                return Ok(true);
            }
            'x' | 'X' => {
                let bytes = text.bytes();
                let bytes = bytes.get(..self.flags.precision.unwrap_or(bytes.len())).unwrap_or(bytes);
                self.context.budget.take(bytes.len().saturating_mul(5))?;
                let hex = self.hex_bytes(bytes, verb == 'X');
                let origin = self.derived(text);
                self.pad(hex.as_bytes(), origin);
                return Ok(true);
            }
            _ => return Ok(false),
        }
        let cut = self.cut(text);
        self.context.budget.take(cut.len())?;
        self.pad_text(&cut);
        Ok(true)
    }

    fn hex_bytes(&self, bytes: &[u8], upper: bool) -> String {
        let prefix = match (self.flags.sharp, upper) {
            (false, _) => "",
            (true, false) => "0x",
            (true, true) => "0X",
        };
        let mut out = String::with_capacity(bytes.len() * 2);
        for (index, byte) in bytes.iter().enumerate() {
            if self.flags.space && index > 0 {
                out.push(' ');
            }
            if index == 0 || self.flags.space {
                out.push_str(prefix);
            }
            let pair = if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
            out.push_str(&pair);
        }
        out
    }

    /// The first characters, as many as the precision says.
    fn cut(&self, text: &Text) -> Text {
        let Some(precision) = self.flags.precision else { return text.clone() };
        let owned = text.str();
        match owned.char_indices().nth(precision) {
            Some((end, _)) => text.slice(0, end),
            None => text.clone(),
        }
    }

    fn derived(&mut self, text: &Text) -> OriginId {
        let origin = text.origin(&mut self.context.origins);
        self.context.origins.derive([origin])
    }
}

fn char_of(number: i64) -> char {
    u32::try_from(number).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
}
