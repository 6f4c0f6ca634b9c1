//! `holdfast pss`

use crate::args::{Colour, ListFormat, PssArgs, RuleArgs};
use crate::{CLEAN, Failure, WRONG, output, setup};
use check::Inventory;
use checks::pss::{self, render};

/// Runs the command.
pub fn run(args: &PssArgs) -> Result<u8, Failure> {
    let mut options = setup::prepare(&args.input, &RuleArgs::default(), None)?;
    // The levels are worked out by the command itself; the scan only reads and recognises.
    options.checks.clear();
    options.fixes = false;
    options.rendering.keep = true;
    setup::confine(&args.input, &options, &[]);
    let scanned = scan::run(&options, &|_, _| {});
    let inventory =
        Inventory::new(scanned.files.iter().chain(scanned.rendered.iter().map(|kept| &kept.file)));
    let mut report = pss::assess(&inventory, &options.settings);
    report.relocate(|file, line| {
        let kept = scanned.rendered.iter().find(|kept| **kept.file.source.name() == *file)?;
        kept.origin_of(line, &|name| scanned.paths.contains_key(name))
    });
    let style = output::style(Colour::Auto, args.all);
    let text = match args.format {
        ListFormat::Json => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        ListFormat::Terminal => {
            render::text(&report, render::Style { width: style.width, color: style.colour, all: args.all })
        }
        ListFormat::Markdown => {
            return Err("pss has no Markdown form; use terminal or json".to_owned().into());
        }
    };
    output::print(&text);
    if args.format == ListFormat::Terminal {
        let gaps = scanned.report.ledger.iter().filter(|r| r.status.is_gap()).count();
        if gaps > 0 {
            eprintln!(
                "holdfast: {gaps} files or parts of files could not be read; `holdfast scan --verbose` lists them"
            );
        }
    }
    for error in &scanned.errors {
        eprintln!("holdfast: {error}");
    }
    Ok(if scanned.errors.is_empty() { CLEAN } else { WRONG })
}
