//! The order of keys in YAML that go-yaml writes: letters after everything else, numbers by their value.

use std::cmp::Ordering;

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Value of the digits at `from`, after a start value that says whether the number began before it; and where
/// they end.
fn number(text: &[char], from: usize, start: i64) -> (i64, usize) {
    let mut value = start;
    let mut at = from;
    while let Some(digit) = text.get(at).filter(|c| is_digit(**c)) {
        value = value.wrapping_mul(10).wrapping_add(i64::from(*digit as u32 - '0' as u32));
        at += 1;
    }
    (value, at)
}

/// How two keys compare. Letters after a common number sort before other things with go-yaml v3 only.
pub(super) fn compare(a: &str, b: &str, digits_first: bool) -> Ordering {
    if a.is_ascii() && b.is_ascii() && a == b {
        return Ordering::Equal;
    }
    let left: Vec<char> = a.chars().collect();
    let right: Vec<char> = b.chars().collect();
    let Some(at) = left.iter().zip(&right).position(|(x, y)| x != y) else {
        return left.len().cmp(&right.len());
    };
    let (Some(&x), Some(&y)) = (left.get(at), right.get(at)) else { return Ordering::Equal };
    let after_digit = at.checked_sub(1).and_then(|i| left.get(i)).is_some_and(|c| is_digit(*c));
    match (is_letter(x), is_letter(y)) {
        (true, true) => return x.cmp(&y),
        (true, false) | (false, true) => {
            let letter_first = digits_first && after_digit;
            return if is_letter(x) == letter_first { Ordering::Less } else { Ordering::Greater };
        }
        (false, false) => {}
    }
    // A zero inside a number does not begin one.
    let inside = (x == '0' || y == '0')
        && left.get(..at).unwrap_or_default().iter().rev().take_while(|c| is_digit(**c)).any(|c| *c != '0');
    let start = i64::from(inside);
    let (an, ai) = number(&left, at, start);
    let (bn, bi) = number(&right, at, start);
    an.cmp(&bn).then(ai.cmp(&bi)).then(x.cmp(&y))
}

/// Sorts by key. The order is not a total one for all sets of keys, which the standard library's sorting may
/// answer with a panic; merging does not care.
pub(super) fn sort<T: Clone>(items: Vec<T>, less_or_equal: &impl Fn(&T, &T) -> bool) -> Vec<T> {
    if items.len() < 2 {
        return items;
    }
    let mut width = 1;
    let mut from = items;
    while width < from.len() {
        let mut into = Vec::with_capacity(from.len());
        for pair in from.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, left_rest)), Some((b, right_rest))) =
                (left.split_first(), right.split_first())
            {
                if less_or_equal(a, b) {
                    into.push(a.clone());
                    left = left_rest;
                } else {
                    into.push(b.clone());
                    right = right_rest;
                }
            }
            into.extend_from_slice(left);
            into.extend_from_slice(right);
        }
        from = into;
        width *= 2;
    }
    from
}
