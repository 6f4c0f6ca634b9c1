//! Values laid over each other, as Helm does it: parents over children, `global` downwards, null takes away.

use super::instance::Instance;
use crate::origin::OriginId;
use crate::value::{Map, Value};

/// No values are nested deeper than this.
pub(super) const DEEPEST: usize = 1000;

/// A map and where it came from.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) map: Map,
    pub(super) origin: OriginId,
}

impl Table {
    /// An empty map from nowhere.
    pub(super) fn new() -> Self {
        Self { map: Map::default(), origin: OriginId::NONE }
    }

    /// The map that a value is.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Map(map, origin) => Some(Self { map: map.clone(), origin: *origin }),
            _ => None,
        }
    }

    /// It as a value.
    pub(super) fn value(&self) -> Value {
        Value::Map(self.map.clone(), self.origin)
    }

    /// A copy that shares no map with this one.
    pub(super) fn copy(&self) -> Result<Self, String> {
        let copy = self.value().deep_copy(DEEPEST).ok_or("the values are nested too deep")?;
        Ok(Self::of(&copy).unwrap_or_else(Self::new))
    }

    /// A map below, if there is one.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        Self::of(&self.map.get(key)?)
    }

    /// A map below by keys with dots between; the map itself for no key.
    pub(super) fn tables(&self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self.clone(), |table, key| table.table(key))
    }
}

/// What Helm would write to its log: where it is about, and what.
pub(super) type Warnings = Vec<(OriginId, String)>;

fn joined(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

/// Laying over, in one of two ways: `merge` keeps nulls for a later round, else they take away.
pub(super) struct Coalesce<'w> {
    pub(super) merge: bool,
    pub(super) warnings: &'w mut Warnings,
}

