//! `values.schema.json` of a chart and of those it depends on.

use super::instance::Instance;
use crate::origin::Origins;
use crate::output::Problem;
use crate::schema::{SchemaError, validate};
use crate::value::Value;
use model::{Location, Pointer, Span, WhyCode};
use syntax::SourceText;

/// Checks values against the schemas there are. False if one is violated: nothing is rendered then, as in Helm.
pub(super) fn check(
    instance: &Instance<'_>,
    values: &Value,
    origins: &mut Origins,
    problems: &mut Vec<Problem>,
) -> bool {
    let mut fits = true;
    if let Some(schema) = &instance.chart.schema {
        match validate(schema.text(), values) {
            Ok(errors) => {
                fits &= errors.is_empty();
                problems
                    .extend(errors.iter().map(|error| violation(instance, schema, values, error, origins)));
            }
            // Helm reads other files and the network; what it finds there is not known here, so that the
            // rendering goes on.
            Err(why) => problems.push(Problem {
                location: whole(schema),
                code: WhyCode::Unsupported,
                message: format!("the schema of chart {} can't be used: {why}", instance.name),
                hint: "values are not checked against it".to_owned(),
                fatal: false,
            }),
        }
    }
    for dependency in &instance.dependencies {
        if let Some(inner) = values.as_map().and_then(|map| map.get(&dependency.name))
            && inner.as_map().is_some()
        {
            fits &= check(dependency, &inner, origins, problems);
        }
    }
    fits
}

fn whole(schema: &SourceText) -> Location {
    schema.location(Span::new(0, 0), Pointer::root())
}

fn violation(
    instance: &Instance<'_>,
    schema: &SourceText,
    values: &Value,
    error: &SchemaError,
    origins: &mut Origins,
) -> Problem {
    // The value itself, or the innermost around it that is written somewhere.
    let mut current = values.clone();
    let mut origin = current.origin(origins);
    for token in error.pointer.split('/').skip(1) {
        let key = token.replace("~1", "/").replace("~0", "~");
        let next = match &current {
            Value::Map(map, _) => map.get(&key),
            Value::List(list, _) => key.parse().ok().and_then(|at: usize| list.items().get(at).cloned()),
            _ => None,
        };
        let Some(next) = next else { break };
        let inner = next.origin(origins);
        if origins.node_of(inner).is_some() {
            origin = inner;
        }
        current = next;
    }
    let location = origins.node_of(origin).map_or_else(|| whole(schema), syntax::Node::location);
    Problem {
        location,
        code: WhyCode::Malformed,
        message: format!(
            "values don't meet the specifications of the schema(s) in the following chart(s): {}: - {}",
            instance.name, error.message
        ),
        hint: String::new(),
        fatal: true,
    }
}
