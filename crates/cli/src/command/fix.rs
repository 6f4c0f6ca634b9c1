//! `holdfast fix`

use crate::args::FixArgs;
use crate::{CLEAN, Failure, WRONG, output, setup};
use report::group::plural;
use scan::mend::{self, Mended};
use similar::TextDiff;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: &FixArgs) -> Result<u8, Failure> {
    let options = setup::prepare(&args.input, &args.rules, None)?;
    let from_stdin = options.stdin.is_some();
    if from_stdin && !args.diff {
        return Err("standard input can't be changed in place; use --diff".to_owned().into());
    }
    let write: Vec<PathBuf> = if args.diff { Vec::new() } else { options.roots.clone() };
    setup::confine(&args.input, &options, &write);
    let outcome = mend::mend(options, args.risky);
    let mut errors = outcome.errors;
    let mut text = String::new();
    for mended in &outcome.files {
        if args.diff {
            text.push_str(&diff(mended));
        } else if let Err(error) = replace(mended) {
            errors.push(error);
            continue;
        }
        if !args.diff {
            let _ = writeln!(text, "{}", mended.file);
            for (rule, title) in &mended.applied {
                let _ = writeln!(text, "  {title} [{rule}]");
            }
        }
    }
    output::print(&text);
    let count: usize = outcome.files.iter().map(|f| f.applied.len()).sum();
    let verb = if args.diff { "would be applied" } else { "applied" };
    let noun = if count == 1 { "fix" } else { "fixes" };
    eprintln!("holdfast: {count} {noun} {verb} in {}", plural(outcome.files.len(), "file"));
    if outcome.risky > 0 {
        eprintln!(
            "holdfast: {} more are offered with --unsafe: look at them first with --diff --unsafe",
            outcome.risky
        );
    }
    if !outcome.left.is_empty() {
        eprintln!(
            "holdfast: {} fixes could not be applied beside others and were left out",
            outcome.left.len()
        );
    }
    for error in &errors {
        eprintln!("holdfast: {error}");
    }
    Ok(if errors.is_empty() { CLEAN } else { WRONG })
}

fn diff(mended: &Mended) -> String {
    // `git apply` strips one leading part and wants the rest relative.
    let name = mended.file.trim_start_matches('/');
    TextDiff::from_lines(&mended.before, &mended.after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// Puts the new text in the file's place in one step, so that a crash leaves either the old or the new one.
/// The file's permissions stay.
fn replace(mended: &Mended) -> Result<(), String> {
    let path = Path::new(&*mended.file);
    let fail = |e: std::io::Error| format!("{}: {}", path.display(), scan::walk::plain(&e));
    let now = std::fs::read_to_string(path).map_err(fail)?;
    if now != mended.before {
        return Err(format!("{}: changed while it was being mended; left as it is", path.display()));
    }
    let permissions = std::fs::metadata(path).map_err(fail)?.permissions();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.holdfast"));
    let written = std::fs::write(&temporary, &mended.after)
        .and_then(|()| std::fs::set_permissions(&temporary, permissions))
        .and_then(|()| std::fs::rename(&temporary, path));
    written
        .or_else(|_| {
            let _ = std::fs::remove_file(&temporary);
            // A single file that was named on the command line: its folder can't be written under confinement.
            std::fs::write(path, &mended.after)
        })
        .map_err(fail)
}
