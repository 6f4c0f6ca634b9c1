//! Dependencies that are declared but not in `charts/`: looked for where `file://` points, and elsewhere in
//! the tree.

use super::chart::{Chart, How, Taken};
use super::load::{Loader, chart_folder};
use super::metadata::{Dependency, json_string};
use super::versions;
use crate::files::join;
use crate::output::Problem;
use model::WhyCode;
use std::sync::Arc;

/// The charts of the tree, to choose from.
pub(super) type Neighbours = Vec<Neighbour>;

/// A chart of the tree.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    folder: String,
    name: String,
    version: String,
}

/// Makes a chart part of another.
pub(super) fn take(chart: &mut Chart, dependency: Arc<Chart>, how: How) {
    let taken = Taken {
        name: dependency.name().into(),
        version: dependency.version().into(),
        from: dependency.folder.clone(),
        how,
    };
    for taken in std::iter::once(&taken).chain(dependency.taken()) {
        if !chart.taken.contains(taken) {
            chart.taken.push(taken.clone());
        }
    }
    for problem in dependency.problems() {
        if !chart.problems.contains(problem) {
            chart.problems.push(problem.clone());
        }
    }
    for missing in &dependency.missing {
        if !chart.missing.contains(missing) {
            chart.missing.push(missing.clone());
        }
    }
    chart.broken |= dependency.broken;
    chart.dependencies.push(dependency);
}

impl Loader<'_> {
    /// Finds the declared dependencies that `charts/` lacks.
    pub(super) fn declared(&mut self, chart: &mut Chart) {
        let Some(list) = chart.metadata.dependencies.clone() else { return };
        for dependency in &list {
            // Helm, too, goes by the name alone here.
            let have = chart.dependencies.iter().any(|have| have.name() == dependency.name);
            if dependency.name.is_empty() || have {
                continue;
            }
            self.seek(chart, dependency);
        }
    }

    fn seek(&mut self, chart: &mut Chart, dependency: &Dependency) {
        let shown = if chart.folder().is_empty() { "." } else { chart.folder() };
        let mut hint = format!("run `helm dependency build {shown}`, so that `charts/` holds it");
        if let Some(path) = dependency.repository.strip_prefix("file://") {
            let folder = join(&chart.folder, path);
            match self.describe(&folder) {
                Some(found) if found.name == dependency.name && suits(dependency, &found.version) => {
                    if self.adopt(chart, dependency, &folder, How::File) {
                        return;
                    }
                }
                Some(found) => {
                    hint = format!(
                        "`{folder}` holds {} {}, which is not what is asked for",
                        found.name, found.version
                    );
                }
                None => hint = format!("there is no chart in `{folder}`"),
            }
        }
        let beside = join(&chart.folder, &format!("../{}", dependency.name));
        let sibling = self.describe(&beside).filter(|found| {
            beside != *chart.folder && found.name == dependency.name && suits(dependency, &found.version)
        });
        let found = sibling.map(|_| beside).or_else(|| self.nearest(chart, dependency));
        if let Some(folder) = found
            && self.adopt(chart, dependency, &folder, How::Elsewhere)
        {
            return;
        }
        let node = chart.metadata.entry(dependency);
        let version = if dependency.version.is_empty() { "" } else { " " };
        let problem = Problem {
            location: node.location(),
            code: WhyCode::MissingInput,
            message: format!(
                "dependency {}{version}{} of chart {} is not in charts/, nor is a chart of that name and \
                 version elsewhere in the tree",
                dependency.name,
                dependency.version,
                chart.name()
            ),
            hint,
            fatal: false,
        };
        chart.problems.push(problem);
        chart.missing.push(dependency.name.clone());
    }

    /// Reads a chart found outside and makes it part of this one; false if it can't be.
    fn adopt(&mut self, chart: &mut Chart, dependency: &Dependency, folder: &str, how: How) -> bool {
        if self.open.iter().any(|open| open == folder) {
            self.cut = true;
            let location = chart.metadata.entry(dependency).location();
            chart.problems.push(Problem {
                location,
                code: WhyCode::Malformed,
                message: format!("chart {} depends on itself by way of {folder}", dependency.name),
                hint: String::new(),
                fatal: false,
            });
            // There is nothing more to say about it.
            return true;
        }
        match self.elsewhere(folder) {
            Ok(found) => {
                take(chart, found, how);
                true
            }
            Err(problems) => {
                chart.problems.extend(problems);
                false
            }
        }
    }

    /// The chart in a folder, if there is one.
    fn describe(&self, folder: &str) -> Option<Neighbour> {
        let source = self.text(&join(folder, "Chart.yaml"))?;
        let tree = self.library.tree(&source);
        let root = tree.roots().next()?;
        Some(Neighbour {
            folder: folder.to_owned(),
            name: json_string(root.get("name"))?,
            version: json_string(root.get("version"))?,
        })
    }

    /// The nearest chart of the wanted name and version.
    fn nearest(&mut self, chart: &Chart, dependency: &Dependency) -> Option<String> {
        if self.neighbours.is_none() {
            let names = self.files.below("");
            let folders = names.iter().filter_map(|name| chart_folder(name));
            self.neighbours = Some(folders.filter_map(|folder| self.describe(folder)).collect());
        }
        let fitting = self.neighbours.iter().flatten().filter(|neighbour| {
            neighbour.name == dependency.name
                && neighbour.folder != *chart.folder
                && suits(dependency, &neighbour.version)
        });
        // One that another chart keeps for itself comes last.
        let rank = |neighbour: &&Neighbour| {
            let kept = format!("/{}", neighbour.folder).contains("/charts/");
            (kept, distance(&chart.folder, &neighbour.folder), neighbour.folder.clone())
        };
        fitting.min_by_key(rank).map(|neighbour| neighbour.folder.clone())
    }
}

/// True if a version is what is asked for; one that does not say takes any.
fn suits(dependency: &Dependency, version: &str) -> bool {
    dependency.version.is_empty() || versions::fits(&dependency.version, version)
}

/// Steps from one folder to another.
fn distance(from: &str, to: &str) -> usize {
    let parts = |path: &str| path.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    from.len() + to.len() - 2 * common
}
