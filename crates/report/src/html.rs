//! One self-contained page.

use crate::{Report, Sources, Style, escape, terminal};

/// Writes a report as a page that holds the text of the terminal report.
pub fn write(report: &Report, sources: &dyn Sources) -> String {
    let style = Style { width: 110, verbose: true, ..Style::default() };
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Holdfast</title>\n<pre>",
    );
    for line in terminal::write(report, sources, &style).lines() {
        escape::xml(&mut out, line);
        out.push('\n');
    }
    out.push_str("</pre></html>\n");
    out
}
