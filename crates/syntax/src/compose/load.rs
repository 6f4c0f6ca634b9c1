//! Reading a project: documents, `extends`, `include`, `.env`.

use super::merge::{canonical, merge};
use super::recognise::is_version_1;
use super::value::{Converter, Data, Mode, Origin, Value};
use super::{Project, ServiceData, dotenv};
use crate::{Kind, Node, NodeId, SourceText, SyntaxError, Tree, yaml};
use model::{Span, Why, WhyCode};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Most files one project may be made of.
const MAX_FILES: usize = 64;
/// Longest chain of `extends`.
const MAX_CHAIN: usize = 32;
/// Largest `.env` that is read.
const MAX_DOTENV: usize = 1 << 20;

/// Reads the project whose main file is `tree`. `read` gives the text of another file by its name: `extends`
/// and `include` refer to some, and `.env` beside the main file gives values of variables. Returned are
/// mistakes of the main file.
///
/// A file that `read` does not have is no mistake here, for it may lie outside of what can be seen; what may
/// be set in it comes out as unknown.
pub fn load(tree: Tree, read: &dyn Fn(&str) -> Option<Arc<SourceText>>) -> (Project, Vec<SyntaxError>) {
    let companions = RefCell::new(BTreeMap::new());
    let noting = |name: &str| -> Option<Arc<SourceText>> {
        let mut companions = companions.borrow_mut();
        companions.entry(name.to_owned()).or_insert_with(|| read(name)).clone()
    };
    let main = tree.source().name().clone();
    let variables = noting(&beside(&main, ".env").unwrap_or_default())
        .filter(|text| text.text().len() <= MAX_DOTENV)
        .map_or_else(BTreeMap::new, |text| dotenv::parse(text.text()));
    let mut loader = Loader {
        trees: vec![tree],
        files: BTreeMap::from([(main.to_string(), Some(0))]),
        nodes: BTreeMap::new(),
        values: Converter::new(variables),
        read: &noting,
    };
    let mut services = loader.services();
    let top = loader.top();
    let (included, open) = loader.includes(&top);
    if loader.values.exhausted {
        let why = Why::new(WhyCode::Limit, "the project is too large or too deeply nested after expansion");
        for service in &mut services {
            service.open.get_or_insert_with(|| why.clone());
        }
    }
    let Loader { trees, values, .. } = loader;
    let mut errors = values.errors;
    errors.sort_by_key(|e| (e.span, e.message.clone()));
    errors.dedup();
    let by_name = services.iter().enumerate().map(|(index, s)| (s.name.clone(), index)).collect();
    let companions = companions.into_inner();
    let project = Project {
        services,
        top,
        trees,
        included,
        open,
        errors: errors.len(),
        partial: std::sync::OnceLock::new(),
        by_name,
        companions,
    };
    (project, errors)
}

/// The name of a file given relative to the folder of another one; `None` if it leaves what can be named.
fn beside(name: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') {
        return Some(relative.to_owned());
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let rooted = name.starts_with('/');
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            ".." if rooted => return None,
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(if rooted { format!("/{joined}") } else { joined })
}

struct Loader<'r> {
    trees: Vec<Tree>,
    /// Tree of each file that was asked for; `None` if it can't be had.
    files: BTreeMap<String, Option<u32>>,
    /// For each tree that was looked into, the nodes of each service, one for each document.
    nodes: BTreeMap<u32, HashMap<String, Vec<NodeId>>>,
    values: Converter,
    read: &'r dyn Fn(&str) -> Option<Arc<SourceText>>,
}

