//! Rules for people and programs: the list of `holdfast rules`.

use crate::escape::{self, markdown as prose, markdown_code};
use crate::style::Ink;
use crate::{Style, layout, width};
use model::RuleMeta;
use serde_json::json;
use std::fmt::Write;

/// Rules as a table for a terminal: id, severity, profile and title, sorted as given, under a heading for each
/// of the four Cs. With `style.verbose`, the controls stand below each rule.
pub fn table(rules: &[&'static RuleMeta], style: &Style) -> String {
    let mut out = String::with_capacity(rules.len() * 96 + 64);
    let id_width = rules.iter().map(|r| width::of(r.id)).max().unwrap_or(0);
    let title_room = style.columns().saturating_sub(id_width + 28).max(16);
    let rules = by_area(rules);
    let mut area = None;
    for rule in &rules {
        if area != Some(rule.area) {
            if area.is_some() {
                out.push('\n');
            }
            area = Some(rule.area);
            let n = rules.iter().filter(|r| r.area == rule.area).count();
            style.paint(&mut out, Ink::Bold, &rule.area.word().to_uppercase());
            style.paint(&mut out, Ink::Dim, &format!("  {n}"));
            out.push('\n');
        }
        let _ = write!(out, "  {:id_width$}  ", rule.id);
        style.paint(&mut out, Ink::Of(rule.severity), &format!("{:8}", rule.severity.word()));
        out.push_str("  ");
        style.paint(&mut out, Ink::Dim, &format!("{:11}", rule.profile.word()));
        out.push_str("  ");
        let title = escape::visible(rule.title);
        out.push_str(&width::cut(&title, title_room, style.pick("…", "...")));
        out.push('\n');
        if style.verbose && !rule.controls.is_empty() {
            for line in width::wrap(&rule.controls.join(", "), style.columns().saturating_sub(6)) {
                out.push_str("      ");
                style.paint(&mut out, Ink::Dim, &line);
                out.push('\n');
            }
        }
    }
    let _ =
        writeln!(out, "\n{}; `holdfast explain RULE` tells more", crate::group::plural(rules.len(), "rule"));
    out
}

/// In the order of the four Cs, otherwise as given.
fn by_area(rules: &[&'static RuleMeta]) -> Vec<&'static RuleMeta> {
    let mut sorted = rules.to_vec();
    sorted.sort_by_key(|r| r.area);
    sorted
}

/// Rules as a JSON array, one rule a line, with everything known about them; `docs` is Markdown.
pub fn json(rules: &[&'static RuleMeta]) -> String {
    let rules: Vec<_> = rules
        .iter()
        .map(|r| {
            json!({
                "id": r.id,
                "title": r.title,
                "area": r.area,
                "topic": r.topic,
                "profile": r.profile,
                "severity": r.severity,
                "severity_reason": r.severity_reason,
                "confidence": r.confidence,
                "maturity": r.maturity,
                "controls": r.controls,
                "remediation": r.remediation,
                "since": r.since,
                "aliases": r.aliases,
                "docs": docs(r.docs),
            })
        })
        .collect();
    layout::json(&rules, 1, rules.len() * 2048 + 16)
}

/// A doc comment without the space that begins each of its lines.
fn docs(text: &str) -> String {
    text.lines().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line).trim_end(), "\n"]).collect()
}

/// Rules as a Markdown table.
pub fn markdown(rules: &[&'static RuleMeta]) -> String {
    let mut out =
        String::from("| rule | title | area | severity | profile | controls |\n|---|---|---|---|---|---|\n");
    for rule in by_area(rules) {
        out.push_str("| ");
        markdown_code(&mut out, rule.id);
        out.push_str(" | ");
        prose(&mut out, rule.title);
        let _ = write!(out, " | {} | {} | {} |", rule.area, rule.severity, rule.profile);
        for (i, control) in rule.controls.iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { " " });
            markdown_code(&mut out, control);
        }
        out.push_str(" |\n");
    }
    out
}
