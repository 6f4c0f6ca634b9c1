//! `holdfast explain`

use crate::args::{Colour, ExplainArgs};
use crate::{CLEAN, Failure, output};
use check::exception::Aliases;
use report::explain;

/// Runs the command.
pub fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let aliases = Aliases::new(checks::all().map(|c| &c.meta));
    let wanted = args.rule.as_str();
    let foreign = |tool: &&str| aliases.rules(tool, wanted).to_vec();
    let ids: Vec<&str> = if aliases.is_rule(wanted) {
        vec![wanted]
    } else {
        ["checkov", "trivy", "hadolint", "kube-linter", "kube-score"].iter().flat_map(foreign).collect()
    };
    if ids.is_empty() {
        let near = aliases.nearest(wanted).map_or(String::new(), |id| format!("; did you mean `{id}`?"));
        return Err(format!("no rule is called `{wanted}`{near} (`holdfast rules` lists them)").into());
    }
    let style = output::style(Colour::Auto, false);
    for check in checks::all().filter(|c| ids.contains(&c.meta.id)) {
        output::print(&explain::explain(&check.meta, &style));
    }
    Ok(CLEAN)
}
