//! Regular expressions from Go's notation to that of the `regex` crate: both are RE2's, but they differ in
//! what `\w` and `\b` take for letters, in what may stand unescaped, and in what is an error.

use regex::Regex;
use std::fmt::Write as _;

/// An expression in the notation of the `regex` crate.
pub(super) struct Translated {
    pub(super) source: String,
    /// Names of the groups, by number; they are without names in `source`, where names must be unique.
    pub(super) names: Vec<Option<String>>,
}

/// What is open: the whole, or a group.
struct Level {
    /// The largest count of repetitions in it, multiplied through.
    count: u64,
}

/// Go counts no further.
const MOST_REPEATS: u64 = 1000;

struct Translator<'a> {
    whole: &'a str,
    rest: &'a str,
    out: String,
    names: Vec<Option<String>>,
    levels: Vec<Level>,
    /// What a repetition operator would repeat: how often it repeats something inside.
    atom: Option<u64>,
    /// Where the repetition began that just ended.
    repeated: Option<&'a str>,
}

/// Translates an expression. The error is in Go's words.
pub(super) fn translate(source: &str) -> Result<Translated, String> {
    let mut translator = Translator {
        whole: source,
        rest: source,
        out: String::new(),
        names: vec![None],
        levels: vec![Level { count: 1 }],
        atom: None,
        repeated: None,
    };
    while let Some(c) = translator.rest.chars().next() {
        translator.step(c)?;
    }
    if translator.levels.len() > 1 {
        return Err(format!("missing closing ): `{source}`"));
    }
    Ok(Translated { source: translator.out, names: translator.names })
}

/// What was read between two rests of one text.
fn between<'a>(from: &'a str, to: &str) -> &'a str {
    from.get(..from.len() - to.len()).unwrap_or(from)
}

fn after(text: &str, c: char) -> &str {
    text.strip_prefix(c).unwrap_or(text)
}

impl<'a> Translator<'a> {
    fn step(&mut self, c: char) -> Result<(), String> {
        let start = self.rest;
        let repeated = self.repeated.take();
        match c {
            '(' => return self.open(),
            ')' => {
                self.rest = after(start, ')');
                if self.levels.len() < 2 {
                    return Err(format!("unexpected ): `{}`", self.whole));
                }
                self.out.push(')');
                let count = self.levels.pop().map_or(1, |level| level.count);
                self.set_atom(count);
            }
            '|' => {
                self.rest = after(start, '|');
                self.out.push('|');
                self.atom = None;
            }
            '^' | '$' | '.' => {
                self.rest = after(start, c);
                self.out.push(c);
                self.set_atom(1);
            }
            '*' | '+' | '?' => {
                self.rest = after(start, c);
                self.out.push(c);
                self.repeat(start, repeated, 1)?;
            }
            '{' => match counts(start) {
                Some((shown, after, most)) => {
                    self.rest = after;
                    let bad = most.is_none_or(|most| most > MOST_REPEATS);
                    if bad {
                        return Err(format!("invalid repeat count: `{}`", between(start, after)));
                    }
                    self.out.push_str(&shown);
                    self.repeat(start, repeated, most.unwrap_or(1))?;
                }
                None => self.literal('{'),
            },
            '[' => {
                self.class()?;
                self.set_atom(1);
            }
            '\\' => self.escape()?,
            _ => self.literal(c),
        }
        Ok(())
    }

    fn set_atom(&mut self, count: u64) {
        self.atom = Some(count);
        if let Some(level) = self.levels.last_mut() {
            level.count = level.count.max(count);
        }
    }

    fn literal(&mut self, c: char) {
        self.rest = after(self.rest, c);
        push_char(&mut self.out, c);
        self.set_atom(1);
    }

