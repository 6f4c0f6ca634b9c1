//! Reads charts.

use super::archive;
use super::chart::{Chart, Template};
use super::ignore::Ignore;
use super::library::Library;
use super::metadata::Metadata;
use super::vendor::Neighbours;
use crate::files::{Blob, Files};
use crate::output::Problem;
use model::{Location, Pointer, Span, WhyCode};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::{SourceText, Tree};

/// Charts within charts, and dependencies of dependencies, go no deeper.
const DEEPEST: usize = 16;
/// Charts that one chart may come to, dependencies of dependencies included.
const MOST_CHARTS: usize = 2000;

/// The chart folders of a tree, in order: those with a `Chart.yaml`, but not those inside `charts/` of another.
pub fn charts(files: &dyn Files) -> Vec<String> {
    let names = files.below("");
    let folders: Vec<&str> = names.iter().filter_map(|name| chart_folder(name)).collect();
    let known: std::collections::HashSet<&str> = folders.iter().copied().collect();
    let inside = |folder: &str| {
        let mut outer = folder;
        while let Some(at) = outer.rfind("/charts/").or(outer.starts_with("charts/").then_some(0)) {
            outer = outer.get(..at).unwrap_or("");
            if known.contains(outer) {
                return true;
            }
            if outer.is_empty() {
                break;
            }
        }
        false
    };
    folders.iter().filter(|folder| !inside(folder)).map(|folder| (*folder).to_owned()).collect()
}

/// The folder whose `Chart.yaml` this is.
pub(super) fn chart_folder(name: &str) -> Option<&str> {
    let folder = name.strip_suffix("Chart.yaml")?;
    if folder.is_empty() { Some("") } else { folder.strip_suffix('/') }
}

/// Reads the chart in a folder, and the charts it depends on. What is missing or broken is among the chart's
/// problems; `Err` only if there is no `Chart.yaml` that can be read.
pub fn load(files: &dyn Files, folder: &str, library: &Library) -> Result<Chart, Vec<Problem>> {
    Loader::new(files, library).folder(folder.trim_end_matches('/'))
}

/// Reads a packaged chart (`.tgz`). `name` is how people know the archive.
pub fn load_archive(bytes: &Arc<[u8]>, name: &str, library: &Library) -> Result<Chart, Vec<Problem>> {
    let archive = archive::unpack(bytes, name).map_err(|why| vec![refused(name, why)])?;
    let mut loader = Loader::new(&archive, library);
    let members = members(&archive, name, &Ignore::default());
    loader.chart(name, members)
}

/// A file as a whole is what is wrong.
pub(super) fn refused(name: &str, why: impl Into<String>) -> Problem {
    Problem {
        location: Location { file: name.into(), ..Location::default() },
        code: WhyCode::Malformed,
        message: why.into(),
        hint: String::new(),
        fatal: true,
    }
}

/// A place in a file is what is wrong.
pub(super) fn wrong(source: &SourceText, span: Span, why: impl Into<String>) -> Problem {
    Problem {
        location: source.location(span, Pointer::root()),
        code: WhyCode::Malformed,
        message: why.into(),
        hint: String::new(),
        fatal: true,
    }
}

/// A file of a chart: its path there, and its name.
#[derive(Clone, Debug)]
pub(super) struct Member {
    path: String,
    name: Arc<str>,
}

fn members(files: &dyn Files, folder: &str, ignore: &Ignore) -> Vec<Member> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let names = files.below(&prefix).into_iter();
    let members =
        names.filter_map(|name| Some(Member { path: name.strip_prefix(&prefix)?.to_owned(), name }));
    members.filter(|member| !ignore.ignores(&member.path)).collect()
}

