//! `holdfast doctor`

use crate::{CLEAN, output};
use scan::confine::{self, Needs, State};
use std::fmt::Write as _;

/// Runs the command: confines itself as a scan would, and says how far that went.
pub fn run() -> u8 {
    let mut text = format!("holdfast {}\n\n", env!("CARGO_PKG_VERSION"));
    let config = std::path::Path::new(scan::config::FILE_NAME);
    let config = match std::fs::read_to_string(config) {
        Ok(found) => match scan::Config::parse(scan::config::FILE_NAME, &found) {
            Ok(_) => "holdfast.toml in this folder, in order".to_owned(),
            Err(error) => format!("broken: {error}"),
        },
        Err(_) => "none in this folder (none is needed; `holdfast init` writes one)".to_owned(),
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let confinement = confine::confine(&Needs::default());
    let _ = writeln!(text, "rules          {}", checks::all().count());
    let _ = writeln!(text, "frameworks     {}", report::framework::ALL.len());
    let _ = writeln!(text, "configuration  {config}");
    let _ = writeln!(text, "threads        {cores}");
    let _ = writeln!(text, "network        never used by this command line");
    for (name, state) in [("file access", confinement.files), ("system calls", confinement.syscalls)] {
        let (mark, detail) = match state {
            State::Active(detail) => ("confined", detail),
            State::Inactive(detail) => ("NOT confined", detail),
        };
        let _ = writeln!(text, "{name:<14} {mark}: {detail}");
    }
    output::print(&text);
    CLEAN
}
