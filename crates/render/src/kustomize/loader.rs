//! Reads the files of a build, within Kustomize's restrictions.

use super::cache::Cache;
use super::fault::Fault;
use super::tables::Tables;
use super::{FILE_NAMES, Options};
use crate::context::Context;
use crate::files::{Blob, Files, join};
use crate::origin::{FileId, Origin, OriginId};
use crate::output::Problem;
use crate::text::Text;
use model::{Location, WhyCode};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use syntax::{Node, SourceText, Style, Tree};

/// Nodes of manifests that a build may read, repeated ones included.
const MOST_NODES: usize = 4_000_000;

/// State of one build.
pub(super) struct Loader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) cache: &'a Cache,
    pub(super) options: &'a Options,
    pub(super) context: Context,
    /// Files that were read.
    pub(super) consumed: BTreeSet<Arc<str>>,
    /// What was left out so far.
    pub(super) problems: Vec<Problem>,
    /// True once something remote was left out: what then does not fit may be because of that.
    pub(super) incomplete: bool,
    /// Nodes that may still be read.
    pub(super) nodes: usize,
    /// The built-in fields of transformations.
    pub(super) tables: Rc<Tables>,
    trees: HashMap<Arc<str>, (FileId, Arc<Tree>)>,
    texts: HashMap<Arc<str>, FileId>,
}

/// A parsed text, and where its nodes stand.
pub(super) struct Parsed {
    pub(super) file: FileId,
    pub(super) tree: Arc<Tree>,
    /// Stands for all nodes, if their places in the file are not known.
    pub(super) all: Option<OriginId>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(files: &'a dyn Files, cache: &'a Cache, options: &'a Options) -> Self {
        Self {
            files,
            cache,
            options,
            context: Context::new(0),
            consumed: BTreeSet::new(),
            problems: Vec::new(),
            incomplete: false,
            nodes: MOST_NODES,
            tables: Rc::new(Tables::built_in()),
            trees: HashMap::new(),
            texts: HashMap::new(),
        }
    }

    /// Reads a file that a kustomization in the folder `root` names.
    pub(super) fn read(&mut self, root: &str, path: &str, at: OriginId) -> Result<Blob, Fault> {
        if path.starts_with("http://") || path.starts_with("https://") {
            return Err(Fault::at_address(path, at));
        }
        let name = join(root, path);
        if !self.files.is_file(&name) {
            let shown = shown(&name);
            return Err(if self.files.is_folder(&name) {
                Fault::new(format!("'{shown}' must resolve to a file"), at)
            } else {
                Fault::new(
                    format!("evalsymlink failure on '{shown}' : lstat {shown}: no such file or directory"),
                    at,
                )
                .code(WhyCode::MissingInput)
            });
        }
        if !self.options.load_restrictor_none && !is_below(&name, root) {
            let root = self::shown(root);
            return Err(Fault::new(format!("security; file '{name}' is not in or below '{root}'"), at));
        }
        self.read_named(&name, at)
    }

    /// Reads a file by its name in the tree.
    pub(super) fn read_named(&mut self, name: &str, at: OriginId) -> Result<Blob, Fault> {
        let blob = match self.files.read(name) {
            Ok(Some(blob)) => blob,
            Ok(None) => {
                return Err(Fault::new(format!("open {name}: no such file or directory"), at)
                    .code(WhyCode::MissingInput));
            }
            Err(why) => return Err(Fault::new(format!("open {name}: {why}"), at).code(why.code)),
        };
        self.consumed.insert(blob.text().map_or_else(|| Arc::from(name), |source| source.name().clone()));
        Ok(blob)
    }

    /// The kustomization file of a folder.
    pub(super) fn kustomization(&mut self, folder: &str, at: OriginId) -> Result<Arc<SourceText>, Fault> {
        let names = kustomization_files(self.files, folder);
        let shown = shown(folder);
        let name = match names.as_slice() {
            [name] => name,
            [] => {
                let [a, b, c] = FILE_NAMES;
                let message = format!("unable to find one of '{a}', '{b}' or '{c}' in directory '{shown}'");
                return Err(Fault::new(message, at).code(WhyCode::MissingInput));
            }
            _ => return Err(Fault::new(format!("Found multiple kustomization files under: {shown}"), at)),
        };
        match self.read_named(name, at)? {
            Blob::Text(source) => Ok(source),
            Blob::Binary(_) => Err(Fault::new(
                format!("invalid Kustomization: yaml: invalid leading UTF-8 octet in {name}"),
                at,
            )),
        }
    }

    /// The tree of a file.
    pub(super) fn parse(&mut self, source: &Arc<SourceText>) -> Parsed {
        if let Some((file, tree)) = self.trees.get(source.name())
            && Arc::ptr_eq(tree.source(), source)
        {
            return Parsed { file: *file, tree: tree.clone(), all: None };
        }
        let tree = self.cache.tree(source);
        let file = self.context.origins.add_tree(tree.clone());
        self.trees.insert(source.name().clone(), (file, tree.clone()));
        Parsed { file, tree, all: None }
    }

