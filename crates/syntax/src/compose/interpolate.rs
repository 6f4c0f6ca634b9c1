//! Variables in values: `$NAME`, `${NAME}`, `${NAME:-default}` and its like, by the Compose specification's
//! chapter on interpolation.

/// Depth to which defaults may hold further variables.
const MAX_DEPTH: u32 = 16;

/// A text with its variables filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpolated {
    /// The result. A variable without a value stands in it as `${NAME}`.
    pub text: String,
    /// The first variable that has neither a value nor a default.
    pub unresolved: Option<String>,
    /// The first variable whose default was taken.
    pub defaulted: Option<String>,
    /// True if some value came from outside of the text (a `.env` file).
    pub from_outside: bool,
    /// Bytes of the first `$` that begins nothing valid; Compose refuses such a text.
    pub invalid: Option<(usize, usize)>,
}

/// Fills in the variables of `text`. `value` gives those that are known.
pub fn interpolate<'v>(text: &str, value: &dyn Fn(&str) -> Option<&'v str>) -> Interpolated {
    let mut result = Interpolated::default();
    expand(text, value, 0, 0, &mut result);
    result
}

/// What follows a variable's name within braces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Default,
    Error,
    Alternative,
}

fn expand<'v>(
    text: &str,
    value: &dyn Fn(&str) -> Option<&'v str>,
    depth: u32,
    offset: usize,
    out: &mut Interpolated,
) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'$', rest.as_bytes()) {
        let (plain, tail) = rest.split_at(at);
        out.text.push_str(plain);
        let after = tail.get(1..).unwrap_or("");
        let here = offset + (text.len() - tail.len());
        let taken = if after.starts_with('$') {
            out.text.push('$');
            2
        } else if let Some(body) = after.strip_prefix('{') {
            if let Some(end) = closing(body).filter(|_| depth < MAX_DEPTH) {
                let inner = body.get(..end).unwrap_or("");
                if !braced(inner, value, depth, here + 2, out) {
                    invalid(out, here, end + 3);
                    out.text.push_str(tail.get(..end + 3).unwrap_or(""));
                }
                end + 3
            } else {
                invalid(out, here, tail.len());
                out.text.push_str(tail);
                tail.len()
            }
        } else {
            let length = name_length(after);
            if length == 0 {
                invalid(out, here, 1);
                out.text.push('$');
            } else {
                plain_variable(after.get(..length).unwrap_or(""), value, out);
            }
            length + 1
        };
        rest = tail.get(taken..).unwrap_or("");
    }
    out.text.push_str(rest);
}

fn invalid(out: &mut Interpolated, at: usize, length: usize) {
    out.invalid.get_or_insert((at, at + length));
}

fn name_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}

