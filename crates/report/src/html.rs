//! The report as one HTML file that needs nothing else: no network, no fonts, no libraries.
//!
//! Everything in a report may come from an attacker. Hence: all markup is written by [`markup::Markup`],
//! which escapes; the script gets its data as JSON that can not end its element, and only ever sets text,
//! never markup; and a Content-Security-Policy allows exactly our own style and script, by hash, and no
//! request of any kind.

mod data;
mod frame;
mod markup;
mod panels;
mod sections;
mod sha256;

use crate::{Report, Sources};
use markup::Markup;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");
const LOGO: &str = "<svg class=\"logo\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">\
    <path d=\"M12 1.8 3.6 5v6.3c0 5.2 3.5 9.3 8.4 10.9 4.9-1.6 8.4-5.7 8.4-10.9V5z\"/>\
    <path class=\"in\" d=\"M8.6 7.5v9M15.4 7.5v9M8.6 12h6.8\"/></svg>";

/// The report as a page.
pub fn write(report: &Report, sources: &dyn Sources) -> String {
    let title = match report.targets.as_slice() {
        [] => "Holdfast report".to_owned(),
        targets => format!("Holdfast report: {}", targets.join(", ")),
    };
    let mut m = Markup::default();
    m.fixed("<!DOCTYPE html>\n");
    m.open("html", &[("lang", "en")]);
    m.open("head", &[]);
    m.void("meta", &[("charset", "utf-8")]);
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        sha256::source(STYLE),
        sha256::source(SCRIPT)
    );
    m.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    m.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    m.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    m.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    m.void("meta", &[("name", "generator"), ("content", &format!("Holdfast {}", report.version))]);
    m.leaf("title", &[], &title);
    m.open("style", &[]);
    m.fixed(STYLE);
    m.close_all(2);
    m.open("body", &[]);
    body(&mut m, report, sources);
    m.finish()
}

fn body(m: &mut Markup, report: &Report, sources: &dyn Sources) {
    m.leaf("a", &[("class", "skip"), ("href", "#findings")], "Skip to the findings");
    m.open("header", &[("class", "top")]);
    m.open("div", &[("class", "bar-in")]);
    m.open("a", &[("class", "brand"), ("href", "#summary")]);
    m.fixed(LOGO);
    m.leaf("span", &[], "Holdfast");
    m.close();
    let targets = report.targets.join(", ");
    m.leaf("span", &[("class", "target"), ("title", &targets)], &targets);
    m.open("nav", &[("aria-label", "Sections")]);
    for (id, name) in [
        ("overview", "Overview"),
        ("frameworks", "Frameworks"),
        ("findings", "Findings"),
        ("coverage", "Coverage"),
        ("exceptions", "Exceptions"),
    ] {
        m.leaf("a", &[("href", &format!("#{id}"))], name);
    }
    m.close();
    m.leaf("button", &[("type", "button"), ("id", "theme"), ("class", "ghost"), ("hidden", "")], "Theme");
    m.close_all(2);
    m.open("main", &[("id", "main")]);
    sections::hero(m, report);
    sections::overview(m, report);
    sections::risks(m, report);
    panels::frameworks(m, report, &report.rules);
    m.open("section", &[("id", "findings"), ("aria-labelledby", "h-findings")]);
    m.leaf("h2", &[("id", "h-findings")], "Findings");
    m.leaf("div", &[("id", "finding-list")], "");
    panels::without_script(m, report);
    m.close();
    m.open("section", &[("id", "coverage"), ("aria-labelledby", "h-coverage")]);
    m.leaf("h2", &[("id", "h-coverage")], "Coverage");
    m.leaf(
        "p",
        &[("class", "lead")],
        "Everything that was seen, and what became of it. What was not judged is a gap, not a pass.",
    );
    m.open("ul", &[("class", "facts inline")]);
    for (status, word) in data::STATUSES {
        m.open("li", &[]);
        m.leaf("b", &[], &sections::group(report.rows(status)));
        m.text(&format!(" {word}"));
        m.close();
    }
    m.close();
    m.leaf("div", &[("id", "ledger-list")], "");
    m.close();
    panels::exceptions(m, report);
    m.close();
    m.open("footer", &[]);
    m.text(&format!("Written by Holdfast {}. ", report.version));
    m.text("This file is complete in itself and makes no request.");
    m.close();
    m.data("data", &data::json(report, sources));
    m.open("script", &[]);
    m.fixed(SCRIPT);
    m.close();
}

#[cfg(test)]
#[path = "html/tests.rs"]
mod tests;