    /// A file whose text is used as it is.
    pub(super) fn text_file(&mut self, source: &Arc<SourceText>) -> OriginId {
        let known = self.texts.get(source.name()).copied();
        let file = known.unwrap_or_else(|| self.context.origins.add_text(source.clone()));
        self.texts.insert(source.name().clone(), file);
        self.context.origins.intern(Origin::Literal { file, frame: crate::FrameId::ROOT })
    }

    /// A document that stands as a string inside another one (an inline patch).
    pub(super) fn parse_inline(&mut self, text: &Text) -> Result<Parsed, Fault> {
        let at = text.origin(&mut self.context.origins);
        let inner = text.str();
        if let Some(source) = self.blanked(at, &inner)? {
            let tree = Arc::new(syntax::yaml::parse(Arc::new(source)));
            if tree.errors().is_empty() && tree.roots().count() == 1 {
                let file = self.context.origins.add_tree(tree.clone());
                return Ok(Parsed { file, tree, all: None });
            }
        }
        self.context.budget.take(inner.len()).map_err(|words| Fault::new(words, at).code(WhyCode::Limit))?;
        let name = self.context.origins.node_of(at).map(|node| node.tree().source().name().clone());
        let source = SourceText::new(name.unwrap_or_else(|| Arc::from("")), inner.into_owned());
        let tree = Arc::new(syntax::yaml::parse(Arc::new(source)));
        let file = self.context.origins.add_tree(tree.clone());
        Ok(Parsed { file, tree, all: Some(at) })
    }

    /// The file around a literal block scalar with all but the scalar blanked: it reads as the scalar does, and
    /// each byte stands where it stands in the file. `None` where that can't be.
    fn blanked(&mut self, at: OriginId, inner: &str) -> Result<Option<SourceText>, Fault> {
        let Some(node) = self.context.origins.node_of(at) else { return Ok(None) };
        let marks = |line: &str| line.starts_with("---") || line.starts_with("...") || line.starts_with('%');
        if node.style() != Style::Literal || inner.lines().any(marks) {
            return Ok(None);
        }
        let source = node.tree().source();
        let span = node.span();
        let body = source.slice(span);
        // The scalar's own indicator line is no part of its text.
        let head = body.find('\n').map_or(body.len(), |end| end + 1);
        let (start, end) = (span.start as usize + head, span.end as usize);
        let mut text = Vec::with_capacity(source.text().len());
        for (index, byte) in source.text().bytes().take(end).enumerate() {
            text.push(if byte == b'\n' || (start..end).contains(&index) { byte } else { b' ' });
        }
        let name = source.name().clone();
        self.context.budget.take(text.len()).map_err(|words| Fault::new(words, at).code(WhyCode::Limit))?;
        Ok(String::from_utf8(text).ok().map(|text| SourceText::new(name, text)))
    }

    /// The place of an origin: of the first node or text among its parts.
    pub(super) fn location(&self, at: OriginId) -> Location {
        let origins = &self.context.origins;
        match origins.get(at) {
            Origin::Node { .. } => origins.node_of(at).map_or_else(Location::default, Node::location),
            Origin::Derived(parts) => {
                parts.first().map_or_else(Location::default, |first| self.location(*first))
            }
            Origin::Literal { file, .. } => origins.location(*file, model::Span::new(0, 0)),
            Origin::Missing { parent, .. } => self.location(*parent),
            Origin::Written { file, span, .. } => origins.location(*file, *span),
            Origin::None | Origin::Generated => Location::default(),
        }
    }

    /// Notes something that was left out and does not stop the build.
    pub(super) fn leave_out(&mut self, fault: Fault, hint: &str) {
        self.incomplete = true;
        self.note(fault, hint, false);
    }

    /// Notes a problem.
    pub(super) fn note(&mut self, fault: Fault, hint: &str, fatal: bool) {
        let location = match fault.place {
            Some((file, span)) => self.context.origins.location(file, span),
            None => self.location(fault.at),
        };
        let problem =
            Problem { location, code: fault.code, message: fault.message, hint: hint.to_owned(), fatal };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Counts work that grows with the number of objects.
    pub(super) fn step(&mut self, count: usize) -> Result<(), Fault> {
        self.context
            .budget
            .step(count as u64)
            .map_err(|words| Fault::new(words, OriginId::NONE).code(WhyCode::Limit))
    }
}

/// The files of a folder that are named as kustomization files are.
pub(super) fn kustomization_files(files: &dyn Files, folder: &str) -> Vec<String> {
    FILE_NAMES.iter().map(|name| join(folder, name)).filter(|name| files.is_file(name)).collect()
}

/// A folder or file as messages show it.
pub(super) fn shown(name: &str) -> &str {
    if name.is_empty() { "." } else { name }
}

/// True if a name is that of a folder or of something in it.
pub(super) fn is_below(name: &str, folder: &str) -> bool {
    if folder.is_empty() {
        return name != ".." && !name.starts_with("../") && !name.starts_with('/');
    }
    name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// True for what Kustomize would clone or download instead of looking for it here.
pub(super) fn is_remote(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    if lower.contains("://") || ["git::", "github.com/", "github.com:"].iter().any(|p| lower.starts_with(p)) {
        return true;
    }
    // scp's form: user@host:path.
    lower.split_once('@').is_some_and(|(user, rest)| {
        !user.is_empty() && !user.contains('/') && rest.split_once(':').is_some_and(|(h, _)| !h.contains('/'))
    })
}