/// Offset of the brace that closes the expression whose inside begins `body`.
fn closing(body: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let bytes = body.as_bytes();
    for at in memchr::memchr2_iter(b'{', b'}', bytes) {
        match bytes.get(at) {
            Some(b'{') if at > 0 && bytes.get(at - 1) == Some(&b'$') => depth += 1,
            Some(b'}') if depth == 0 => return Some(at),
            Some(b'}') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn plain_variable<'v>(name: &str, value: &dyn Fn(&str) -> Option<&'v str>, out: &mut Interpolated) {
    if let Some(value) = value(name) {
        out.text.push_str(value);
        out.from_outside = true;
    } else {
        unresolved(name, out);
    }
}

fn unresolved(name: &str, out: &mut Interpolated) {
    out.text.push_str("${");
    out.text.push_str(name);
    out.text.push('}');
    out.unresolved.get_or_insert_with(|| name.to_owned());
}

/// Handles the inside of `${...}`; false if it is no valid expression.
fn braced<'v>(
    inner: &str,
    value: &dyn Fn(&str) -> Option<&'v str>,
    depth: u32,
    offset: usize,
    out: &mut Interpolated,
) -> bool {
    let (name, rest) = inner.split_at(name_length(inner));
    if name.is_empty() {
        return false;
    }
    if rest.is_empty() {
        plain_variable(name, value, out);
        return true;
    }
    let (empty_counts, body) = rest.strip_prefix(':').map_or((false, rest), |body| (true, body));
    let mut chars = body.chars();
    let operator = match chars.next() {
        Some('-') => Operator::Default,
        Some('?') => Operator::Error,
        Some('+') => Operator::Alternative,
        _ => return false,
    };
    let word = chars.as_str();
    let offset = offset + (inner.len() - word.len());
    let known = value(name);
    let counts = known.is_some_and(|v| !empty_counts || !v.is_empty());
    match (operator, known) {
        (Operator::Default | Operator::Error, Some(known)) if counts => {
            out.text.push_str(known);
            out.from_outside = true;
        }
        (Operator::Default, _) => {
            out.defaulted.get_or_insert_with(|| name.to_owned());
            expand(word, value, depth + 1, offset, out);
        }
        (Operator::Alternative, Some(_)) if counts => expand(word, value, depth + 1, offset, out),
        // The variable is set to nothing, so that nothing is what it gives.
        (Operator::Alternative, Some(_)) => {}
        (Operator::Error | Operator::Alternative, _) => unresolved(name, out),
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(name: &str) -> Option<&'static str> {
        match name {
            "A" => Some("1"),
            "EMPTY" => Some(""),
            _ => None,
        }
    }

    #[test]
    fn fills_in_variables() {
        for (text, wanted, unresolved, defaulted) in [
            ("plain", "plain", None, None),
            ("$A", "1", None, None),
            ("${A}b", "1b", None, None),
            ("x$Ab", "x${Ab}", Some("Ab"), None),
            ("$$A", "$A", None, None),
            ("$${A}", "${A}", None, None),
            ("${B}", "${B}", Some("B"), None),
            ("${B:-d}", "d", None, Some("B")),
            ("${B-d}", "d", None, Some("B")),
            ("${EMPTY:-d}", "d", None, Some("EMPTY")),
            ("${EMPTY-d}", "", None, None),
            ("${B:-}", "", None, Some("B")),
            ("${B:?must be set}", "${B}", Some("B"), None),
            ("${A?x}", "1", None, None),
            ("${B:+x}", "${B}", Some("B"), None),
            ("${A:+x}", "x", None, None),
            ("${EMPTY:+x}", "", None, None),
            ("${B:-${A}}", "1", None, Some("B")),
            ("${B:-${C:-z}}/y", "z/y", None, Some("B")),
            ("${B:-${C}}/y", "${C}/y", Some("C"), Some("B")),
            ("${B:-http://x:${A}}", "http://x:1", None, Some("B")),
            ("img:${B:-latest}@x", "img:latest@x", None, Some("B")),
        ] {
            let got = interpolate(text, &known);
            assert_eq!(got.text, wanted, "{text}");
            assert_eq!(got.unresolved.as_deref(), unresolved, "{text}");
            assert_eq!(got.defaulted.as_deref(), defaulted, "{text}");
            assert_eq!(got.invalid, None, "{text}");
        }
    }

    #[test]
    fn refuses_what_compose_refuses() {
        for (text, at) in [
            ("a$", (1, 2)),
            ("$5", (0, 1)),
            ("${", (0, 2)),
            ("${}", (0, 3)),
            ("${A b}", (0, 6)),
            ("$(x)", (0, 1)),
        ] {
            let got = interpolate(text, &known);
            assert_eq!(got.invalid, Some(at), "{text}");
            assert_eq!(got.text, text);
        }
        let deep = "${X:-".repeat(5000);
        assert!(interpolate(&deep, &known).invalid.is_some());
    }

    proptest! {
        #[test]
        fn never_panics(text in r"[$\{\}:?+\-A-Cé ]{0,60}") {
            let got = interpolate(&text, &known);
            if let Some((start, end)) = got.invalid {
                prop_assert!(text.get(start..end).is_some());
            }
        }
    }
}
