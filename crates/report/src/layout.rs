//! JSON text laid out for people and line-based tools: the outer levels broken into lines, every value further
//! in on one line, so that each finding is one line.

use crate::escape;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

struct Outer {
    levels: usize,
    depth: usize,
    filled: bool,
}

impl Outer {
    fn open<W: ?Sized + Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && self.depth < self.levels {
            self.indent(to)?;
        }
        self.filled = true;
        to.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if !first {
            to.write_all(b",")?;
        }
        if self.depth <= self.levels {
            return self.indent(to);
        }
        if first { Ok(()) } else { to.write_all(b" ") }
    }

    fn indent<W: ?Sized + Write>(&self, to: &mut W) -> io::Result<()> {
        to.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| to.write_all(b"  "))
    }
}

impl Formatter for Outer {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    // JSON asks only for C0 controls to be escaped; a report is also looked at in terminals.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        if escape::is_printable(fragment) {
            return to.write_all(fragment.as_bytes());
        }
        let mut buffer = [0; 4];
        for c in fragment.chars() {
            if escape::is_unsafe(c) {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(to, "\\u{unit:04x}")?;
                }
            } else {
                to.write_all(c.encode_utf8(&mut buffer).as_bytes())?;
            }
        }
        Ok(())
    }
}

/// A value as JSON with a line feed at its end. The outer `levels` levels are broken into lines.
pub fn json<T: Serialize + ?Sized>(value: &T, levels: usize, capacity: usize) -> String {
    let mut bytes = Vec::with_capacity(capacity);
    let mut serializer = Serializer::with_formatter(&mut bytes, Outer { levels, depth: 0, filled: false });
    // Neither the values of a report nor a write to memory can fail; if one did, half a document must not
    // pass for a report.
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json as value};

    #[test]
    fn outer_levels_are_lines() {
        let v = value!({"a": [], "b": [{"c": [1, 2], "d": {}}, 3], "e": {}});
        assert_eq!(
            json(&v, 2, 0),
            "{\n  \"a\": [],\n  \"b\": [\n    {\"c\": [1, 2], \"d\": {}},\n    3\n  ],\n  \"e\": {}\n}\n"
        );
    }

    proptest! {
        #[test]
        fn reads_back_and_holds_no_controls(text in "(?s).*", levels in 0usize..4) {
            let v = value!({ text.clone(): [text] });
            let written = json(&v, levels, 0);
            prop_assert_eq!(&serde_json::from_str::<Value>(&written).unwrap(), &v);
            prop_assert!(!written.chars().any(|c| c != '\n' && escape::is_unsafe(c)));
        }
    }
}
