//! How the tree itself says its charts are used: Argo CD `Application`s and Flux `HelmRelease`s that point to a
//! chart in the tree bring values, a release name and a namespace of their own.

use crate::tree::FileTree;
use check::{Content, File, Inventory, Object};
use model::WhyCode;
use render::files::join;
use render::helm::{self, Layer};
use render::{Files, Problem};
use std::sync::Arc;
use syntax::{Node, Tree};

/// One use of a chart.
#[derive(Clone, Debug)]
pub struct Usage {
    /// Folder of the chart.
    pub chart: String,
    /// What it is called: `Application argocd/web`.
    pub label: Arc<str>,
    /// What could not be followed.
    pub problems: Vec<Problem>,
    release: Option<String>,
    namespace: Option<String>,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    /// A file of values, by name.
    File(String),
    /// Values in the object itself.
    Own(Layer),
}

impl Usage {
    /// The layers of values, in order. Files that can't be read were noted when the use was found.
    pub fn layers(&self, tree: &FileTree<'_>) -> Vec<Layer> {
        let each = self.parts.iter().filter_map(|part| match part {
            Part::File(name) => Some(Layer::File(values_file(tree, name).ok()?)),
            Part::Own(layer) => Some(layer.clone()),
        });
        each.collect()
    }

    /// Release and namespace, over those of the run.
    pub fn options(&self, base: &helm::Options) -> helm::Options {
        let mut options = base.clone();
        options.release = self.release.clone().unwrap_or(options.release);
        options.namespace = self.namespace.clone().unwrap_or(options.namespace);
        options
    }
}

/// Reads a file of values.
pub fn values_file(tree: &FileTree<'_>, name: &str) -> Result<Arc<Tree>, Problem> {
    let problem = |code, message: String, location| Problem {
        location,
        code,
        message,
        hint: String::new(),
        fatal: true,
    };
    let nowhere = || model::Location { file: Arc::from(name), ..model::Location::default() };
    match tree.read(name) {
        Ok(Some(blob)) => match blob.text() {
            Some(text) => {
                let parsed = syntax::yaml::parse(text.clone());
                match parsed.errors().first() {
                    Some(error) => {
                        let place = text.location(error.span, model::Pointer::root());
                        Err(problem(
                            error.code,
                            format!("these values can't be read: {}", error.message),
                            place,
                        ))
                    }
                    None => Ok(Arc::new(parsed)),
                }
            }
            None => Err(problem(WhyCode::Malformed, "these values are no text".to_owned(), nowhere())),
        },
        Ok(None) => {
            Err(problem(WhyCode::MissingInput, "there is no such file of values".to_owned(), nowhere()))
        }
        Err(why) => Err(problem(why.code, why.detail, nowhere())),
    }
}

/// Finds the uses of charts in these folders.
pub fn find(loose: &[File], charts: &[&str], tree: &FileTree<'_>) -> Vec<Usage> {
    let mut found = Vec::new();
    for file in loose {
        let Content::Tree(_) = &file.content else { continue };
        let text = file.source.text();
        if !text.contains("argoproj.io/") && !text.contains("helm.toolkit.fluxcd.io/") {
            continue;
        }
        // Layers keep the tree they point into, which the file itself can't share.
        let own = if check::input::is_json(file.source.name(), text) {
            syntax::json::parse(file.source.clone())
        } else {
            syntax::yaml::parse(file.source.clone())
        };
        let again = File::new(file.source.clone(), Content::Tree(own));
        let inventory = Inventory::new([&again]);
        let mut places = Vec::new();
        for object in inventory.objects() {
            places.push((object.root.id(), object.kind.to_owned(), object.group().to_owned()));
        }
        let label = |object: &Object<'_>| format!("{} {}", object.kind, object.id().name);
        let labels: Vec<String> = inventory.objects().iter().map(label).collect();
        drop(inventory);
        let Content::Tree(own) = again.content else { continue };
        let own = Arc::new(own);
        for ((id, kind, group), label) in places.into_iter().zip(labels) {
            let mut reader =
                Reader { tree: &own, root: own.node(id), charts, files: tree, label: label.into() };
            match (kind.as_str(), group.as_str()) {
                ("Application", "argoproj.io") => reader.application(&mut found),
                ("HelmRelease", "helm.toolkit.fluxcd.io") => reader.release(&mut found),
                _ => {}
            }
        }
    }
    found
}

struct Reader<'a> {
    tree: &'a Arc<Tree>,
    root: Node<'a>,
    charts: &'a [&'a str],
    files: &'a FileTree<'a>,
    label: Arc<str>,
}

