//! `helmCharts`: charts that are rendered and added to the objects.

use super::fault::Fault;
use super::kustomization::{Kustomization, Settings};
use super::loader::Loader;
use super::manifest::Place;
use super::resource::Resource;
use super::target::{Accumulator, REMOTE_HINT, Trail, mark};
use crate::context::Context;
use crate::files::join;
use crate::helm::{self, Chart, Layer};
use crate::origin::{Absorbed, Origin, OriginId, Run};
use crate::output::Manifest;
use crate::template::{self, Engine};
use crate::text::Text;
use crate::value::{Map, Value};
use model::WhyCode;
use std::rc::Rc;
use std::sync::Arc;
use syntax::{SourceText, Tree};

/// Fields of the old `helmChartInflationGenerator`, and what they are called now.
const RENAMED: &[(&str, &str)] = &[
    ("chartName", "name"),
    ("chartVersion", "version"),
    ("chartRepoUrl", "repo"),
    ("values", "valuesFile"),
    ("valuesLocal", "valuesInline"),
    ("releaseNamespace", "namespace"),
];

impl Loader<'_> {
    /// Adds what the charts of a kustomization come to.
    pub(super) fn inflate_charts(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let made = mark(target, trail, "HelmChartInflationGenerator");
        let globals = target.fields.part("helmGlobals").unwrap_or_default();
        for (entry, at) in self.entries(target, "helmCharts") {
            let fields: Map = entry.0.snapshot().into_iter().collect();
            fields.insert("chartHome", Value::Str(globals.text("chartHome")));
            self.inflate(&Settings(fields), at, made.clone(), (target, trail), sum)?;
        }
        for (entry, at) in self.entries(target, "helmChartInflationGenerator") {
            let now = |key: Rc<str>| {
                RENAMED.iter().find(|(old, _)| *old == &*key).map_or(key, |(_, new)| Rc::from(*new))
            };
            let fields = entry.0.snapshot().into_iter().map(|(key, value)| (now(key), value)).collect();
            self.inflate(&Settings(fields), at, made.clone(), (target, trail), sum)?;
        }
        Ok(())
    }

    /// Adds what one chart comes to.
    pub(super) fn inflate(
        &mut self,
        entry: &Settings,
        at: OriginId,
        made: Option<Rc<str>>,
        (target, trail): (&Kustomization, &Trail),
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let wrong = |why: &str| {
            Fault::new(format!("trouble configuring builtin HelmChartInflationGenerator: {why}"), at)
        };
        if !self.options.helm {
            return Err(wrong("must specify --enable-helm").code(WhyCode::Unsupported));
        }
        let name = entry.str("name");
        if name.is_empty() {
            return Err(wrong("chart name cannot be empty"));
        }
        if !matches!(entry.str("valuesMerge").as_str(), "" | "override" | "merge" | "replace") {
            return Err(wrong("valuesMerge must be one of merge, override, replace"));
        }
        let Some(folder) = self.chart_folder(entry, &name, &target.folder) else {
            let message = format!("the chart `{name}` is not in the tree and was not fetched");
            self.leave_out(Fault::new(message, at).code(WhyCode::MissingInput), REMOTE_HINT);
            return Ok(());
        };
        let chart = match helm::load(self.files, &folder, &self.cache.charts) {
            Ok(chart) => chart,
            Err(problems) => {
                self.incomplete = true;
                self.problems.extend(problems);
                return Ok(());
            }
        };
        let layers = self.layers(entry, at, &chart, &target.folder)?;
        let options = release(entry, at, &trail.namespace_in(target))?;
        let output = helm::render(&chart, &layers, &options, &self.cache.charts);
        for problem in chart.problems().iter().chain(&output.problems) {
            self.incomplete |= problem.fatal;
            if !self.problems.contains(problem) {
                self.problems.push(problem.clone());
            }
        }
        self.consumed.extend(self.files.below(&format!("{folder}/")));
        let map = self.context.origins.absorb(&output.origins);
        let skip_hooks = entry.is_true("skipHooks");
        for manifest in output.manifests.iter().filter(|m| !(skip_hooks && m.hook.is_some())) {
            for mut resource in self.rendered(manifest, &map, at)? {
                resource.made.clone_from(&made);
                let result = self.absorb(&mut sum.resources, resource);
                self.attempt(result, at)?;
            }
        }
        Ok(())
    }

    /// The folder of a chart: with a repository and a version in one of that version, as it is pulled.
    fn chart_folder(&self, entry: &Settings, name: &str, root: &str) -> Option<String> {
        let home = entry.str("chartHome");
        let home = join(root, if home.is_empty() { "charts" } else { &home });
        let version = entry.str("version");
        let pulled = join(&home, &format!("{name}-{version}/{name}"));
        let plain = join(&home, name);
        let is_chart = |folder: &String| self.files.is_file(&join(folder, "Chart.yaml"));
        if entry.str("repo").is_empty() || version.is_empty() {
            return Some(plain).filter(is_chart);
        }
        // Older versions of Kustomize pull to the plain folder, whatever the version.
        let fits = |folder: &String| {
            let blob = self.files.read(&join(folder, "Chart.yaml")).ok().flatten();
            let tree = blob.and_then(|blob| blob.text().map(|source| self.cache.tree(source)));
            tree.is_some_and(|tree| tree.roots().next().is_some_and(|root| root.get("version").is(&version)))
        };
        Some(pulled).filter(is_chart).or_else(|| Some(plain).filter(fits))
    }

    /// The values that are laid over the chart's own.
    fn layers(
        &mut self,
        entry: &Settings,
        at: OriginId,
        chart: &Chart,
        root: &str,
    ) -> Result<Vec<Layer>, Fault> {
        let path = entry.str("valuesFile");
        let file =
            if path.is_empty() { chart.values().cloned() } else { Some(self.values(root, &path, at)?) };
        let inline = match entry.get("valuesInline") {
            Some(value) if value.as_map().is_some_and(|map| !map.is_empty()) => Some(self.inline(&value)?),
            _ => None,
        };
        let merged = |tree: &Arc<Tree>| {
            let root = tree.roots().next()?;
            Some(Layer::Merged { tree: tree.clone(), node: root.id() })
        };
        let mut layers = Vec::new();
        match (inline, entry.str("valuesMerge").as_str()) {
            // What the chart says is there without being said again.
            (None, _) => layers.extend(file.filter(|_| !path.is_empty()).map(Layer::File)),
            (Some((tree, node)), "replace") => layers.push(Layer::Node { tree, node }),
            (Some((tree, node)), "merge") => {
                layers.push(Layer::Node { tree, node });
                layers.extend(file.as_ref().and_then(merged));
            }
            (Some((tree, node)), _) => {
                layers.extend(file.map(Layer::File));
                layers.push(Layer::Merged { tree, node });
            }
        }
        for path in entry.texts("additionalValuesFiles") {
            layers.push(Layer::File(self.values(root, &path.str(), at)?));
        }
        Ok(layers)
    }

    fn values(&mut self, root: &str, path: &str, at: OriginId) -> Result<Arc<Tree>, Fault> {
        let blob = self.read(root, path, at)?;
        let source = blob.text().ok_or_else(|| Fault::new(format!("'{path}' is not a text"), at))?;
        Ok(self.cache.tree(source))
    }

    /// `valuesInline`: its node, or a text of its own if it stands in no file.
    fn inline(&mut self, value: &Value) -> Result<(Arc<Tree>, syntax::NodeId), Fault> {
        let at = value.origin(&mut self.context.origins);
        if let Origin::Node { file, node } = *self.context.origins.get(at)
            && let Some(tree) = self.context.origins.tree(file)
            && tree.node(node).is_map()
        {
            return Ok((tree.clone(), node));
        }
        let text = super::write::yaml(&mut self.context, value).map_err(|words| Fault::new(words, at))?;
        let tree = Arc::new(syntax::yaml::parse(Arc::new(SourceText::new("valuesInline", text.str()))));
        let node = tree.roots().next().map(syntax::Node::id);
        node.map(|node| (tree, node)).ok_or_else(|| Fault::new("valuesInline is empty", at))
    }

    /// The objects of a rendered manifest.
    fn rendered(
        &mut self,
        manifest: &Manifest,
        map: &Absorbed,
        at: OriginId,
    ) -> Result<Vec<Resource>, Fault> {
        let taken = self.context.budget.take(manifest.text.len());
        taken.map_err(|words| Fault::new(words, at).code(WhyCode::Limit))?;
        let runs = manifest.runs.iter().map(|run| Run { origin: map.origin(run.origin), ..*run }).collect();
        let text = Text::of_runs(manifest.text.as_str(), runs);
        let source = Arc::new(SourceText::new(manifest.name.clone(), manifest.text.as_str()));
        let tree = syntax::yaml::parse(source);
        if let Some(error) = tree.errors().first() {
            let message = format!("MalformedYAMLError: {} in {}", error.message, manifest.name);
            self.leave_out(Fault::new(message, at).code(error.code), "");
            return Ok(Vec::new());
        }
        let mut documents = Vec::new();
        for root in tree.roots() {
            documents.push(self.placed(&Place::Runs(&text), root)?);
        }
        let mut objects = self.objects(documents).map_err(|fault| fault.or_at(at))?;
        for object in &mut objects {
            object.origin = at;
            object.chart = true;
        }
        Ok(objects)
    }
}

