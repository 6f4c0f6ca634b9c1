//! A chart as it takes part in one rendering: under its alias, with the dependencies that are switched on.

use super::chart::Chart;
use super::coalesce::{Coalesce, Table, Warnings, overlay};
use super::metadata::{Dependency, Import};
use super::versions;
use crate::origin::{FileId, OriginId, Origins};
use crate::value::Value;
use std::collections::HashMap;
use std::sync::Arc;
use syntax::Tree;

/// Charts that one rendering may come to, each alias counted.
const MOST: usize = 2000;

/// Nodes that the values files of one rendering may have, with all aliases followed.
const MOST_NODES: usize = 2_000_000;

/// A chart in a rendering.
#[derive(Clone, Debug)]
pub(super) struct Instance<'a> {
    pub(super) chart: &'a Chart,
    /// Its name here: the alias, if it has one.
    pub(super) name: String,
    pub(super) values: Table,
    pub(super) dependencies: Vec<Instance<'a>>,
    pub(super) declared: Option<Vec<Declared<'a>>>,
}

/// An entry of `dependencies` in a rendering.
#[derive(Clone, Debug)]
pub(super) struct Declared<'a> {
    pub(super) entry: &'a Dependency,
    /// The alias, if it has one.
    pub(super) name: &'a str,
    enabled: bool,
}

/// Files of a rendering, added once each.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) origins: Origins,
    files: HashMap<usize, (FileId, Arc<Tree>)>,
    nodes: usize,
    instances: usize,
}

impl Sources {
    pub(super) fn new() -> Self {
        Self { origins: Origins::default(), files: HashMap::new(), nodes: MOST_NODES, instances: MOST }
    }

    /// A tree takes part.
    pub(super) fn file(&mut self, tree: &Arc<Tree>) -> FileId {
        let known = self.files.entry(Arc::as_ptr(tree).addr());
        known.or_insert_with(|| (self.origins.add_tree(tree.clone()), tree.clone())).0
    }

    /// A node of a tree as a value.
    pub(super) fn value(&mut self, tree: &Arc<Tree>, node: syntax::Node<'_>) -> Result<Value, String> {
        let file = self.file(tree);
        Value::from_values(&mut self.origins, file, node, &mut self.nodes)
            .ok_or_else(|| "the values are too large".to_owned())
    }

    /// All documents of a values file, later ones over earlier ones.
    pub(super) fn values(&mut self, tree: &Arc<Tree>) -> Result<Table, String> {
        let mut values = Table::new();
        for root in tree.roots() {
            if let Some(table) = Table::of(&self.value(tree, root)?) {
                values = if values.origin == OriginId::NONE { table } else { overlay(&values, &table) };
            }
        }
        Ok(values)
    }

    /// A chart begins to take part, with all it may depend on.
    pub(super) fn instance<'a>(&mut self, chart: &'a Chart) -> Result<Instance<'a>, String> {
        self.instances = self.instances.checked_sub(1).ok_or("the chart comes to too many charts")?;
        let values = chart.values.as_ref().map_or(Ok(Table::new()), |tree| self.values(tree))?;
        let dependencies = chart
            .dependencies
            .iter()
            .map(|dependency| self.instance(dependency))
            .collect::<Result<_, _>>()?;
        Ok(Instance {
            chart,
            name: chart.name().to_owned(),
            values,
            dependencies,
            declared: chart.metadata.dependencies.as_ref().map(|list| {
                let declared = |entry: &'a Dependency| Declared { entry, name: &entry.name, enabled: true };
                list.iter().map(declared).collect()
            }),
        })
    }

    fn copies(&mut self, instance: &Instance<'_>) -> Result<(), String> {
        fn count(instance: &Instance<'_>) -> usize {
            1 + instance.dependencies.iter().map(count).sum::<usize>()
        }
        let count = count(instance);
        self.instances = self.instances.checked_sub(count).ok_or("the chart comes to too many charts")?;
        Ok(())
    }
}

