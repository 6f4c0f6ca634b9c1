//! Helm charts, each with several sets of values.

use super::judge::{Unit, is_harmless, judge};
use super::usages::{self, Usage};
use super::{Judged, Scene, explore, rows};
use check::{File, Verdicts};
use model::{LedgerRow, Renderer, Status, WhyCode};
use rayon::prelude::*;
use render::helm::{self, Chart, How, Layer, Library};
use render::{Files, Problem};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use syntax::{NodeId, Tree};

/// The charts of a tree.
#[derive(Debug)]
pub struct Charts {
    charts: Vec<(String, Result<Chart, Vec<Problem>>)>,
    library: Library,
}

/// One way to render a chart.
#[derive(Clone, Debug)]
struct Run {
    label: Arc<str>,
    layers: Vec<Layer>,
    options: helm::Options,
    problems: Vec<Problem>,
    /// What it switches on, if it is an exploration.
    switch: Option<explore::Switch>,
}

impl Charts {
    /// Reads all charts.
    pub fn load(scene: Scene<'_>) -> Self {
        let library = Library::default();
        let charts = helm::charts(scene.tree)
            .into_par_iter()
            .map(|folder| {
                let chart = helm::load(scene.tree, &folder, &library);
                (folder, chart)
            })
            .collect();
        Self { charts, library }
    }

    /// Folders of charts that could be read.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.charts.iter().filter(|(_, chart)| chart.is_ok()).map(|(folder, _)| folder.as_str())
    }

    /// Renders and judges all charts. `loose` are the other files, which may say how charts are used.
    pub fn judge(&self, scene: Scene<'_>, loose: &[File]) -> Judged {
        let folders: Vec<&str> = self.folders().collect();
        let usages = usages::find(loose, &folders, scene.tree);
        let each: Vec<Judged> = self
            .charts
            .par_iter()
            .map(|(folder, chart)| match chart {
                Ok(chart) => {
                    let judged = self.judge_chart(scene, folder, chart, &usages);
                    // Nobody else needs most of it, and what was tried out for fixes is needed no more.
                    self.library.forget(folder);
                    judged
                }
                Err(problems) => {
                    let mut judged = Judged::none(scene);
                    judged.rows.extend(problems.iter().map(|problem| rows::problem(problem, "helm-chart")));
                    judged.complain(scene, folder, problems);
                    judged
                }
            })
            .collect();
        let mut all = Judged::none(scene);
        for judged in each {
            all.add(judged);
        }
        let faulty: BTreeSet<Arc<str>> =
            all.rows.iter().filter(|r| r.status == Status::Error).map(|r| r.file.clone()).collect();
        all.rows.extend(self.template_rows(scene, &all.contributed, &faulty));
        all
    }

    fn judge_chart(&self, scene: Scene<'_>, folder: &str, chart: &Chart, usages: &[Usage]) -> Judged {
        let mut all = Judged::none(scene);
        all.rows.extend(chart.problems().iter().map(|problem| rows::problem(problem, "helm-chart")));
        all.rows.extend(taken(chart, folder));
        if chart.is_library() {
            return all;
        }
        let mut runs = runs(scene, folder, usages);
        let of = runs.len() as u32;
        let whole = chart.problems().iter().all(is_harmless);
        let mut index = 0;
        let mut defaults: HashSet<String> = HashSet::new();
        while let Some(run) = runs.get(index).cloned() {
            let explored = index >= of as usize;
            index += 1;
            let output = helm::render(chart, &run.layers, &run.options, &self.library);
            if index == 1 && scene.options.rendering.explore {
                let own = explore::switches(chart, &output.origins);
                runs.extend(own.iter().map(|switch| Run {
                    label: switch.label(),
                    layers: run.layers.iter().cloned().chain(switch.layers()).collect(),
                    options: run.options.clone(),
                    problems: Vec::new(),
                    switch: Some(switch.clone()),
                }));
            }
            let unit =
                Unit { by: Renderer::Helm, folder: Arc::from(folder), run: run.label.clone(), of, whole };
            let again = |files: &dyn Files| {
                // Files of values that lie beside the chart are read anew, too.
                let chart = helm::load(files, folder, &self.library).ok()?;
                let layers = run.layers.iter().map(|layer| fresh(layer, files)).collect::<Vec<_>>();
                Some(helm::render(&chart, &layers, &run.options, &self.library))
            };
            if explored {
                // A value that makes no sense alone is nobody's fault.
                if output.problems.iter().all(|problem| !problem.fatal) {
                    let mut judged = judge(scene, &unit, &output, None);
                    judged.keep_new(&defaults);
                    if let Some(place) = run.switch.as_ref().and_then(explore::Switch::place) {
                        for finding in &mut judged.verdicts.findings {
                            finding.related.push(place.clone());
                        }
                    }
                    all.add(judged);
                }
                continue;
            }
            all.rows.extend(run.problems.iter().map(|problem| rows::problem(problem, "helm-values")));
            let mut judged = judge(scene, &unit, &output, Some(&again));
            defaults.extend(judged.verdicts.findings.iter().map(|f| f.fingerprint.clone()));
            for problem in &output.problems {
                let mut row = rows::problem(problem, "helm-template");
                if of > 1 {
                    row.reason = format!("{} (with {})", row.reason, run.label);
                }
                judged.rows.push(row);
            }
            judged.complain(scene, folder, &output.problems);
            all.add(judged);
        }
        all
    }

    /// What became of each template.
    fn template_rows(
        &self,
        scene: Scene<'_>,
        contributed: &BTreeSet<Arc<str>>,
        faulty: &BTreeSet<Arc<str>>,
    ) -> Vec<LedgerRow> {
        let mut all = Vec::new();
        // A chart with a fault in its values or its own file renders to nothing at all, as far as is known.
        let unknown = |chart: &Chart| {
            let of_chart =
                |name: &Arc<str>| name.strip_prefix(chart.folder()).is_some_and(|n| n.starts_with('/'));
            faulty.iter().any(|name| of_chart(name) && !name.contains("templates/"))
        };
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&Chart> =
            self.charts.iter().filter_map(|(_, chart)| chart.as_ref().ok()).collect();
        while let Some(chart) = waiting.pop() {
            waiting.extend(chart.dependencies().iter().map(|chart| &**chart));
            let unknown = unknown(chart);
            for source in chart.templates() {
                let name = source.name();
                // What went wrong in it has a row already.
                if faulty.contains(name) {
                    continue;
                }
                if !scene.tree.is_scanned(name) || !seen.insert(name.clone()) {
                    continue;
                }
                let file = name.rsplit('/').next().unwrap_or(name);
                let (status, reason) = if file.starts_with('_') {
                    (Status::NotApplicable, "defines templates that others include; judged where they do")
                } else if file == "NOTES.txt" {
                    (Status::NotApplicable, "notes for people, no manifest")
                } else if contributed.contains(name) {
                    (Status::Judged, "rendered, and judged as deployed")
                } else if unknown {
                    (Status::NotEvaluated, "its chart can't be rendered, for the reasons given above")
                } else {
                    (Status::NotApplicable, "renders to nothing with the values at hand")
                };
                let mut row = LedgerRow::file(name, status, "helm-template", reason);
                if status == Status::NotApplicable && !file.starts_with('_') && file != "NOTES.txt" {
                    row.hint = Some("`--helm-explore` switches on what values leave off".to_owned());
                }
                all.push(row);
            }
        }
        all
    }
}

