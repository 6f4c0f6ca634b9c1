//! `holdfast rules`

use crate::args::{Colour, ListFormat, RulesArgs};
use crate::{CLEAN, Failure, output};
use report::list;
use scan::{Selection, config};

/// Runs the command.
pub fn run(args: &RulesArgs) -> Result<u8, Failure> {
    let selection = Selection {
        profiles: config::profiles(args.rules.profile.as_deref().unwrap_or("all"))?,
        rules: args.rules.rules.clone(),
        skip: args.rules.skip.clone(),
        framework: args.framework.clone(),
    };
    let rules: Vec<_> = selection.choose()?.into_iter().map(|c| &c.meta).collect();
    output::print(&match args.format {
        ListFormat::Terminal => list::table(&rules, &output::style(Colour::Auto, false)),
        ListFormat::Json => list::json(&rules),
        ListFormat::Markdown => list::markdown(&rules),
    });
    Ok(CLEAN)
}