impl Loader<'_> {
    /// The mapping of services in each document of a tree.
    fn sections(tree: &Tree) -> Vec<Node<'_>> {
        tree.roots()
            .filter_map(|root| {
                let services = root.get("services");
                if services.exists() { Some(services) } else { is_version_1(root).then_some(root) }
            })
            .collect()
    }

    fn services(&mut self) -> Vec<ServiceData> {
        let mut names: Vec<(String, Origin)> = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(tree) = self.trees.first() {
            for section in Self::sections(tree) {
                if section.is_set() && !section.is_map() {
                    self.values.errors.push(
                        SyntaxError::new(section.head_span(), "`services` must map names to services")
                            .hint("write `services:` with one `name:` a service below it, without dashes"),
                    );
                }
                for (name, node) in section.entries().filter(|(name, _)| !name.starts_with("x-")) {
                    if !matches!(node.kind(), Kind::Map | Kind::Null) {
                        self.values.errors.push(
                            SyntaxError::new(node.head_span(), format!("service `{name}` must be a mapping"))
                                .hint("write its keys (`image:`, `ports:`, ...) below its name, indented"),
                        );
                    } else if seen.insert(name.to_owned()) {
                        names.push((name.to_owned(), Origin { tree: 0, id: node.id() }));
                    }
                }
            }
        }
        names
            .into_iter()
            .map(|(name, origin)| {
                let mut open = None;
                let value = self.service(0, &name, &mut Vec::new(), &mut open);
                let value = value.unwrap_or_else(|| Value::new(origin, Data::Null));
                // Whatever it inherits, the service itself stands where its name does.
                ServiceData { name, value: Value { origin, ..value }, open }
            })
            .collect()
    }

    /// The nodes of a service, one for each document that has it.
    fn nodes_of(&mut self, tree: u32, name: &str) -> Vec<NodeId> {
        let Some(source) = self.trees.get(tree as usize) else { return Vec::new() };
        let index = self.nodes.entry(tree).or_insert_with(|| {
            let mut index: HashMap<String, Vec<NodeId>> = HashMap::new();
            for (name, node) in Self::sections(source).into_iter().flat_map(Node::entries) {
                index.entry(name.to_owned()).or_default().push(node.id());
            }
            index
        });
        index.get(name).cloned().unwrap_or_default()
    }

    /// A service with all that it inherits. `chain` are those that are being read.
    fn service(
        &mut self,
        tree: u32,
        name: &str,
        chain: &mut Vec<(u32, String)>,
        open: &mut Option<Why>,
    ) -> Option<Value> {
        let nodes = self.nodes_of(tree, name);
        let mut result: Option<Value> = None;
        for id in nodes {
            let own = canonical(self.values.convert(self.trees.get(tree as usize)?.node(id), tree));
            let own = match self.base(tree, name, &own, chain, open) {
                Some(base) => merge(base, own, ""),
                None => own,
            };
            result = Some(match result {
                Some(base) => merge(base, own, ""),
                None => own,
            });
        }
        result
    }

    /// What a service inherits by `extends`.
    fn base(
        &mut self,
        tree: u32,
        name: &str,
        own: &Value,
        chain: &mut Vec<(u32, String)>,
        open: &mut Option<Why>,
    ) -> Option<Value> {
        let extends =
            own.get("extends").filter(|e| e.mode != Mode::Reset && !matches!(e.data, Data::Null))?;
        let wanted = extends.text().or_else(|| extends.get("service")?.text()).unwrap_or("").to_owned();
        let file = extends.get("file").and_then(Value::text).map(str::to_owned);
        let origin = extends.origin;
        let target = match &file {
            None => tree,
            Some(file) if file.contains("${") => {
                let why = Why::new(
                    WhyCode::Unresolved,
                    format!("`{name}` extends a service of `{file}`, whose name is set outside of the file"),
                );
                open.get_or_insert(why);
                return None;
            }
            Some(file) => {
                let from = self.trees.get(tree as usize)?.source().name().clone();
                let Some(target) = beside(&from, file).and_then(|path| self.file(&path)) else {
                    let why = Why::new(
                        WhyCode::MissingInput,
                        format!("`{name}` extends a service of `{file}`, which is not part of the input"),
                    );
                    open.get_or_insert(why);
                    return None;
                };
                target
            }
        };
        let link = (target, wanted.clone());
        if chain.contains(&link) || (target == tree && wanted == name) || chain.len() >= MAX_CHAIN {
            let message = format!("service `{name}` extends `{wanted}`, which comes back to itself");
            self.mistake(origin, message, "break the circle of `extends`");
            open.get_or_insert(Why::new(WhyCode::Malformed, "`extends` goes round in a circle"));
            return None;
        }
        chain.push((tree, name.to_owned()));
        let base = self.service(target, &wanted, chain, open);
        chain.pop();
        if base.is_none() {
            let place = file.map_or(String::new(), |file| format!(" in `{file}`"));
            let message = format!("service `{name}` extends `{wanted}`, which is not defined{place}");
            self.mistake(origin, message, "name a service that exists in the file");
            open.get_or_insert(Why::new(WhyCode::Malformed, "`extends` names a service that is not defined"));
        }
        base
    }

    fn mistake(&mut self, at: Origin, message: String, hint: &str) {
        let tree = if at.tree == 0 { self.trees.first() } else { None };
        let span = tree.map_or(Span::new(0, 0), |tree| tree.node(at.id).head_span());
        self.values.errors.push(SyntaxError::new(span, message).hint(hint));
    }

    /// The tree of another file.
    fn file(&mut self, path: &str) -> Option<u32> {
        if let Some(known) = self.files.get(path) {
            return *known;
        }
        let source = if self.files.len() < MAX_FILES { (self.read)(path) } else { None };
        let index = source.map(|source| {
            self.trees.push(yaml::parse(source));
            self.trees.len() as u32 - 1
        });
        self.files.insert(path.to_owned(), index);
        index
    }

    /// The root mapping of the main file, without its services.
    fn top(&mut self) -> Value {
        let mut top: Option<Value> = None;
        let Some(tree) = self.trees.first() else {
            return Value::new(Origin { tree: 0, id: NodeId(0) }, Data::Null);
        };
        for root in tree.roots() {
            let origin = Origin { tree: 0, id: root.id() };
            let mut entries = Vec::new();
            for key in ["version", "name", "include", "networks", "volumes", "secrets", "configs", "models"] {
                let node = root.get(key);
                if node.exists() && !is_version_1(root) {
                    entries.push((key.into(), self.values.convert(node, 0)));
                }
            }
            let value = Value::new(origin, Data::Map(entries));
            top = Some(match top {
                Some(base) => merge(base, value, ""),
                None => value,
            });
        }
        let empty = || Value::new(Origin { tree: 0, id: NodeId(0) }, Data::Null);
        top.unwrap_or_else(empty)
    }

    /// The names that included files define.
    fn includes(&mut self, top: &Value) -> (BTreeMap<String, BTreeSet<String>>, Option<Why>) {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut open = None;
        let main = self.trees.first().map(|t| t.source().name().to_string()).unwrap_or_default();
        let mut waiting = paths(top).into_iter().map(|path| (main.clone(), path)).collect::<Vec<_>>();
        let mut seen = BTreeSet::new();
        while let Some((from, path)) = waiting.pop() {
            let file = beside(&from, &path).filter(|_| !path.contains("${"));
            let Some(tree) = file.as_ref().and_then(|file| self.file(file)) else {
                open.get_or_insert(Why::new(
                    WhyCode::MissingInput,
                    format!("the file `{path}` is included, which is not part of the input"),
                ));
                continue;
            };
            if tree == 0 || !seen.insert(tree) {
                continue;
            }
            let Some(tree_of) = self.trees.get(tree as usize) else { continue };
            let mut more = Vec::new();
            for root in tree_of.roots() {
                for section in ["services", "networks", "volumes", "secrets", "configs"] {
                    let keys = root.get(section).entries().map(|(key, _)| key.to_owned());
                    names.entry(section.to_owned()).or_default().extend(keys);
                }
                let include = self.values.convert(root.get("include"), tree);
                let origin = include.origin;
                more.extend(paths(&Value::new(origin, Data::Map(vec![("include".into(), include)]))));
            }
            waiting.extend(more.into_iter().map(|path| (file.clone().unwrap_or_default(), path)));
        }
        (names, open)
    }
}

/// The paths that an `include` names.
fn paths(top: &Value) -> Vec<String> {
    fn texts(value: &Value, into: &mut Vec<String>) {
        match &value.data {
            Data::Seq(items) => items.iter().for_each(|item| texts(item, into)),
            Data::Map(_) => {
                if let Some(path) = value.get("path") {
                    texts(path, into);
                }
            }
            Data::Scalar(scalar) => into.push(scalar.text.to_string()),
            Data::Null => {}
        }
    }
    let mut result = Vec::new();
    if let Some(include) = top.get("include") {
        texts(include, &mut result);
    }
    result
}
