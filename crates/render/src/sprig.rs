//! The functions of Sprig and Helm, by topic.

pub(crate) mod arguments;
mod cases;
pub(crate) mod casts;
pub(crate) mod certificates;
mod decimal;
mod defaults;
mod dicts;
pub(crate) mod encoding;
mod hash;
mod lists;
mod math;
mod merging;
mod paths;
pub(crate) mod pieces;
pub(crate) mod quoting;
mod random;
mod read;
pub(crate) mod reflection;
pub(crate) mod regexes;
mod serial;
mod strings;
pub(crate) mod strval;
pub(crate) mod time;
mod urls;
mod versions;
mod wrapping;

use crate::context::Function;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The tables of all topics.
const TABLES: &[&[(&str, Function)]] = &[
    cases::FUNCTIONS,
    casts::FUNCTIONS,
    certificates::FUNCTIONS,
    defaults::FUNCTIONS,
    dicts::FUNCTIONS,
    encoding::FUNCTIONS,
    hash::FUNCTIONS,
    lists::FUNCTIONS,
    math::FUNCTIONS,
    merging::FUNCTIONS,
    paths::FUNCTIONS,
    quoting::FUNCTIONS,
    random::FUNCTIONS,
    reflection::FUNCTIONS,
    regexes::FUNCTIONS,
    serial::FUNCTIONS,
    strings::FUNCTIONS,
    time::FUNCTIONS,
    urls::FUNCTIONS,
    versions::FUNCTIONS,
    wrapping::FUNCTIONS,
];

/// The function of a name, but for those that call back into the engine (`include`, `tpl`, and text/template's
/// own `and`, `or`, `call`), which the engine has itself.
pub fn function(name: &str) -> Option<Function> {
    static ALL: OnceLock<HashMap<&'static str, Function>> = OnceLock::new();
    let all = ALL.get_or_init(|| TABLES.iter().flat_map(|table| table.iter().copied()).collect());
    all.get(name).copied()
}
