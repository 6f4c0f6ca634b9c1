//! Landlock: only the inputs can be read, only what is to be fixed can be written, no network.

use super::{Needs, State};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};
use std::path::PathBuf;

/// Newest Landlock interface that is asked for; older kernels give less.
const VERSION: ABI = ABI::V6;

pub(super) fn confine(needs: &Needs) -> State {
    match restrict(needs) {
        Ok(RulesetStatus::FullyEnforced) => State::Active("Landlock, all rules".to_owned()),
        Ok(RulesetStatus::PartiallyEnforced) => {
            State::Active("Landlock, as far as this kernel goes".to_owned())
        }
        Ok(RulesetStatus::NotEnforced) => State::Inactive("this kernel has no Landlock".to_owned()),
        Err(error) => State::Inactive(format!("Landlock: {error}")),
    }
}

fn restrict(needs: &Needs) -> Result<RulesetStatus, RulesetError> {
    let ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(VERSION))?
        .handle_access(AccessNet::from_all(VERSION))?
        .scope(Scope::from_all(VERSION))?
        .create()?;
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let ruleset = allow(ruleset, &needs.read, read)?;
    let write = read | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::MakeReg | AccessFs::RemoveFile;
    let ruleset = allow(ruleset, &needs.write, write)?;
    Ok(ruleset.restrict_self()?.ruleset)
}

fn allow(
    mut ruleset: RulesetCreated,
    paths: &[PathBuf],
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    for path in paths {
        // A path that does not exist is reported when it is read. A pipe of a shell's `<(...)` has no place in
        // the file system, so that no rule can be made for it, nor is one needed.
        if path.canonicalize().is_err() {
            continue;
        }
        let Ok(fd) = PathFd::new(path) else { continue };
        let access = if path.is_dir() { access } else { access & AccessFs::from_file(VERSION) };
        ruleset = ruleset.add_rule(PathBeneath::new(fd, access))?;
    }
    Ok(ruleset)
}
