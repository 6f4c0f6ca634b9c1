//! `holdfast pss`

use crate::args::PssArgs;
use crate::{CLEAN, Failure};

/// Runs the command.
pub fn run(_args: &PssArgs) -> Result<u8, Failure> {
    Ok(CLEAN)
}
