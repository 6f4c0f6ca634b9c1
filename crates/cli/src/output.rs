//! Where reports go, and what the terminal can do.

use crate::args::{Colour, Target};
use report::{Format, Report, Sources, Style, render};
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// A report to write and the open place it goes to. Files are opened before the process confines itself.
pub struct Sink {
    format: Format,
    file: Option<(PathBuf, File)>,
}

/// Opens the places of the reports asked for; without any, a report for people on a terminal and one finding
/// a line for pipes.
pub fn open(targets: &[Target], quiet: bool) -> Result<Vec<Sink>, String> {
    if targets.is_empty() {
        let format = if std::io::stdout().is_terminal() { Format::Terminal } else { Format::Plain };
        return Ok(if quiet { Vec::new() } else { vec![Sink { format, file: None }] });
    }
    let mut sinks = Vec::new();
    for target in targets {
        let file = match &target.file {
            Some(path) if path.as_os_str() != "-" => {
                let file = File::create(path)
                    .map_err(|e| format!("{}: {}", path.display(), scan::walk::plain(&e)))?;
                Some((path.clone(), file))
            }
            _ => None,
        };
        sinks.push(Sink { format: target.format, file });
    }
    if sinks.iter().filter(|s| s.file.is_none()).count() > 1 {
        return Err(
            "two reports go to standard output; give all but one a file: -f sarif=out.sarif".to_owned()
        );
    }
    Ok(sinks)
}

/// What standard output can show.
pub fn style(colour: Colour, verbose: bool) -> Style {
    let terminal = std::io::stdout().is_terminal();
    let allowed = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|t| t != "dumb");
    let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).or_else(terminal_width);
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    Style {
        colour: match colour {
            Colour::Auto => terminal && allowed,
            Colour::Always => true,
            Colour::Never => false,
        },
        width: width.unwrap_or(100),
        unicode: !terminal || locale.is_none_or(|l| !matches!(l.as_str(), "C" | "POSIX")),
        verbose,
        limit: (terminal && !verbose).then_some(40),
        time: Some(crate::setup::now()),
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Writes every report.
pub fn write(sinks: Vec<Sink>, report: &Report, sources: &dyn Sources, style: &Style) -> Result<(), String> {
    for sink in sinks {
        match sink.file {
            None => print(&render(sink.format, report, sources, style)),
            Some((path, mut file)) => {
                let plain = Style { colour: false, limit: None, width: 120, unicode: true, ..style.clone() };
                let text = render(sink.format, report, sources, &plain);
                file.write_all(text.as_bytes()).map_err(|e| format!("{}: {e}", path.display()))?;
            }
        }
    }
    Ok(())
}

/// Prints to standard output. A reader that has gone away (`| head`) is no mistake.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A progress line on standard error, shown once a scan takes longer than a second.
pub struct Progress {
    begun: std::time::Instant,
    shown: std::sync::atomic::AtomicU64,
    active: bool,
}

impl Progress {
    /// Shows nothing unless standard error is a terminal.
    pub fn new(quiet: bool) -> Self {
        Self {
            begun: std::time::Instant::now(),
            shown: std::sync::atomic::AtomicU64::new(0),
            active: !quiet && std::io::stderr().is_terminal(),
        }
    }

    /// Takes note of how far the scan is.
    pub fn tick(&self, done: usize, total: usize) {
        use std::sync::atomic::Ordering;
        if !self.active || !done.is_multiple_of(64) {
            return;
        }
        let tenths = self.begun.elapsed().as_millis() as u64 / 100;
        if tenths >= 10 && self.shown.swap(tenths, Ordering::Relaxed) != tenths {
            eprint!("\r\x1b[Kreading {done} of {total} files");
        }
    }

    /// Wipes the line.
    pub fn done(&self) {
        if self.shown.load(std::sync::atomic::Ordering::Relaxed) > 0 {
            eprint!("\r\x1b[K");
        }
    }
}