    /// A repetition that began at `start`, of what was there before.
    fn repeat(&mut self, start: &'a str, repeated: Option<&'a str>, count: u64) -> Result<(), String> {
        if let Some(rest) = self.rest.strip_prefix('?') {
            self.rest = rest;
            self.out.push('?');
        }
        let shown = between(start, self.rest);
        if let Some(begun) = repeated {
            return Err(format!("invalid nested repetition operator: `{}`", between(begun, self.rest)));
        }
        let Some(inner) = self.atom else {
            return Err(format!("missing argument to repetition operator: `{shown}`"));
        };
        let all = inner.saturating_mul(count.max(1));
        if all > MOST_REPEATS {
            return Err(format!("invalid repeat count: `{shown}`"));
        }
        self.set_atom(all);
        self.repeated = Some(start);
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        let start = self.rest;
        let inner = after(start, '(');
        self.rest = inner;
        let Some(special) = inner.strip_prefix('?') else {
            return self.group(None, inner);
        };
        if let Some(name) = special.strip_prefix("P<").or_else(|| special.strip_prefix('<')) {
            let Some((name, rest)) = name.split_once('>') else {
                return Err(format!("invalid named capture: `{start}`"));
            };
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                return Err(format!("invalid named capture: `{}`", between(start, rest)));
            }
            return self.group(Some(name.to_owned()), rest);
        }
        self.flags(start, special)
    }

    fn group(&mut self, name: Option<String>, rest: &'a str) -> Result<(), String> {
        /// Go allows a thousand; deeper ones nobody writes.
        const DEEPEST: usize = 200;
        if self.levels.len() > DEEPEST {
            return Err("expression nests too deeply".to_owned());
        }
        self.names.push(name);
        self.out.push('(');
        self.rest = rest;
        self.levels.push(Level { count: 1 });
        self.atom = None;
        Ok(())
    }

    fn flags(&mut self, start: &'a str, special: &'a str) -> Result<(), String> {
        let mut negative = false;
        let mut any = false;
        let mut rest = special;
        loop {
            let Some(c) = rest.chars().next() else {
                return Err(format!("invalid or unsupported Perl syntax: `{start}`"));
            };
            rest = after(rest, c);
            let wrong = || Err(format!("invalid or unsupported Perl syntax: `{}`", between(start, rest)));
            match c {
                'i' | 'm' | 's' | 'U' => any = true,
                '-' if !negative => {
                    negative = true;
                    any = false;
                }
                ':' | ')' if negative && !any => return wrong(),
                ':' => {
                    self.names_of_flags(start, rest);
                    self.levels.push(Level { count: 1 });
                    self.atom = None;
                    self.rest = rest;
                    return Ok(());
                }
                ')' => {
                    // The crate wants a flag, each but once.
                    if special.starts_with(')') {
                        self.out.push_str("(?:)");
                    } else {
                        self.names_of_flags(start, rest);
                    }
                    self.rest = rest;
                    return Ok(());
                }
                _ => return wrong(),
            }
        }
    }

    /// Writes `(?flags:` or `(?flags)`, each flag once, the last mention deciding.
    fn names_of_flags(&mut self, start: &str, rest: &str) {
        let mut on = String::new();
        let mut off = String::new();
        let mut negative = false;
        for c in between(start, rest).chars() {
            match c {
                '-' => negative = true,
                'i' | 'm' | 's' | 'U' => {
                    on.retain(|other| other != c);
                    off.retain(|other| other != c);
                    if negative { off.push(c) } else { on.push(c) }
                }
                _ => {}
            }
        }
        let end = if between(start, rest).ends_with(':') { ':' } else { ')' };
        let minus = if off.is_empty() { "" } else { "-" };
        let _ = write!(self.out, "(?{on}{minus}{off}{end}");
    }

    /// An escape outside of a class.
    fn escape(&mut self) -> Result<(), String> {
        let start = self.rest;
        let inner = after(start, '\\');
        let assertion = match inner.chars().next() {
            Some('A') => r"\A",
            Some('z') => r"\z",
            Some('b') => r"(?-u:\b)",
            Some('B') => r"(?-u:\B)",
            Some('Q') => {
                let quoted = inner.get(1..).unwrap_or_default();
                let (quoted, rest) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                for c in quoted.chars() {
                    push_char(&mut self.out, c);
                    self.set_atom(1);
                }
                self.rest = rest;
                return Ok(());
            }
            _ => "",
        };
        if !assertion.is_empty() {
            self.out.push_str(assertion);
            self.rest = inner.get(1..).unwrap_or_default();
        } else if let Some((class, rest)) = class_escape(start)? {
            self.out.push_str(&class);
            self.rest = rest;
        } else {
            let (c, rest) = unescape(start)?;
            push_char(&mut self.out, c);
            self.rest = rest;
        }
        self.set_atom(1);
        Ok(())
    }

    /// A class in brackets.
    fn class(&mut self) -> Result<(), String> {
        let start = self.rest;
        let unclosed = || format!("missing closing ]: `{start}`");
        let mut rest = after(start, '[');
        self.out.push('[');
        if let Some(inner) = rest.strip_prefix('^') {
            self.out.push('^');
            rest = inner;
        }
        let mut first = true;
        loop {
            if rest.is_empty() {
                return Err(unclosed());
            }
            if !first && let Some(after) = rest.strip_prefix(']') {
                self.out.push(']');
                self.rest = after;
                return Ok(());
            }
            first = false;
            if rest.starts_with("[:")
                && let Some(end) = rest.find(":]")
            {
                let (name, after) = rest.split_at_checked(end + 2).unwrap_or((rest, ""));
                if !is_posix(name) {
                    return Err(format!("invalid character class range: `{name}`"));
                }
                self.out.push_str(name);
                rest = after;
                continue;
            }
            if let Some((class, after)) = class_escape(rest)? {
                self.out.push_str(&class);
                rest = after;
                continue;
            }
            let begun = rest;
            let (low, after_low) = class_char(rest).unwrap_or_else(|| Err(unclosed()))?;
            rest = after_low;
            push_char(&mut self.out, low);
            if let Some(after_hyphen) = rest.strip_prefix('-')
                && !after_hyphen.starts_with(']')
            {
                let (high, after_high) = class_char(after_hyphen).unwrap_or_else(|| Err(unclosed()))?;
                rest = after_high;
                if high < low {
                    return Err(format!("invalid character class range: `{}`", between(begun, rest)));
                }
                self.out.push('-');
                push_char(&mut self.out, high);
            }
        }
    }
}

