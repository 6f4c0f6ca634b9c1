//! One rule in full, and its Markdown documentation set for a terminal.

use crate::style::Ink;
use crate::terminal::badge;
use crate::{Style, escape, width};
use model::RuleMeta;

/// Prose is not set wider than this.
const PROSE: usize = 90;

/// Writes all there is to know about a rule.
pub fn explain(rule: &RuleMeta, style: &Style) -> String {
    let mut out = String::with_capacity(rule.docs.len() + 1024);
    badge(&mut out, rule.severity, style);
    out.push_str("  ");
    style.paint(&mut out, Ink::Bold, rule.title);
    out.push_str("  ");
    style.paint(&mut out, Ink::Dim, rule.id);
    out.push_str("\n\n");
    let kind = format!(
        "{} / {}, profile {}, {} confidence, {}, since {}",
        rule.area, rule.topic, rule.profile, rule.confidence, rule.maturity, rule.since
    );
    let severity = format!("{}: {}", rule.severity, rule.severity_reason);
    let controls = rule.controls.join(", ");
    let aliases = rule.aliases.join(", ");
    let facts = [
        ("severity", severity.as_str()),
        ("kind", &kind),
        ("controls", &controls),
        ("also called", &aliases),
        ("fix", rule.remediation),
    ];
    for (label, text) in facts.into_iter().filter(|(_, t)| !t.is_empty()) {
        let lines = width::wrap(&escape::visible(text), style.columns().min(PROSE + 15) - 15);
        for (i, line) in lines.into_iter().enumerate() {
            let label = if i == 0 { label } else { "" };
            out.push_str("  ");
            style.paint(&mut out, Ink::Dim, label);
            width::pad(&mut out, 13 - label.len());
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.push('\n');
    markdown(&mut out, without_title(rule), style);
    out
}

/// The documentation without a first heading that says the title again.
fn without_title(rule: &RuleMeta) -> &'static str {
    let docs = rule.docs.trim_start();
    let (first, rest) = docs.split_once('\n').unwrap_or((docs, ""));
    if first.trim_start_matches('#').trim() == rule.title { rest } else { docs }
}

/// Appends Markdown, set for a terminal: headings, paragraphs, lists, quotes, tables, code blocks, and bold, code
/// and links within lines.
pub fn markdown(out: &mut String, text: &str, style: &Style) {
    let mut paragraph = Paragraph::default();
    let mut fence: Option<&str> = None;
    let mut blank = true;
    for line in text.lines() {
        let bare = line.trim_start();
        if let Some(open) = fence {
            if bare.starts_with(open) && bare.trim_start_matches(['`', '~']).trim().is_empty() {
                fence = None;
            } else {
                out.push_str("    ");
                style.paint(out, Ink::Note, &code_line(line));
                out.push('\n');
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|m| bare.starts_with(m)) {
            paragraph.flush(out, style);
            space(out, &mut blank);
            fence = Some(mark);
            blank = false;
            continue;
        }
        if bare.is_empty() {
            paragraph.flush(out, style);
            space(out, &mut blank);
            continue;
        }
        let hashes = bare.bytes().take_while(|b| *b == b'#').count();
        if let Some(heading) = bare.get(hashes..).filter(|h| (1..=6).contains(&hashes) && h.starts_with(' '))
        {
            paragraph.flush(out, style);
            space(out, &mut blank);
            let heading = escape::visible(heading.trim()).into_owned();
            let heading = if hashes <= 2 { heading.to_uppercase() } else { heading };
            style.paint(out, Ink::Bold, &heading);
            out.push('\n');
            blank = false;
            continue;
        }
        if bare.starts_with('|') {
            paragraph.flush(out, style);
            let rule = bare.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '));
            if !rule {
                out.push_str("  ");
                inline(out, &escape::visible(bare.trim()), style);
                out.push('\n');
            }
            blank = false;
            continue;
        }
        if let Some((mark, rest)) = item(bare) {
            paragraph.flush(out, style);
            let indent = 2 + (line.len() - bare.len()).min(12);
            let mark = if mark.len() == 1 { style.pick("•", "-") } else { mark };
            paragraph = Paragraph::new(indent, format!("{mark} "), rest);
        } else if let Some(quote) = bare.strip_prefix('>') {
            if !paragraph.quote {
                paragraph.flush(out, style);
                paragraph = Paragraph::new(2, style.pick("▏ ", "> ").into(), "");
                paragraph.quote = true;
            }
            paragraph.add(quote);
        } else {
            paragraph.add(bare);
        }
        blank = false;
    }
    paragraph.flush(out, style);
}

fn space(out: &mut String, blank: &mut bool) {
    if !*blank {
        out.push('\n');
    }
    *blank = true;
}

/// A list item's mark and text.
fn item(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|m| line.strip_prefix(m)) {
        return Some(("-", rest));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, rest) = line.split_at_checked(digits + 1).filter(|_| (1..=3).contains(&digits))?;
    (mark.ends_with(['.', ')'])).then(|| rest.strip_prefix(' ').map(|r| (mark, r))).flatten()
}

/// A line of code with its indentation kept.
fn code_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '\t' {
            out.push_str("    ");
        } else {
            escape::push_visible(&mut out, c);
        }
    }
    out
}

/// Lines that belong together, until they are set.
#[derive(Default)]
struct Paragraph {
    indent: usize,
    mark: String,
    text: String,
    quote: bool,
}

impl Paragraph {
    fn new(indent: usize, mark: String, text: &str) -> Self {
        Self { indent, mark, text: text.to_owned(), quote: false }
    }

    fn add(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        } else if self.mark.is_empty() {
            self.indent = 2;
        }
        self.text.push_str(line.trim());
    }

    fn flush(&mut self, out: &mut String, style: &Style) {
        let Self { indent, mark, text, quote } = std::mem::take(self);
        if text.is_empty() {
            return;
        }
        let columns = style.columns().min(PROSE) - indent.min(16) - width::of(&mark);
        let lines = width::wrap(&links(&escape::visible(&text)), columns);
        let mut bold = false;
        for (i, line) in lines.into_iter().enumerate() {
            width::pad(out, indent);
            if i == 0 || quote {
                style.paint(out, Ink::Dim, &mark);
            } else {
                width::pad(out, width::of(&mark));
            }
            bold = inline_from(out, &line, bold, style);
            out.push('\n');
        }
    }
}

/// `[text](address)` as `text (address)`; references within the documentation lose their address.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let link = after
            .split_once("](")
            .and_then(|(label, tail)| tail.split_once(')').map(|(address, tail)| (label, address, tail)))
            .filter(|(label, address, _)| !label.contains(['[', '`']) && !address.contains(' '));
        if let Some((label, address, tail)) = link {
            out.push_str(label);
            if address.starts_with("http") && address != label {
                out.push_str(" (");
                out.push_str(address);
                out.push(')');
            }
            rest = tail;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn inline(out: &mut String, text: &str, style: &Style) {
    inline_from(out, text, false, style);
}

/// Appends a line with `**bold**` and `` `code` `` set off; says whether bold goes on in the next line.
fn inline_from(out: &mut String, text: &str, mut bold: bool, style: &Style) -> bool {
    for (part, code) in escape::code_parts(text) {
        if code {
            style.paint(out, Ink::Note, &if style.colour { part.to_owned() } else { format!("`{part}`") });
            continue;
        }
        for (i, piece) in part.split("**").enumerate() {
            bold ^= i > 0;
            style.paint(out, if bold { Ink::Bold } else { Ink::Plain }, piece);
        }
    }
    bold
}
