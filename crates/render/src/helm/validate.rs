//! `values.schema.json` of a chart and of those it depends on.

use super::instance::Instance;
use crate::output::Problem;
use model::{Pointer, Span, WhyCode};

/// Says of each schema that values are not held against it. Helm refuses values that do not fit; what is rendered
/// of values that do is the same with and without.
pub(super) fn check(instance: &Instance<'_>, problems: &mut Vec<Problem>) {
    if let Some(schema) = &instance.chart.schema {
        let problem = Problem {
            location: schema.location(Span::new(0, 0), Pointer::root()),
            code: WhyCode::Unsupported,
            message: format!(
                "the values of chart {} are not checked against its schema",
                instance.chart.name()
            ),
            hint: String::new(),
            fatal: false,
        };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    for dependency in &instance.dependencies {
        check(dependency, problems);
    }
}