impl Reader<'_> {
    /// The chart that a path in the repository means: the repository's root may be any folder above.
    fn chart(&self, path: &str) -> Option<String> {
        let path = join("", path);
        let mut fits = self.charts.iter().filter(|folder| {
            **folder == path || folder.strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'))
        });
        let first = fits.next()?;
        (!path.is_empty() && fits.next().is_none()).then(|| (*first).to_owned())
    }

    fn usage(&self, chart: String) -> Usage {
        Usage {
            chart,
            label: self.label.clone(),
            problems: Vec::new(),
            release: None,
            namespace: None,
            parts: Vec::new(),
        }
    }

    fn node_layer(&self, node: Node<'_>) -> Option<Part> {
        node.is_map().then(|| Part::Own(Layer::Node { tree: self.tree.clone(), node: node.id() }))
    }

    /// Argo CD: `spec.source` or `spec.sources`.
    fn application(&mut self, found: &mut Vec<Usage>) {
        let spec = self.root.get("spec");
        let one = spec.get("source");
        let sources: Vec<Node<'_>> =
            if one.is_map() { vec![one] } else { spec.get("sources").items().collect() };
        for source in &sources {
            let Some(chart) = source.get("path").as_str().and_then(|path| self.chart(path)) else { continue };
            let prefix =
                chart.strip_suffix(&join("", source.get("path").as_str().unwrap_or(""))).unwrap_or("");
            let prefix = prefix.to_owned();
            let mut usage = self.usage(chart);
            let helm = source.get("helm");
            let name = self.root.path(&["metadata", "name"]).as_str();
            usage.release = helm.get("releaseName").as_str().or(name).map(str::to_owned);
            usage.namespace = spec.path(&["destination", "namespace"]).as_str().map(str::to_owned);
            let ignored = helm.get("ignoreMissingValueFiles").as_bool() == Some(true);
            for item in helm.get("valueFiles").items() {
                let Some(text) = item.as_str() else { continue };
                // `$ref/path` counts from the root of another source's repository, taken to be this one.
                let name = match text.strip_prefix('$').and_then(|rest| rest.split_once('/')) {
                    Some((_, path)) => join(&prefix, path),
                    None if text.starts_with('/') => join(&prefix, text.trim_start_matches('/')),
                    None => join(&usage.chart, text),
                };
                match values_file(self.files, &name) {
                    Ok(_) => usage.parts.push(Part::File(name)),
                    Err(problem) if problem.code == WhyCode::MissingInput && ignored => {}
                    Err(problem) => usage.problems.push(Problem {
                        location: item.location(),
                        message: format!("{name}: {}", problem.message),
                        fatal: false,
                        ..problem
                    }),
                }
            }
            let (object, text) = (helm.get("valuesObject"), helm.get("values"));
            if object.is_map() {
                usage.parts.extend(self.node_layer(object));
            } else if text.as_str().is_some() {
                usage.parts.push(Part::Own(Layer::Text { tree: self.tree.clone(), node: text.id() }));
            }
            for parameter in helm.get("parameters").items() {
                let (Some(path), Some(value)) =
                    (parameter.get("name").as_str(), parameter.get("value").scalar())
                else {
                    continue;
                };
                usage.parts.push(Part::Own(Layer::Set {
                    path: path.to_owned(),
                    value: value.to_owned(),
                    string: parameter.get("forceString").as_bool() == Some(true),
                    json: false,
                    place: Some((self.tree.clone(), parameter.get("value").id())),
                }));
            }
            found.push(usage);
        }
    }

    /// Flux: `spec.chart.spec.chart` of a Git source.
    fn release(&mut self, found: &mut Vec<Usage>) {
        let spec = self.root.get("spec");
        let template = spec.path(&["chart", "spec"]);
        if template.path(&["sourceRef", "kind"]).as_str() == Some("HelmRepository") {
            return;
        }
        let Some(chart) = template.get("chart").as_str().and_then(|path| self.chart(path)) else { return };
        let mut usage = self.usage(chart);
        let name = self.root.path(&["metadata", "name"]).as_str();
        let own_namespace = self.root.path(&["metadata", "namespace"]).as_str();
        let target = spec.get("targetNamespace").as_str();
        usage.namespace = target.or(own_namespace).map(str::to_owned);
        usage.release = spec.get("releaseName").as_str().map(str::to_owned).or_else(|| {
            // Flux puts the target namespace before the name.
            Some(
                target
                    .map_or_else(|| name.unwrap_or("").to_owned(), |t| format!("{t}-{}", name.unwrap_or(""))),
            )
        });
        for item in template.get("valuesFiles").items() {
            let Some(text) = item.as_str() else { continue };
            let plain = join("", text);
            let fits = self.files.files().iter().map(|f| &*f.name).find(|file| {
                *file == plain || file.strip_suffix(plain.as_str()).is_some_and(|rest| rest.ends_with('/'))
            });
            match fits {
                Some(name) => usage.parts.push(Part::File(name.to_owned())),
                None => {
                    usage.problems.push(missing(item, format!("{text}: there is no such file of values")));
                }
            }
        }
        for item in spec.get("valuesFrom").items() {
            let what = format!(
                "values come from {} `{}`, which is looked up in the cluster",
                item.get("kind").as_str().unwrap_or("an object"),
                item.get("name").as_str().unwrap_or("")
            );
            usage.problems.push(missing(item, what));
        }
        usage.parts.extend(self.node_layer(spec.get("values")));
        found.push(usage);
    }
}

fn missing(node: Node<'_>, message: String) -> Problem {
    Problem {
        location: node.location(),
        code: WhyCode::MissingInput,
        message,
        hint: "name the values with --helm-values".to_owned(),
        fatal: false,
    }
}
