//! The functions of Sprig and Helm, by topic.

pub(crate) mod arguments;
mod cases;
pub(crate) mod encoding;
pub(crate) mod pieces;
pub(crate) mod quoting;
mod strings;
pub(crate) mod strval;
mod wrapping;

use crate::context::Function;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The tables of all topics.
const TABLES: &[&[(&str, Function)]] =
    &[cases::FUNCTIONS, quoting::FUNCTIONS, strings::FUNCTIONS, wrapping::FUNCTIONS];

/// The function of a name, but for those that call back into the engine (`include`, `tpl`, and text/template's
/// own `and`, `or`, `call`), which the engine has itself.
pub fn function(name: &str) -> Option<Function> {
    static ALL: OnceLock<HashMap<&'static str, Function>> = OnceLock::new();
    let all = ALL.get_or_init(|| TABLES.iter().flat_map(|table| table.iter().copied()).collect());
    all.get(name).copied()
}