/// Writes a character so that it means nothing but itself.
fn push_char(out: &mut String, c: char) {
    if c.is_alphanumeric() || c == '_' {
        out.push(c);
    } else {
        let _ = write!(out, "\\x{{{:x}}}", u32::from(c));
    }
}

fn is_posix(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
        "upper", "word", "xdigit",
    ];
    let inner = name.trim_start_matches("[:").trim_end_matches(":]");
    NAMES.contains(&inner.strip_prefix('^').unwrap_or(inner))
}

/// `{n}`, `{n,}` or `{n,m}`: how it is written, what follows, the larger count. No count if `m` is below `n` or
/// they are too large; nothing at all if it is no repetition.
fn counts(text: &str) -> Option<(String, &str, Option<u64>)> {
    let (inner, rest) = text.strip_prefix('{')?.split_once('}')?;
    let (low, high) = inner.split_once(',').map_or((inner, None), |(low, high)| (low, Some(high)));
    let is_number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    if !is_number(low) || high.is_some_and(|high| !high.is_empty() && !is_number(high)) {
        return None;
    }
    let low: u64 = low.parse().unwrap_or(u64::MAX);
    let most = match high {
        Some(high) if !high.is_empty() => {
            let high: u64 = high.parse().unwrap_or(u64::MAX);
            (high >= low).then_some(high)
        }
        _ => Some(low),
    };
    Some((format!("{{{inner}}}"), rest, most))
}

