//! `holdfast render`

use crate::args::{RenderArgs, RuleArgs};
use crate::{CLEAN, Failure, WRONG, output, setup};

/// Runs the command.
pub fn run(args: &RenderArgs) -> Result<u8, Failure> {
    let mut options = setup::prepare(&args.input, &RuleArgs::default(), None)?;
    options.rendering.helm.crds = args.include_crds;
    if options.stdin.is_some() {
        return Err("a chart or overlay is a folder; standard input can't be rendered".to_owned().into());
    }
    setup::confine(&args.input, &options, &[]);
    let printed = scan::rendered::print(&options, args.trace);
    output::print(&printed.text);
    for text in printed.notes.iter().chain(&printed.errors) {
        eprintln!("holdfast: {text}");
    }
    Ok(if printed.errors.is_empty() { CLEAN } else { WRONG })
}