impl Coalesce<'_> {
    /// Values over a chart's own, and those of its dependencies below. `over` itself stays as it is.
    pub(super) fn values(&mut self, chart: &Instance<'_>, over: &Table) -> Result<Table, String> {
        let over = over.copy()?;
        self.chart(chart, over, "")
    }

    fn chart(&mut self, chart: &Instance<'_>, mut over: Table, prefix: &str) -> Result<Table, String> {
        self.own(chart, &mut over, prefix)?;
        for dependency in &chart.dependencies {
            let name = dependency.name.as_str();
            let below = match over.map.get(name) {
                None => Table::new(),
                Some(value) => Table::of(&value)
                    .ok_or_else(|| format!("type mismatch on {name}: {}", mistyped(&value)))?,
            };
            let inner = joined(prefix, &chart.name);
            self.globals(&below, &over, &inner);
            let below = self.chart(dependency, below, &inner)?;
            over.map.insert(name, below.value());
        }
        Ok(over)
    }

    fn globals(&mut self, into: &Table, from: &Table, prefix: &str) {
        let target = match into.map.get("global") {
            None => Table::new(),
            Some(value) => match Table::of(&value) {
                Some(table) => table,
                None => {
                    return self.warn_at(
                        &value,
                        "warning: skipping globals because destination global is not a table.",
                    );
                }
            },
        };
        let source = match from.map.get("global") {
            None => Table::new(),
            Some(value) => match Table::of(&value) {
                Some(table) => table,
                None => {
                    return self
                        .warn_at(&value, "warning: skipping globals because source global is not a table.");
                }
            },
        };
        for (key, value) in source.map.snapshot() {
            let have = target.map.get(&key);
            if let Some(table) = Table::of(&value) {
                let copy = Table { map: table.map.snapshot().into_iter().collect(), origin: table.origin };
                if let Some(have) = have {
                    let Some(have) = Table::of(&have) else {
                        self.warn(
                            table.origin,
                            format!("Conflict: cannot merge map onto non-map for {key:?}. Skipping."),
                        );
                        continue;
                    };
                    let merge = std::mem::replace(&mut self.merge, true);
                    self.tables(&copy, &have, &joined(prefix, &key));
                    self.merge = merge;
                }
                target.map.insert(key, copy.value());
            } else if have.is_some_and(|have| have.as_map().is_some()) {
                self.warn_at(&value, &format!("key {key} is a table. Skipping."));
            } else {
                target.map.insert(key, value);
            }
        }
        let origin = if target.origin == OriginId::NONE { source.origin } else { target.origin };
        into.map.insert("global", Table { map: target.map, origin }.value());
    }

    /// A chart's own values under what is laid over them.
    fn own(&mut self, chart: &Instance<'_>, over: &mut Table, prefix: &str) -> Result<(), String> {
        let prefix = joined(prefix, &chart.name);
        let own = chart.values.copy()?;
        if over.origin == OriginId::NONE {
            over.origin = own.origin;
        }
        for (key, value) in own.map.snapshot() {
            let Some(have) = over.map.get(&key) else {
                // A chart's own nulls take nothing away and count for nothing.
                if self.merge || strip(&value) {
                    over.map.insert(key, value);
                }
                continue;
            };
            if have.is_nil() && !self.merge {
                over.map.remove(&key);
            } else if let Some(have) = Table::of(&have) {
                match Table::of(&value) {
                    Some(table) => {
                        let child = chart.dependencies.iter().any(|sub| *sub.name == *key);
                        let merge = self.merge;
                        self.merge |= child;
                        if !self.merge {
                            strip(&value);
                        }
                        self.tables(&have, &table, &joined(&prefix, &key));
                        self.merge = merge;
                        if have.origin == OriginId::NONE {
                            over.map.insert(key, Table { map: have.map, origin: table.origin }.value());
                        }
                    }
                    None if value.is_nil() => {}
                    None => {
                        self.warn(
                            have.origin,
                            format!("warning: skipped value for {prefix}.{key}: Not a table."),
                        );
                    }
                }
            }
        }
        Ok(())
    }

    /// Lays `over` over `under`, in place.
    pub(super) fn tables(&mut self, over: &Table, under: &Table, prefix: &str) {
        // What lies below may be part of something else that is looked at later (imported values are), so the
        // nulls reach it, too.
        for (key, value) in over.map.snapshot() {
            if value.is_nil() && (self.merge || under.map.get(&key).is_some()) {
                under.map.insert(key, value);
            }
        }
        for (key, value) in under.map.snapshot() {
            let full = joined(prefix, &key);
            let Some(have) = over.map.get(&key) else {
                over.map.insert(key, value);
                continue;
            };
            if !self.merge && have.is_nil() {
                over.map.remove(&key);
            } else if let Some(table) = Table::of(&value) {
                if let Some(have) = Table::of(&have) {
                    self.tables(&have, &table, &full);
                    if have.origin == OriginId::NONE {
                        over.map.insert(key, Table { map: have.map, origin: table.origin }.value());
                    }
                } else {
                    self.warn_at(
                        &have,
                        &format!("warning: cannot overwrite table with non table for {full}"),
                    );
                }
            } else if have.as_map().is_some() && !value.is_nil() {
                self.warn_at(
                    &have,
                    &format!("warning: destination for {full} is a table. Ignoring non-table value"),
                );
            }
        }
    }

    fn warn_at(&mut self, value: &Value, message: &str) {
        let origin = match value {
            Value::Str(text) => text.runs().first().map_or(OriginId::NONE, |run| run.origin),
            Value::Nil(origin)
            | Value::Bool(_, origin)
            | Value::Int(_, _, origin)
            | Value::Float(_, origin)
            | Value::List(_, origin)
            | Value::Map(_, origin)
            | Value::Object(_, origin) => *origin,
        };
        self.warn(origin, message.to_owned());
    }

    pub(super) fn warn(&mut self, origin: OriginId, message: String) {
        // The same is found in each round.
        let warning = (origin, message);
        if self.warnings.len() < 200 && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// Takes the nulls out of maps, in place. False if the value itself is null.
fn strip(value: &Value) -> bool {
    if let Some(map) = value.as_map() {
        for (key, inner) in map.snapshot() {
            if !strip(&inner) {
                map.remove(&key);
            }
        }
    }
    !value.is_nil()
}

/// What Go prints for a value with `%t`.
fn mistyped(value: &Value) -> String {
    let inner = |shown: String| format!("%!t({}={shown})", value.type_name());
    match value {
        Value::Nil(_) => "%!t(<nil>)".to_owned(),
        Value::Bool(value, _) => value.to_string(),
        Value::Str(text) => inner(text.str().into_owned()),
        Value::Float(number, _) => inner(crate::template::float::shortest(*number)),
        Value::Int(number, ..) => inner(number.to_string()),
        Value::List(..) | Value::Map(..) | Value::Object(..) => inner("...".to_owned()),
    }
}

/// Lays one user's values over another's: maps are merged, anything else is replaced, null stays.
pub(super) fn overlay(under: &Table, over: &Table) -> Table {
    let map: Map = under.map.snapshot().into_iter().collect();
    for (key, value) in over.map.snapshot() {
        let both = Table::of(&value).zip(map.get(&key).as_ref().and_then(Table::of));
        let value = both.map_or(value, |(over, under)| overlay(&under, &over).value());
        map.insert(key, value);
    }
    Table { map, origin: if over.origin == OriginId::NONE { under.origin } else { over.origin } }
}
