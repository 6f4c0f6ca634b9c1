//! Upper and lower case, and the ways to write several words as one.

use super::arguments::{exactly, text};
use super::pieces::{map_chars, recast};
use crate::context::{Context, Function};
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("upper", |context, a| {
        let [value] = exactly("upper", a)?;
        map_chars(context, text(value)?, upper).map(Value::Str)
    }),
    ("lower", |context, a| {
        let [value] = exactly("lower", a)?;
        map_chars(context, text(value)?, lower).map(Value::Str)
    }),
    ("title", |context, a| {
        let [value] = exactly("title", a)?;
        let mut previous = ' ';
        let change = |c| {
            let new = if is_separator(previous) { title(c) } else { c };
            previous = c;
            new
        };
        map_chars(context, text(value)?, change).map(Value::Str)
    }),
    ("untitle", |context, a| {
        let [value] = exactly("untitle", a)?;
        let mut gap = true;
        let change = |c: char| {
            let new = if gap { lower(c) } else { c };
            gap = c.is_whitespace();
            new
        };
        map_chars(context, text(value)?, change).map(Value::Str)
    }),
    ("swapcase", |context, a| {
        let [value] = exactly("swapcase", a)?;
        let mut gap = true;
        let change = |c: char| {
            let was_gap = std::mem::replace(&mut gap, false);
            if is_upper(c) || is_title(c) {
                lower(c)
            } else if is_lower(c) {
                if was_gap { title(c) } else { upper(c) }
            } else {
                gap = c.is_whitespace();
                c
            }
        };
        map_chars(context, text(value)?, change).map(Value::Str)
    }),
    ("snakecase", |context, a| {
        let [value] = exactly("snakecase", a)?;
        separated(context, value, '_')
    }),
    ("kebabcase", |context, a| {
        let [value] = exactly("kebabcase", a)?;
        separated(context, value, '-')
    }),
    ("camelcase", |context, a| {
        let [value] = exactly("camelcase", a)?;
        let text = text(value)?;
        let camel = camel(&text.str());
        recast(context, text, camel.into_bytes()).map(Value::Str)
    }),
];

/// The one character that is the upper case of `c`. Go never makes two of one.
fn upper(c: char) -> char {
    let mut all = c.to_uppercase();
    match (all.next(), all.next()) {
        (Some(upper), None) => upper,
        _ => c,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Title case, which differs from upper case for the letters that are two in one.
fn title(c: char) -> char {
    match c {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        '\u{10d0}'..='\u{10ff}' => c,
        _ => upper(c),
    }
}

fn is_title(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}')
}

fn is_upper(c: char) -> bool {
    c.is_uppercase() && c.is_alphabetic()
}

fn is_lower(c: char) -> bool {
    c.is_lowercase() && c.is_alphabetic()
}

/// What `title` takes to stand between words.
fn is_separator(c: char) -> bool {
    if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '_' } else { c.is_whitespace() }
}

fn is_connector(c: char) -> bool {
    c == '-' || c == '_' || c.is_whitespace()
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !"$+<=>^`|~".contains(c);
    }
    matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
        | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

/// A letter of a script whose words are made of letters.
fn is_word_letter(c: char) -> bool {
    c.is_alphabetic()
        && !c.is_numeric()
        && !matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn camel(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    // Connectors in front stay.
    let mut current = loop {
        let Some(c) = rest.next() else {
            // Nothing but connectors: the original repeats the last one.
            out.extend(text.chars().next_back());
            return out;
        };
        if !is_connector(c) {
            break c;
        }
        out.push(c);
    };
    let mut begins_upper = is_upper(current);
    current = upper(current);
    for mut c in rest {
        let before = current;
        if is_connector(before) {
            if is_connector(c) {
                current = c;
                out.push(before);
                continue;
            }
            begins_upper = is_upper(c);
            c = upper(c);
        } else {
            // A word all in capitals becomes small but for its first letter.
            if begins_upper {
                if is_upper(c) {
                    c = lower(c);
                } else {
                    begins_upper = false;
                }
            }
            out.push(before);
        }
        current = c;
    }
    out.push(current);
    out
}

fn separated(context: &mut Context, value: &Value, connector: char) -> Result<Value, String> {
    let text = text(value)?;
    context.budget.step(text.len() as u64)?;
    let all: Vec<char> = text.str().chars().collect();
    let joined = join_words(&words(&all), connector);
    recast(context, text, joined.into_bytes()).map(Value::Str)
}

/// What a stretch of characters is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Number,
    Upper,
    Lower,
    Connector,
    Punctuation,
    Other,
}

