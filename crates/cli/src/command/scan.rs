//! `holdfast scan`

use crate::args::ScanArgs;
use crate::output::{self, Progress};
use crate::{CLEAN, FOUND, Failure, WRONG, setup};
use report::framework;
use scan::baseline::Baseline;
use scan::config;
use std::fs::File;
use std::io::Write;

/// Runs the command.
pub fn run(args: &ScanArgs) -> Result<u8, Failure> {
    let framework = args.framework.as_deref().map(find_framework).transpose()?;
    let mut options = setup::prepare(&args.input, &args.rules, framework)?;
    if let Some(word) = &args.fail_on {
        options.fail_on = config::threshold(word)?;
    }
    options.severity = args.severity.or(options.severity);
    if let Some(path) = &args.baseline {
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("{}: {}", path.display(), scan::walk::plain(&e)))?;
        options.baseline = Some(Baseline::parse(&text).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    if let Some(reference) = &args.changed_since {
        options.changed = Some(scan::changed::since(reference, &options.roots)?);
    }
    let baseline_file = match &args.write_baseline {
        Some(path) => {
            // The old one is kept until there is a new one: a run that fails should not cost it.
            let file = File::options().write(true).create(true).truncate(false).open(path);
            Some((path, file.map_err(|e| format!("{}: {}", path.display(), scan::walk::plain(&e)))?))
        }
        None => None,
    };
    options.take_baseline = baseline_file.is_some();
    let style = output::style(args.colour, args.verbose);
    let sinks = output::open(&args.formats, args.quiet)?;
    setup::confine(&args.input, &options, &[]);

    let progress = Progress::new(args.quiet);
    let scanned = scan::run(&options, &|done, total| progress.tick(done, total));
    progress.done();

    if let (Some((path, mut file)), Some(baseline)) = (baseline_file, &scanned.baseline) {
        let text = baseline.write();
        file.write_all(text.as_bytes())
            .and_then(|()| if file.metadata()?.is_file() { file.set_len(text.len() as u64) } else { Ok(()) })
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    output::write(sinks, &scanned.report, &scanned.sources, &style)?;
    if scanned.known_before > 0 && !args.quiet {
        eprintln!("holdfast: {} findings are in the baseline and not shown", scanned.known_before);
    }
    for error in &scanned.errors {
        eprintln!("holdfast: {error}");
    }
    let gaps = scanned.report.ledger.iter().filter(|r| r.status.is_gap()).count();
    if args.fail_on_gaps && gaps > 0 {
        eprintln!(
            "holdfast: {gaps} gaps in coverage (--fail-on-gaps); they are in the ledger of the JSON report, or use --verbose"
        );
        return Ok(WRONG);
    }
    Ok(match (scanned.errors.is_empty(), scanned.report.fails()) {
        (false, _) => WRONG,
        (true, true) => FOUND,
        (true, false) => CLEAN,
    })
}

fn find_framework(id: &str) -> Result<&'static framework::Framework, String> {
    framework::find(id).ok_or_else(|| {
        let known: Vec<&str> = framework::ALL.iter().map(|f| f.id).collect();
        format!("`{id}` is no framework; known are: {}", known.join(", "))
    })
}