/// What Helm is told besides values.
fn release(entry: &Settings, at: OriginId, namespace: &str) -> Result<helm::Options, Fault> {
    let mut options = helm::Options {
        crds: entry.is_true("includeCRDs"),
        tests: !entry.is_true("skipTests"),
        api_versions: entry.texts("apiVersions").iter().map(|text| text.str().into_owned()).collect(),
        ..helm::Options::default()
    };
    if !namespace.is_empty() {
        namespace.clone_into(&mut options.namespace);
    }
    let fields = [
        ("releaseName", &mut options.release),
        ("namespace", &mut options.namespace),
        ("kubeVersion", &mut options.kube_version),
    ];
    for (key, field) in fields {
        let text = entry.str(key);
        if !text.is_empty() {
            *field = text;
        }
    }
    let template = entry.str("nameTemplate");
    if !template.is_empty() {
        if !entry.str("releaseName").is_empty() {
            return Err(Fault::new("cannot set --name-template and also specify a name", at));
        }
        options.release = release_name(&template).map_err(|words| Fault::new(words, at))?;
    }
    Ok(options)
}

/// What `--name-template` comes to.
fn release_name(template: &str) -> Result<String, String> {
    const NAME: &str = "name-template";
    let parsed = template::parse(&Arc::new(SourceText::new(NAME, template)), NAME).map_err(|f| f.message)?;
    let mut engine = Engine::new(Context::new(0));
    engine.add(NAME, &Arc::new(parsed));
    let text = engine.execute(NAME, &Value::Nil(OriginId::NONE)).map_err(|fault| fault.message)?;
    Ok(text.str().into_owned())
}