/// What is under way while a chart is read.
pub(super) struct Loader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) library: &'a Library,
    /// Folders of the charts being read, outermost first.
    pub(super) open: Vec<String>,
    /// True if a chart is read without one of its dependencies because that is being read already.
    pub(super) cut: bool,
    pub(super) neighbours: Option<Neighbours>,
    pub(super) count: usize,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files, library: &'a Library) -> Self {
        Self { files, library, open: Vec::new(), cut: false, neighbours: None, count: 0 }
    }

    /// The text of a file, if it is there and is a text.
    pub(super) fn text(&self, name: &str) -> Option<Arc<SourceText>> {
        self.files.read(name).ok()??.text().cloned()
    }

    /// Reads a chart folder by itself: its own `.helmignore` holds.
    pub(super) fn folder(&mut self, folder: &str) -> Result<Chart, Vec<Problem>> {
        let name = crate::files::join(folder, ".helmignore");
        let text = self.text(&name);
        let ignore = Ignore::parse(text.as_ref().map_or("", |source| source.text()))
            .map_err(|why| vec![refused(&name, why)])?;
        let members = members(self.files, folder, &ignore);
        self.chart(folder, members)
    }

    /// Reads a chart from the files that belong to it.
    pub(super) fn chart(&mut self, folder: &str, members: Vec<Member>) -> Result<Chart, Vec<Problem>> {
        let beyond = |what: &str| {
            let mut problem = refused(folder, what);
            problem.code = WhyCode::Limit;
            Err(vec![problem])
        };
        self.count += 1;
        if self.open.len() >= DEEPEST {
            return beyond("charts are nested too deep in each other");
        }
        if self.count > MOST_CHARTS {
            return beyond("the chart depends on too many charts");
        }
        self.open.push(folder.to_owned());
        let chart = self.read(folder, members);
        self.open.pop();
        chart
    }

    fn read(&mut self, folder: &str, members: Vec<Member>) -> Result<Chart, Vec<Problem>> {
        let metadata = self.metadata(folder, &members)?;
        let mut chart = Chart {
            folder: folder.into(),
            metadata,
            values: None,
            schema: None,
            templates: Vec::new(),
            files: Arc::from([]),
            dependencies: Vec::new(),
            problems: Vec::new(),
            taken: Vec::new(),
            missing: Vec::new(),
            broken: false,
        };
        let mut rest = Vec::new();
        let mut vendored: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        for member in members {
            let path = member.path.as_str();
            match path {
                "Chart.yaml" | "Chart.lock" | "requirements.lock" => {}
                "values.yaml" => self.values(&mut chart, &member),
                "values.schema.json" => chart.schema = self.text(&member.name),
                "requirements.yaml" if chart.metadata.api_version != "v1" => {}
                _ if path.starts_with("templates/") => self.template(&mut chart, &member),
                _ if path.starts_with("charts/") => {
                    let inner = path.get("charts/".len()..).unwrap_or("").to_owned();
                    let first = inner.split('/').next().unwrap_or("").to_owned();
                    if std::path::Path::new(path).extension().is_some_and(|e| e == "prov") {
                        rest.push(member);
                    } else {
                        vendored.entry(first).or_default().push(Member { path: inner, name: member.name });
                    }
                }
                _ => rest.push(member),
            }
        }
        for (first, members) in vendored {
            self.vendored(&mut chart, &first, members);
        }
        self.declared(&mut chart);
        self.attach(&mut chart, rest);
        Ok(chart)
    }

    fn metadata(&self, folder: &str, members: &[Member]) -> Result<Metadata, Vec<Problem>> {
        let find = |path: &str| members.iter().find(|member| member.path == path);
        let Some(member) = find("Chart.yaml") else {
            return Err(vec![refused(folder, "Chart.yaml file is missing")]);
        };
        let source = match self.files.read(&member.name) {
            Ok(Some(Blob::Text(source))) => source,
            Ok(_) => return Err(vec![refused(&member.name, "Chart.yaml is not a text")]),
            Err(why) => {
                let mut problem = refused(&member.name, why.detail);
                problem.code = why.code;
                return Err(vec![problem]);
            }
        };
        let tree = self.library.tree(&source);
        let version_1 = tree.roots().next().is_none_or(|root| {
            matches!(super::metadata::json_string(root.get("apiVersion")).as_deref(), None | Some("v1" | ""))
        });
        let requirements = find("requirements.yaml")
            .filter(|_| version_1)
            .and_then(|member| self.text(&member.name))
            .map(|source| self.library.tree(&source));
        Metadata::read(tree, requirements).map_err(|why| vec![wrong(&source, Span::new(0, 0), why)])
    }

    fn values(&self, chart: &mut Chart, member: &Member) {
        let Some(source) = self.text(&member.name) else {
            chart.broken = true;
            chart.problems.push(refused(&member.name, "cannot load values.yaml: it is not a text"));
            return;
        };
        let tree = self.library.tree(&source);
        if let Err(problem) = check_values(&tree, "cannot load values.yaml") {
            chart.broken = true;
            chart.problems.push(*problem);
        }
        chart.values = Some(tree);
    }

    fn template(&self, chart: &mut Chart, member: &Member) {
        match self.files.read(&member.name) {
            Ok(Some(Blob::Text(source))) => {
                chart.templates.push(Template { path: member.path.as_str().into(), source });
            }
            Ok(Some(Blob::Binary(_))) => {
                chart.problems.push(refused(&member.name, "the template is not a text in UTF-8"));
            }
            Ok(None) => {}
            Err(why) => {
                let mut problem = refused(&member.name, why.detail);
                problem.code = why.code;
                chart.problems.push(problem);
            }
        }
    }

    /// The files that templates can read. They are only read themselves if a template speaks of `Files`.
    fn attach(&self, chart: &mut Chart, members: Vec<Member>) {
        fn speaks(chart: &Chart) -> bool {
            let own = chart.templates.iter().any(|t| t.source.text().contains("Files"));
            own || chart.dependencies.iter().any(|dependency| speaks(dependency))
        }
        let wanted = speaks(chart);
        let mut list = Vec::new();
        for member in members {
            let definition = is_definition(&member.path);
            let blob = if wanted || definition { self.files.read(&member.name) } else { Ok(None) };
            let blob = match blob {
                Ok(blob) => blob.unwrap_or_else(|| Blob::Binary(Arc::from([]))),
                Err(why) => {
                    let mut problem = refused(&member.name, why.detail);
                    (problem.code, problem.fatal) = (why.code, definition);
                    chart.problems.push(problem);
                    continue;
                }
            };
            list.push((Arc::from(member.path), blob));
        }
        chart.files = list.into();
    }

    /// Something in `charts/`.
    fn vendored(&mut self, chart: &mut Chart, first: &str, members: Vec<Member>) {
        if first.starts_with(['_', '.']) {
            return;
        }
        let packaged = std::path::Path::new(first).extension().is_some_and(|e| e == "tgz");
        let loaded = if packaged {
            let Some(member) = members.iter().find(|member| member.path == first) else {
                chart.problems.push(refused(
                    &format!("{}/charts/{first}", chart.folder),
                    format!("error unpacking subchart tar in {}: {first} is a folder", chart.name()),
                ));
                return;
            };
            self.archived(&member.name)
        } else {
            let inner = members.into_iter().filter_map(|member| {
                Some(Member { path: member.path.split_once('/')?.1.to_owned(), name: member.name })
            });
            let folder = crate::files::join(&chart.folder, &format!("charts/{first}"));
            self.nested(&folder, inner.collect())
        };
        let how = if packaged { super::How::Archive } else { super::How::Charts };
        match loaded {
            Ok(dependency) => super::vendor::take(chart, dependency, how),
            Err(problems) => {
                let prefix = format!("error unpacking subchart {first} in {}: ", chart.name());
                chart.problems.extend(problems.into_iter().map(|mut problem| {
                    if !problem.message.starts_with("error unpacking") {
                        problem.message.insert_str(0, &prefix);
                    }
                    problem
                }));
            }
        }
    }

    fn archived(&mut self, name: &str) -> Result<Arc<Chart>, Vec<Problem>> {
        let bytes: Arc<[u8]> = match self.files.read(name) {
            Ok(Some(Blob::Binary(bytes))) => bytes,
            Ok(Some(Blob::Text(source))) => source.text().as_bytes().into(),
            Ok(None) => return Err(vec![refused(name, "the archive is gone")]),
            Err(why) => return Err(vec![refused(name, why.detail)]),
        };
        if let Some(chart) = self.library.archive(&bytes) {
            return chart;
        }
        let chart = if self.open.len() >= DEEPEST {
            Err(vec![refused(name, "charts are nested too deep in each other")])
        } else {
            archive::unpack(&bytes, name).map_err(|why| vec![refused(name, why)]).and_then(|archive| {
                let mut inner = Loader::new(&archive, self.library);
                inner.open.clone_from(&self.open);
                inner.count = self.count;
                let members = members(&archive, name, &Ignore::default());
                let chart = inner.chart(name, members);
                self.count = inner.count;
                chart.map(Arc::new)
            })
        };
        self.library.keep_archive(&bytes, chart)
    }

    /// A chart in the `charts/` of another, kept between loadings.
    fn nested(&mut self, folder: &str, members: Vec<Member>) -> Result<Arc<Chart>, Vec<Problem>> {
        let metadata = members.iter().find(|member| member.path == "Chart.yaml");
        let metadata = metadata.and_then(|member| self.text(&member.name));
        self.kept(metadata, true, |loader| loader.chart(folder, members))
    }

    /// A chart folder elsewhere, kept between loadings.
    pub(super) fn elsewhere(&mut self, folder: &str) -> Result<Arc<Chart>, Vec<Problem>> {
        let metadata = self.text(&crate::files::join(folder, "Chart.yaml"));
        self.kept(metadata, false, |loader| loader.folder(folder))
    }

    fn kept(
        &mut self,
        metadata: Option<Arc<SourceText>>,
        nested: bool,
        load: impl FnOnce(&mut Self) -> Result<Chart, Vec<Problem>>,
    ) -> Result<Arc<Chart>, Vec<Problem>> {
        if let Some(metadata) = &metadata
            && let Some(chart) = self.library.chart(metadata, nested)
        {
            return Ok(chart);
        }
        let outer = std::mem::take(&mut self.cut);
        let chart = Arc::new(load(self)?);
        // A chart that lacks something only because of where the reading began must not be kept.
        let whole = !self.cut;
        self.cut |= outer;
        Ok(match metadata {
            Some(metadata) if whole => self.library.keep_chart(&metadata, nested, chart),
            _ => chart,
        })
    }
}

/// True for a file of `crds/`, of which Helm makes objects.
pub(super) fn is_definition(path: &str) -> bool {
    path.starts_with("crds/")
        && std::path::Path::new(path).extension().is_some_and(|e| e == "yaml" || e == "yml" || e == "json")
}

/// What keeps a values file from being read.
pub(super) fn check_values(tree: &Arc<Tree>, what: &str) -> Result<(), Box<Problem>> {
    let source = tree.source();
    if let Some(error) = tree.errors().iter().find(|error| error.lost) {
        let mut problem = wrong(source, error.span, format!("{what}: {error}"));
        problem.hint.clone_from(&error.hint);
        problem.code = error.code;
        return Err(Box::new(problem));
    }
    for root in tree.roots() {
        if root.is_set() && !root.is_map() {
            let message = format!("{what}: the values are not a mapping");
            return Err(Box::new(wrong(source, root.head_span(), message)));
        }
    }
    Ok(())
}