/// `\d`, `\pL` and their like: a class of its own, and what follows.
fn class_escape(text: &str) -> Result<Option<(String, &str)>, String> {
    let Some(inner) = text.strip_prefix('\\') else { return Ok(None) };
    let Some(c) = inner.chars().next() else { return Ok(None) };
    let rest = after(inner, c);
    let class = match c {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        's' => r"[\t\n\f\r ]",
        'S' => r"[^\t\n\f\r ]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        'p' | 'P' => return unicode_class(text, c, rest).map(Some),
        _ => return Ok(None),
    };
    Ok(Some((class.to_owned(), rest)))
}

fn unicode_class<'a>(start: &'a str, letter: char, rest: &'a str) -> Result<(String, &'a str), String> {
    let wrong = |rest: &str| format!("invalid character class range: `{}`", between(start, rest));
    let (name, after_name) = if let Some(braced) = rest.strip_prefix('{') {
        braced.split_once('}').ok_or_else(|| wrong(""))?
    } else {
        let c = rest.chars().next().ok_or_else(|| wrong(rest))?;
        rest.split_at_checked(c.len_utf8()).ok_or_else(|| wrong(rest))?
    };
    let (name, negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
    let letter = if negated == (letter == 'p') { 'P' } else { 'p' };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let class = format!("\\{letter}{{{name}}}");
    if !is_name || Regex::new(&class).is_err() {
        return Err(wrong(after_name));
    }
    Ok((class, after_name))
}

/// A character of a class; `None` at the end of the text.
fn class_char(text: &str) -> Option<Result<(char, &str), String>> {
    let c = text.chars().next()?;
    Some(if c == '\\' { unescape(text) } else { Ok((c, after(text, c))) })
}

/// The character that an escape stands for, and what follows.
fn unescape(text: &str) -> Result<(char, &str), String> {
    let inner = after(text, '\\');
    let Some(c) = inner.chars().next() else {
        return Err("trailing backslash at end of expression: ``".to_owned());
    };
    let rest = after(inner, c);
    let wrong = |rest: &str| Err(format!("invalid escape sequence: `{}`", between(text, rest)));
    Ok(match c {
        // One digit alone would refer back to a group.
        '1'..='7' if !rest.starts_with(|next: char| next.is_digit(8)) => return wrong(rest),
        '0'..='7' => {
            let more = rest.chars().take(2).take_while(|next| next.is_digit(8)).count();
            let (digits, after) = inner.split_at_checked(1 + more).unwrap_or((inner, ""));
            let code = u32::from_str_radix(digits, 8).unwrap_or(0);
            (char::from_u32(code).unwrap_or('\0'), after)
        }
        'x' => return hexadecimal(text, rest),
        'a' => ('\u{7}', rest),
        'f' => ('\u{c}', rest),
        'n' => ('\n', rest),
        'r' => ('\r', rest),
        't' => ('\t', rest),
        'v' => ('\u{b}', rest),
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => (c, rest),
        _ => return wrong(rest),
    })
}

fn hexadecimal<'a>(start: &'a str, rest: &'a str) -> Result<(char, &'a str), String> {
    let wrong = |rest: &str| Err(format!("invalid escape sequence: `{}`", between(start, rest)));
    let braced = rest.starts_with('{');
    let mut rest = rest.strip_prefix('{').unwrap_or(rest);
    let mut code = 0;
    let mut count = 0;
    loop {
        let Some(c) = rest.chars().next() else { return wrong(rest) };
        rest = after(rest, c);
        if braced && c == '}' && count > 0 {
            break;
        }
        let Some(digit) = c.to_digit(16) else { return wrong(rest) };
        code = code * 16 + digit;
        count += 1;
        if code > 0x10_ffff {
            return wrong(rest);
        }
        if !braced && count == 2 {
            break;
        }
    }
    match char::from_u32(code) {
        Some(c) => Ok((c, rest)),
        None => wrong(rest),
    }
}
