//! The report as text for a terminal.

use super::{ControlReport, LabelReport, NamespaceReport, Report, Standing, WorkloadReport};
use std::fmt::Write as _;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns to fit into; long messages are wrapped.
    pub width: usize,
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Whether to show every fault; otherwise only the first of each control, with a count.
    pub all: bool,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn level(self, standing: Standing) -> String {
        let code = match standing {
            Standing::Unknown => "35",
            Standing::Privileged => "31",
            Standing::Baseline => "33",
            Standing::Restricted => "32",
        };
        self.paint(code, standing.word())
    }

    fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }
}

/// Draws a report. The text ends with a line break.
pub fn text(report: &Report, style: Style) -> String {
    let mut out = format!("Pod Security Standards, policy version {}\n", report.version);
    for namespace in &report.namespaces {
        draw_namespace(&mut out, namespace, style);
    }
    let workloads = report.namespaces.iter().flat_map(|namespace| &namespace.workloads);
    let mut counts = [0_usize; 4];
    for workload in workloads {
        let [unknown, privileged, baseline, restricted] = &mut counts;
        *match workload.level {
            Standing::Unknown => unknown,
            Standing::Privileged => privileged,
            Standing::Baseline => baseline,
            Standing::Restricted => restricted,
        } += 1;
    }
    let [unknown, privileged, baseline, restricted] = counts;
    let total = unknown + privileged + baseline + restricted;
    if total == 0 {
        out.push_str("\nNo workloads found.\n");
        return out;
    }
    let spaces = report.namespaces.len();
    let _ = write!(
        out,
        "\n{} in {}: {restricted} restricted, {baseline} baseline, {privileged} privileged",
        plural(total, "workload"),
        plural(spaces, "namespace")
    );
    if unknown > 0 {
        let _ = write!(out, ", {unknown} unknown");
    }
    out.push('\n');
    out
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn draw_namespace(out: &mut String, namespace: &NamespaceReport, style: Style) {
    let count = plural(namespace.workloads.len(), "workload");
    let _ = writeln!(
        out,
        "\n{} {}: {} {}",
        style.dim("namespace"),
        style.paint("1", &namespace.name),
        style.level(namespace.level),
        style.dim(&format!("({count})"))
    );
    for label in &namespace.labels {
        draw_label(out, label, style);
    }
    if let Some(advice) = &namespace.advice {
        wrapped(out, "  advice   ", &advice.reason, style.width);
        // The version stands once in the title; a label for each mode is what people type.
        for (key, value) in &advice.labels {
            let _ = writeln!(out, "           {}", style.dim(&format!("{key}: {value}")));
        }
    }
    let name_of = |w: &WorkloadReport| format!("{}/{}", w.resource.kind, w.resource.name);
    let widest = namespace.workloads.iter().map(|w| name_of(w).chars().count()).max().unwrap_or(0).min(40);
    for workload in &namespace.workloads {
        let name = name_of(workload);
        // Padding goes by what is seen, so the colour codes are put on after it.
        let gap = " ".repeat(widest.saturating_sub(name.chars().count()) + 2);
        let pad = " ".repeat(12_usize.saturating_sub(workload.level.word().len()));
        let place = format!("{}:{}", workload.file, workload.line);
        let level = style.level(workload.level);
        let _ = writeln!(out, "\n  {}{gap}{level}{pad}{}", style.paint("1", &name), style.dim(&place));
        for control in &workload.blocked_by {
            draw_control(out, control, workload, style);
        }
    }
}

fn draw_label(out: &mut String, label: &LabelReport, style: Style) {
    let mut text =
        format!("{} at {}", if label.value.is_empty() { "no level" } else { &label.value }, label.version);
    let list = |ids: &[model::ResourceId]| {
        ids.iter().map(|id| format!("{}/{}", id.kind, id.name)).collect::<Vec<_>>().join(", ")
    };
    if let Some(mistake) = &label.mistake {
        let _ = write!(text, "; {mistake}");
    }
    if !label.breaks.is_empty() {
        let verb = if label.mode == "enforce" { "refuses" } else { "complains of" };
        let _ = write!(text, "; {verb} {}", list(&label.breaks));
    }
    if !label.undecided.is_empty() {
        let _ = write!(text, "; can't be told for {}", list(&label.undecided));
    }
    wrapped(out, &format!("  {:<9}", label.mode), &text, style.width);
}

fn draw_control(out: &mut String, control: &ControlReport, workload: &WorkloadReport, style: Style) {
    let next = workload.next.map_or("", super::Level::word);
    let (code, verb) = if control.faults.is_empty() { ("35", "not evaluated for") } else { ("31", "breaks") };
    let _ = writeln!(out, "    {} {verb} {next}", style.paint(code, control.control));
    let shown = if style.all { usize::MAX } else { 1 };
    for fault in control.faults.iter().take(shown) {
        wrapped(out, "      ", &format!("{} ({}:{})", fault.message, fault.file, fault.line), style.width);
    }
    if !style.all && control.faults.len() > 1 {
        let _ = writeln!(out, "      {}", style.dim(&format!("and {} more", control.faults.len() - 1)));
    }
    for gap in control.gaps.iter().take(shown) {
        let place = gap.line.map_or_else(|| gap.file.to_string(), |line| format!("{}:{line}", gap.file));
        wrapped(out, "      ", &format!("{} ({place})", gap.reason), style.width);
    }
}

/// Writes `text` after `lead`, broken at spaces; further lines are indented as deep as `lead`.
fn wrapped(out: &mut String, lead: &str, text: &str, width: usize) {
    let indent = lead.chars().count();
    let room = width.saturating_sub(indent).max(24);
    out.push_str(lead);
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out.push('\n');
}
