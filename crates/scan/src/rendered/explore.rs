//! Which values could be otherwise: switches that keep a part of a template out of the result.
//!
//! Only what a template asks of a value as true or false is tried, one switch at a time, since nothing is known
//! of which other values make sense. What that shows is not what the chart does by itself, and is told apart.

use model::{Related, Role};
use render::helm::{Chart, Layer};
use render::{Origin, OriginId, Origins};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use syntax::{Kind, Node};

/// Most switches tried for one chart.
pub const MOST_SWITCHES: usize = 96;

/// A way to switch on what is off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Switch {
    /// Keys, as `--set` takes them, and what they are set to.
    keys: Vec<(String, bool)>,
    /// Where the first of them stands.
    place: Option<Related>,
}

impl Switch {
    /// In words: `metrics.enabled=true`.
    pub fn label(&self) -> Arc<str> {
        let each: Vec<String> = self.keys.iter().map(|(key, to)| format!("{key}={to}")).collect();
        format!("{}, not the default", each.join(", ")).into()
    }

    /// Where the switch stands.
    pub fn place(&self) -> Option<&Related> {
        self.place.as_ref()
    }

    /// The values it sets.
    pub fn layers(&self) -> Vec<Layer> {
        let set = |(key, to): &(String, bool)| Layer::Set {
            path: key.clone(),
            value: to.to_string(),
            string: false,
            json: false,
            place: None,
        };
        self.keys.iter().map(set).collect()
    }
}

/// The switches that a rendering of a chart left off.
pub fn switches(chart: &Chart, origins: &Origins) -> Vec<Switch> {
    let mut found = BTreeSet::new();
    for skip in origins.skips() {
        let mut values = Vec::new();
        origins.values_of(skip.condition, &mut values);
        let mut off = Vec::new();
        let mut on = Vec::new();
        let place = values.iter().find_map(|value| place_of(origins, *value));
        for value in values {
            let (Some(path), Some(state)) = (path_of(chart, origins, value), state_of(origins, value)) else {
                continue;
            };
            if state { on.push((path, false)) } else { off.push((path, true)) }
        }
        // What is true and yet keeps a branch out is asked for with `not`.
        let keys = if off.is_empty() && on.len() == 1 { on } else { off };
        if !keys.is_empty() {
            found.insert(Switch { keys, place });
        }
    }
    found.into_iter().take(MOST_SWITCHES).collect()
}

/// Where a value stands, or the mapping that lacks it.
fn place_of(origins: &Origins, id: OriginId) -> Option<Related> {
    match origins.get(id) {
        Origin::Node { .. } => Some(Related {
            location: origins.node_of(id)?.location(),
            label: "switches it off by default".to_owned(),
            role: Role::Condition,
        }),
        Origin::Missing { parent, .. } => place_of(origins, *parent),
        Origin::None
        | Origin::Generated
        | Origin::Literal { .. }
        | Origin::Derived(_)
        | Origin::Written { .. } => None,
    }
}

/// Whether a value is on or off; `None` if it is no switch.
fn state_of(origins: &Origins, id: OriginId) -> Option<bool> {
    match origins.get(id) {
        Origin::Missing { .. } => Some(false),
        Origin::Node { .. } => {
            let node = origins.node_of(id)?;
            match node.kind() {
                Kind::Null => Some(false),
                Kind::Bool => node.as_bool(),
                _ => None,
            }
        }
        Origin::None
        | Origin::Generated
        | Origin::Literal { .. }
        | Origin::Derived(_)
        | Origin::Written { .. } => None,
    }
}

/// The key of a value of the chart itself, or of one it depends on, as `--set` takes it.
fn path_of(chart: &Chart, origins: &Origins, id: OriginId) -> Option<String> {
    match origins.get(id) {
        Origin::Missing { parent, key } => {
            let outer = path_of(chart, origins, *parent)?;
            let key = key.replace('.', "\\.");
            Some(if outer.is_empty() { key } else { format!("{outer}.{key}") })
        }
        Origin::Node { .. } => {
            let node = origins.node_of(id)?;
            let owner = keys_to(chart, node, 0)?;
            let mut path = owner.join(".");
            for step in node.pointer().steps() {
                if !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit()) {
                    let _ = write!(path, "[{step}]");
                    continue;
                }
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&step.replace('.', "\\."));
            }
            Some(path)
        }
        Origin::None
        | Origin::Generated
        | Origin::Literal { .. }
        | Origin::Derived(_)
        | Origin::Written { .. } => None,
    }
}

/// The keys under which a chart's user finds the values that this node belongs to.
pub fn keys_to(chart: &Chart, node: Node<'_>, depth: usize) -> Option<Vec<String>> {
    const DEPTH: usize = 16;
    let file = node.tree().source().name();
    if chart.values().is_some_and(|tree| tree.source().name() == file) {
        return Some(Vec::new());
    }
    if depth >= DEPTH {
        return None;
    }
    chart.dependencies().iter().find_map(|dependency| {
        let mut keys = keys_to(dependency, node, depth + 1)?;
        keys.insert(0, dependency.name().to_owned());
        Some(keys)
    })
}