impl Instance<'_> {
    /// Switches dependencies on and off as conditions and tags say, gives aliases, imports values.
    pub(super) fn process(
        &mut self,
        over: &Table,
        sources: &mut Sources,
        warnings: &mut Warnings,
    ) -> Result<(), String> {
        self.enable(over, "", sources, warnings)?;
        self.import(warnings)
    }

    fn enable(
        &mut self,
        over: &Table,
        path: &str,
        sources: &mut Sources,
        warnings: &mut Warnings,
    ) -> Result<(), String> {
        let Some(mut declared) = self.declared.take() else { return Ok(()) };
        let mut chosen = Vec::new();
        for have in &self.dependencies {
            let listed = |d: &Declared<'_>| {
                d.name == have.name && versions::fits(&d.entry.version, have.chart.version())
            };
            if !declared.iter().any(listed) {
                chosen.push(have.clone());
            }
        }
        for dependency in &mut declared {
            let found = self.dependencies.iter().find(|have| {
                have.name == dependency.name
                    && versions::fits(&dependency.entry.version, have.chart.version())
            });
            if let Some(found) = found {
                sources.copies(found)?;
                let mut copy = found.clone();
                if !dependency.entry.alias.is_empty() {
                    copy.name.clone_from(&dependency.entry.alias);
                }
                chosen.push(copy);
            }
            if !dependency.entry.alias.is_empty() {
                dependency.name = &dependency.entry.alias;
            }
        }
        self.dependencies = chosen;
        let values = Coalesce { merge: false, warnings }.values(self, over)?;
        for dependency in &mut declared {
            dependency.tag(&values);
            dependency.condition(&values, path);
        }
        let off: Vec<&str> = declared.iter().filter(|d| !d.enabled).map(|d| d.name).collect();
        self.dependencies.retain(|have| !off.contains(&have.name.as_str()));
        for dependency in &mut self.dependencies {
            let path = format!("{path}{}.", dependency.name);
            dependency.enable(&values, &path, sources, warnings)?;
        }
        let off: Vec<String> = off.into_iter().map(str::to_owned).collect();
        declared.retain(|dependency| !off.iter().any(|name| name == dependency.name));
        // Helm appends to an empty list, which of nothing makes none at all.
        self.declared = (!declared.is_empty()).then_some(declared);
        Ok(())
    }

    fn import(&mut self, warnings: &mut Warnings) -> Result<(), String> {
        for dependency in &mut self.dependencies {
            dependency.import(warnings)?;
        }
        let Some(declared) = &self.declared else { return Ok(()) };
        let mut coalesce = Coalesce { merge: true, warnings };
        let values = coalesce.values(self, &Table::new())?;
        let imported = Table::new();
        for dependency in declared {
            for import in &dependency.entry.imports {
                let path = format!("{}.{}", dependency.name, import.child);
                let Some(child) = values.tables(&path) else {
                    let message = format!(
                        "ImportValues missing table from chart {}: {:?} is not a table",
                        dependency.name, path
                    );
                    coalesce.warn(OriginId::NONE, message);
                    continue;
                };
                let placed = placed(import, child);
                coalesce.tables(&imported, &placed, "");
            }
        }
        let values = values.copy()?;
        coalesce.tables(&values, &imported.copy()?, "");
        self.values = values;
        Ok(())
    }
}

/// What is imported, at the place where it is to be.
fn placed(import: &Import, child: Table) -> Table {
    // What goes in is the child's own map, which later imports may add to; but not if it is empty.
    let child = if child.map.is_empty() { Table { origin: child.origin, ..Table::new() } } else { child };
    if import.parent == "." {
        return child;
    }
    import.parent.rsplit('.').fold(child, |inner, key| {
        let outer = Table { map: crate::value::Map::default(), origin: OriginId::NONE };
        outer.map.insert(key, inner.value());
        outer
    })
}

impl Declared<'_> {
    fn tag(&mut self, values: &Table) {
        self.enabled = true;
        let Some(tags) = values.table("tags") else { return };
        let mut seen = self.entry.tags.iter().filter_map(|tag| match tags.map.get(tag) {
            Some(Value::Bool(value, _)) => Some(value),
            _ => None,
        });
        let first = seen.next();
        self.enabled = first.is_none_or(|first| first || seen.any(|value| value));
    }

    fn condition(&mut self, values: &Table, path: &str) {
        for condition in self.entry.condition.trim().split(',') {
            if condition.is_empty() {
                continue;
            }
            let full = format!("{path}{condition}");
            let found = match full.rsplit_once('.') {
                Some((tables, last)) => values.tables(tables).and_then(|table| table.map.get(last)),
                None => values.map.get(&full),
            };
            if let Some(Value::Bool(value, _)) = found {
                self.enabled = value;
                break;
            }
        }
    }
}
