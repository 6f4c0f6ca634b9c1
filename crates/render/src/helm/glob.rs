//! The two pattern languages that Helm has: Go's `path.Match` in `.helmignore`, and `**`, `{a,b}` in
//! `.Files.Glob`.

/// Steps after which a match is given up as none; patterns are foreign.
const STEPS: u32 = 100_000;

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// This character.
    Char(char),
    /// Any character but `/`.
    One,
    /// Any number of characters but `/`.
    Some,
    /// Any number of any characters.
    All,
    /// A character inside (or not inside) these ranges.
    Class { not: bool, ranges: Vec<(char, char)> },
    /// One of these.
    Any(Vec<Vec<Part>>),
}

/// A pattern that was understood.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    parts: Vec<Part>,
    /// Classes may match `/`, too.
    class_slash: bool,
}

impl Glob {
    /// As Go's `path.Match` reads it. `None` if it is malformed.
    pub(super) fn path(pattern: &str) -> Option<Self> {
        let mut chars = pattern.chars().peekable();
        let mut parts = Vec::new();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '*' => Part::Some,
                '?' => Part::One,
                '\\' => Part::Char(chars.next()?),
                '[' => {
                    let not = chars.next_if_eq(&'^').is_some();
                    let mut ranges = Vec::new();
                    loop {
                        if !ranges.is_empty() && chars.next_if_eq(&']').is_some() {
                            break;
                        }
                        let low = class_char(&mut chars)?;
                        let high =
                            if chars.next_if_eq(&'-').is_some() { class_char(&mut chars)? } else { low };
                        ranges.push((low, high));
                    }
                    Part::Class { not, ranges }
                }
                other => Part::Char(other),
            });
        }
        Some(Self { parts, class_slash: false })
    }

    /// As `.Files.Glob` reads it: `*` within a path's part, `**` across, `{a,b}`, `[!a-z]`.
    pub(super) fn files(pattern: &str) -> Option<Self> {
        let mut chars = pattern.chars().peekable();
        let parts = sequence(&mut chars, 0)?;
        chars.next().is_none().then_some(Self { parts, class_slash: true })
    }

    /// True if the whole of `text` matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let mut steps = STEPS;
        let parts: Vec<&Part> = self.parts.iter().collect();
        self.at(&parts, &text, &mut steps, 0)
    }

    fn at(&self, parts: &[&Part], text: &[char], steps: &mut u32, depth: u32) -> bool {
        let (mut parts, mut text) = (parts, text);
        loop {
            *steps = steps.saturating_sub(1);
            if *steps == 0 || depth > 100 {
                return false;
            }
            let Some((part, after)) = parts.split_first() else { return text.is_empty() };
            match part {
                Part::Some | Part::All => {
                    let across = **part == Part::All;
                    let mut rest = text;
                    loop {
                        if self.at(after, rest, steps, depth + 1) {
                            return true;
                        }
                        match rest.split_first() {
                            Some((c, shorter)) if across || *c != '/' => rest = shorter,
                            _ => return false,
                        }
                    }
                }
                Part::Any(choices) => {
                    return choices.iter().any(|choice| {
                        let longer: Vec<&Part> = choice.iter().chain(after.iter().copied()).collect();
                        self.at(&longer, text, steps, depth + 1)
                    });
                }
                Part::Char(_) | Part::One | Part::Class { .. } => {
                    let Some((c, rest)) = text.split_first() else { return false };
                    let fits = match part {
                        Part::Char(wanted) => wanted == c,
                        Part::Class { not, ranges } => {
                            (self.class_slash || *c != '/')
                                && ranges.iter().any(|(low, high)| low <= c && c <= high) != *not
                        }
                        _ => *c != '/',
                    };
                    if !fits {
                        return false;
                    }
                    (parts, text) = (after, rest);
                }
            }
        }
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn class_char(chars: &mut Chars<'_>) -> Option<char> {
    match chars.next()? {
        '-' | ']' => None,
        '\\' => chars.next(),
        other => Some(other),
    }
}

/// Parts up to the end, or within braces up to `,` or `}`.
fn sequence(chars: &mut Chars<'_>, depth: usize) -> Option<Vec<Part>> {
    if depth > 20 {
        return None;
    }
    let mut parts = Vec::new();
    while let Some(c) = chars.peek().copied() {
        if depth > 0 && matches!(c, ',' | '}') {
            break;
        }
        chars.next();
        parts.push(match c {
            '*' if chars.next_if_eq(&'*').is_some() => {
                while chars.next_if_eq(&'*').is_some() {}
                Part::All
            }
            '*' => Part::Some,
            '?' => Part::One,
            '\\' => Part::Char(chars.next()?),
            '[' => {
                let not = chars.next_if_eq(&'!').is_some();
                let mut ranges = Vec::new();
                loop {
                    let low = match chars.next()? {
                        ']' if !ranges.is_empty() => break,
                        ']' => return None,
                        '\\' => chars.next()?,
                        other => other,
                    };
                    let high = if chars.next_if_eq(&'-').is_some() { chars.next()? } else { low };
                    ranges.push((low, high));
                }
                Part::Class { not, ranges }
            }
            '{' => {
                let mut choices = vec![sequence(chars, depth + 1)?];
                while chars.next_if_eq(&',').is_some() {
                    choices.push(sequence(chars, depth + 1)?);
                }
                chars.next_if_eq(&'}')?;
                Part::Any(choices)
            }
            other => Part::Char(other),
        });
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_patterns() {
        let fits = |pattern: &str, text: &str| Glob::path(pattern).unwrap().matches(text);
        assert!(fits("*.txt", "a.txt") && !fits("*.txt", "a/b.txt"));
        assert!(fits("templates/.?*", "templates/.x") && !fits("templates/.?*", "templates/."));
        assert!(fits("[a-c]?[^x]", "bzy") && !fits("[a-c]?[^x]", "bzx"));
        assert!(fits("a\\*b", "a*b") && !fits("a\\*b", "axb"));
        assert!(Glob::path("[").is_none() && Glob::path("a\\").is_none() && Glob::path("[]").is_none());
    }

    #[test]
    fn file_patterns() {
        let fits = |pattern: &str, text: &str| Glob::files(pattern).unwrap().matches(text);
        assert!(fits("files/*", "files/a") && !fits("files/*", "files/a/b"));
        assert!(fits("files/**", "files/a/b") && fits("**.yaml", "a/b.yaml"));
        assert!(fits("{a,b/{c,d}}*", "b/dx") && !fits("{a,b}", "c"));
        assert!(fits("[!a]b", "cb") && !fits("[!a]b", "ab"));
        assert!(Glob::files("{a").is_none() && Glob::files("[").is_none());
        assert!(!fits(&"*a".repeat(40), &"a".repeat(60).replace('a', "ab")));
    }
}