/// Dependencies that were taken from where Helm would not look.
fn taken(chart: &Chart, folder: &str) -> Vec<LedgerRow> {
    let name: Arc<str> = Arc::from(join(folder, "Chart.yaml"));
    let elsewhere = chart.taken().iter().filter(|taken| taken.how == How::Elsewhere);
    let row = |taken: &helm::Taken| {
        let reason = format!(
            "its dependency {} is not in charts/; {} {} from {} was taken",
            taken.name, taken.name, taken.version, taken.from
        );
        LedgerRow::file(&name, Status::Judged, "helm-dependency", reason)
    };
    elsewhere.map(row).collect()
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A layer whose file may have another text now.
fn fresh(layer: &Layer, files: &dyn Files) -> Layer {
    let parsed = |tree: &Arc<Tree>| {
        let blob = files.read(tree.source().name()).ok().flatten()?;
        let text = blob.text().filter(|text| !Arc::ptr_eq(text, tree.source()))?;
        Some(Arc::new(syntax::yaml::parse(text.clone())))
    };
    // The same place by its pointer, since numbers of nodes change with the text.
    let again = |tree: &Arc<Tree>, node: NodeId| {
        let new = parsed(tree)?;
        let node = tree.node(node);
        let root = std::iter::successors(Some(node), |n| n.parent()).last()?;
        let index = tree.roots().position(|other| other == root)?;
        let id = new.roots().nth(index)?.resolve(&node.pointer()).id();
        Some((new, id))
    };
    match layer {
        Layer::File(tree) => parsed(tree).map(Layer::File),
        Layer::Node { tree, node } => again(tree, *node).map(|(tree, node)| Layer::Node { tree, node }),
        Layer::Text { tree, node } => again(tree, *node).map(|(tree, node)| Layer::Text { tree, node }),
        Layer::Set { path, string, json, place: Some((tree, node)), .. } => {
            again(tree, *node).map(|(tree, node)| Layer::Set {
                path: path.clone(),
                value: tree.node(node).scalar().unwrap_or("").to_owned(),
                string: *string,
                json: *json,
                place: Some((tree, node)),
            })
        }
        Layer::Set { place: None, .. } | Layer::Merged { .. } => None,
    }
    .unwrap_or_else(|| layer.clone())
}

/// True for names of files with further values: `values-prod.yaml`, `values.prod.yml`, `ci/x-values.yaml`.
fn is_values_file(below: &str) -> bool {
    let Some(stem) = below.strip_suffix(".yaml").or_else(|| below.strip_suffix(".yml")) else { return false };
    match stem.strip_prefix("ci/") {
        Some(name) => !name.contains('/') && name.ends_with("values"),
        None => !stem.contains('/') && stem != "values" && stem.starts_with("values"),
    }
}

/// The runs of a chart: its own values, each further file of values beside it, and each use of it in the tree.
fn runs(scene: Scene<'_>, folder: &str, usages: &[Usage]) -> Vec<Run> {
    let rendering = &scene.options.rendering;
    let plain = Run {
        label: Arc::from("default values"),
        layers: Vec::new(),
        options: rendering.helm.clone(),
        problems: Vec::new(),
        switch: None,
    };
    let mut runs = vec![plain.clone()];
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut names = scene.tree.below(&prefix);
    names.retain(|name| name.strip_prefix(&prefix).is_some_and(is_values_file));
    for name in names {
        let label: Arc<str> = Arc::from(name.strip_prefix(&prefix).unwrap_or(&name));
        match usages::values_file(scene.tree, &name) {
            Ok(tree) => runs.push(Run { label, layers: vec![Layer::File(tree)], ..plain.clone() }),
            Err(problem) => runs.iter_mut().take(1).for_each(|run| run.problems.push(problem.clone())),
        }
    }
    for usage in usages.iter().filter(|usage| usage.chart == folder) {
        runs.push(Run {
            label: usage.label.clone(),
            layers: usage.layers(scene.tree),
            options: usage.options(&rendering.helm),
            problems: usage.problems.clone(),
            switch: None,
        });
    }
    for run in &mut runs {
        run.layers.extend(rendering.layers.iter().cloned());
    }
    runs
}

impl Judged {
    /// Nothing yet.
    pub fn none(scene: Scene<'_>) -> Self {
        Self {
            verdicts: Verdicts::none(&scene.options.checks),
            rows: Vec::new(),
            errors: Vec::new(),
            notices: Vec::new(),
            resources: 0,
            kept: Vec::new(),
            contributed: BTreeSet::new(),
        }
    }

    /// Adds what came of another run.
    pub fn add(&mut self, other: Self) {
        let mine = std::mem::take(&mut self.verdicts);
        self.verdicts = mine.merge(other.verdicts);
        self.rows.extend(other.rows);
        self.errors.extend(other.errors);
        self.notices.extend(other.notices);
        self.resources += other.resources;
        self.kept.extend(other.kept);
        self.contributed.extend(other.contributed);
    }

    /// Keeps only findings that no run before had: what else there is was counted there.
    fn keep_new(&mut self, known: &HashSet<String>) {
        let mut subjects = std::mem::take(&mut self.verdicts.subjects).into_iter();
        let mut kept = Vec::new();
        self.verdicts.findings.retain(|finding| {
            let subject = subjects.next().unwrap_or(0);
            let new = !known.contains(&finding.fingerprint);
            if new {
                kept.push(subject);
            }
            new
        });
        self.verdicts.subjects = kept;
        self.verdicts.gaps.clear();
        self.rows.clear();
        self.notices.clear();
        self.resources = 0;
        for tally in &mut self.verdicts.tallies {
            (tally.passed, tally.failed, tally.excepted, tally.not_evaluated) = (0, 0, 0, 0);
        }
    }

    /// Problems of a chart that the user named are mistakes in what was asked for.
    fn complain(&mut self, scene: Scene<'_>, folder: &str, problems: &[Problem]) {
        let asked = scene.options.roots.iter().any(|root| {
            let root = root.strip_prefix(".").unwrap_or(root);
            root == Path::new(folder)
        });
        if asked {
            let grave = problems.iter().filter(|p| p.fatal && p.code != WhyCode::MissingInput);
            self.errors.extend(grave.map(rows::describe));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_values_file;

    #[test]
    fn values_files() {
        for name in
            ["values-prod.yaml", "values.prod.yml", "values_x.yaml", "ci/x-values.yaml", "ci/values.yaml"]
        {
            assert!(is_values_file(name), "{name}");
        }
        for name in
            ["values.yaml", "values.schema.json", "templates/values-x.yaml", "ci/other.yaml", "x.yaml"]
        {
            assert!(!is_values_file(name), "{name}");
        }
    }
}