fn stretch_of(c: char) -> Stretch {
    if is_connector(c) {
        Stretch::Connector
    } else if is_punctuation(c) {
        Stretch::Punctuation
    } else if is_upper(c) {
        Stretch::Upper
    } else if is_word_letter(c) {
        Stretch::Lower
    } else if c.is_numeric() {
        Stretch::Number
    } else {
        Stretch::Other
    }
}

/// Cuts into words: `HTTPServer` is `HTTP`, `Server`.
fn words(all: &[char]) -> Vec<(Stretch, &[char])> {
    let mut words = Vec::new();
    let mut rest = all;
    while let Some(first) = rest.first() {
        let kind = stretch_of(*first);
        let run = |from: usize, kind: Stretch| {
            rest.iter().skip(from).take_while(|c| stretch_of(**c) == kind).count()
        };
        let length = if kind == Stretch::Upper {
            let capitals = run(0, Stretch::Upper);
            let small = run(capitals, Stretch::Lower);
            match (capitals, small) {
                (capitals, 0) => capitals,
                (1, small) => 1 + small,
                // The last capital begins the next word.
                (capitals, _) => capitals - 1,
            }
        } else {
            run(0, kind)
        };
        let (word, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, &[]));
        words.push((kind, word));
        rest = after;
    }
    words
}

/// Joins words in lower case. Numbers belong to the word before them, unless small letters follow, which then
/// begin with the number.
fn join_words(words: &[(Stretch, &[char])], connector: char) -> String {
    let mut out = String::new();
    let mut at = 0;
    let kind = |at: usize| words.get(at).map(|(kind, _)| *kind);
    let push = |out: &mut String, at: usize| {
        let Some((kind, word)) = words.get(at) else { return };
        for c in *word {
            out.push(match kind {
                Stretch::Upper => lower(*c),
                Stretch::Connector => connector,
                _ => *c,
            });
        }
    };
    let goes_on = |kind: Option<Stretch>| {
        kind.is_some_and(|kind| !matches!(kind, Stretch::Connector | Stretch::Punctuation))
    };
    while let Some(now) = kind(at) {
        push(&mut out, at);
        at += 1;
        let Some(next) = kind(at) else { break };
        match now {
            Stretch::Connector | Stretch::Punctuation => {}
            Stretch::Number => {
                while matches!(kind(at), Some(Stretch::Lower | Stretch::Number)) {
                    push(&mut out, at);
                    at += 1;
                }
                if goes_on(kind(at)) {
                    out.push(connector);
                }
            }
            Stretch::Upper | Stretch::Lower | Stretch::Other if next != Stretch::Number => {
                if goes_on(Some(next)) {
                    out.push(connector);
                }
            }
            Stretch::Upper | Stretch::Lower | Stretch::Other => {
                if kind(at + 1).is_none() {
                    continue;
                }
                if kind(at + 1) == Some(Stretch::Lower) {
                    out.push(connector);
                    push(&mut out, at);
                    at += 1;
                    while matches!(kind(at), Some(Stretch::Lower | Stretch::Number)) {
                        push(&mut out, at);
                        at += 1;
                    }
                } else {
                    push(&mut out, at);
                    at += 1;
                }
                if goes_on(kind(at)) {
                    out.push(connector);
                }
            }
        }
    }
    out
}
