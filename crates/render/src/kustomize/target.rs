//! Accumulates the objects of a kustomization: its own, those of its bases, and what its components make of them.

use super::fault::Fault;
use super::generate::Made;
use super::kustomization::{Kustomization, Settings};
use super::loader::{Loader, is_below, is_remote, shown};
use super::resource::Resource;
use super::set::append;
use super::tables::Tables;
use super::vars_of::Var;
use crate::files::join;
use crate::origin::OriginId;
use crate::text::Text;
use model::WhyCode;
use std::rc::Rc;

/// Kustomizations that may stand in one another.
const DEEPEST: usize = 64;

/// Steps that a kustomization costs: bases that are used twice by each of many levels must come to an end.
const COST: usize = 1000;

/// What was accumulated.
#[derive(Debug, Default)]
pub(super) struct Accumulator {
    /// The objects, in the order in which they came.
    pub(super) resources: Vec<Resource>,
    /// Fields that `configurations` and `crds` add to the built-in ones.
    pub(super) extra: Tables,
    /// The `vars` so far.
    pub(super) vars: Vec<Var>,
}

/// How a kustomization was reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// Folders from the one that is built to this one.
    pub(super) folders: Vec<String>,
    /// The way to this folder as it is written, for origin annotations; `None` if nobody asks for them.
    pub(super) written: Option<String>,
    /// The namespace that the kustomizations around say, the innermost one first: that of charts.
    pub(super) namespace: String,
}

impl Trail {
    /// The namespace of the charts of a kustomization that say none.
    pub(super) fn namespace_in(&self, target: &Kustomization) -> String {
        let own = target.fields.str("namespace");
        if own.is_empty() { self.namespace.clone() } else { own }
    }

    fn below(&self, target: &Kustomization, folder: &str, path: &str) -> Self {
        let mut folders = self.folders.clone();
        folders.push(folder.to_owned());
        let written = self.written.as_ref().map(|written| join(written, path));
        Self { folders, written, namespace: self.namespace_in(target) }
    }

    /// The path of a file or folder that this kustomization names.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        self.written.as_ref().map(|written| join(written, path))
    }
}

impl Loader<'_> {
    /// Adds to `sum` what a kustomization makes.
    pub(super) fn accumulate(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        mut sum: Accumulator,
    ) -> Result<Accumulator, Fault> {
        if trail.folders.len() > DEEPEST {
            return Err(
                Fault::new("kustomizations stand too deep in one another", target.at).code(WhyCode::Limit)
            );
        }
        self.step(COST + sum.resources.len())?;
        let fields = &target.fields;
        let mut paths = fields.texts("resources");
        paths.extend(fields.texts("bases"));
        self.accumulate_resources(&paths, target, trail, &mut sum)
            .map_err(|fault| fault.context("accumulating resources").or_at(target.at))?;
        self.configure(target, &mut sum)?;
        if fields.get("openapi").is_some() {
            let at = self.origin_of(fields, "openapi");
            let path = fields.part("openapi").unwrap_or_default().text("path");
            if !path.is_empty() {
                let place = path.origin(&mut self.context.origins);
                self.read(&target.folder, &path.str(), place)?;
            }
            let message = "`openapi` is not read: lists of custom resources are replaced, not merged";
            self.note(Fault::new(message, at).code(WhyCode::Unsupported), "", false);
        }
        self.run_generators(target, trail, &mut sum)?;
        for path in fields.texts("components") {
            sum = self
                .component(&path, target, trail, sum)
                .map_err(|fault| fault.context("accumulating components"))?;
        }
        self.transform(target, trail, &mut sum)?;
        self.validators(target, trail, &mut sum)?;
        self.merge_vars(target, &mut sum)?;
        Ok(sum)
    }

    /// Adds the objects of files, and what the kustomizations of folders make.
    pub(super) fn accumulate_resources(
        &mut self,
        paths: &[Text],
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        for path in paths {
            let at = path.origin(&mut self.context.origins);
            let path = path.str();
            self.step(1)?;
            match self.resource(&path, at, target, trail, sum) {
                Err(fault) if fault.remote => self.leave_out(fault, REMOTE_HINT),
                Err(fault) => return Err(fault.or_at(at)),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    fn resource(
        &mut self,
        path: &str,
        at: OriginId,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let as_file = match self.resource_file(path, at, &target.folder, trail, sum) {
            Ok(()) => return Ok(()),
            Err(fault) if fault.remote => return Err(fault),
            Err(fault) => fault,
        };
        let malformed = as_file.message.contains("MalformedYAMLError");
        let folder = match self.folder(path, at, trail, &target.folder) {
            Ok(folder) => folder,
            Err(fault) if fault.remote => return Err(fault),
            Err(_) if malformed => return Err(as_file),
            Err(fault) => {
                let message = format!("accumulation err='{}': {}", as_file.message, fault.message);
                return Err(Fault { message, ..as_file });
            }
        };
        let prefix = format!("accumulation err='{}'", as_file.message);
        self.base(&folder, at, &trail.below(target, &folder, path), sum)
            .map_err(|fault| fault.context(&prefix).or_at(at))
    }

    fn resource_file(
        &mut self,
        path: &str,
        at: OriginId,
        root: &str,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        if is_remote(path) && !self.files.is_file(&join(root, path)) {
            return Err(Fault::at_address(path, at));
        }
        let words = format!("accumulating resources from '{path}'");
        let blob = self.read(root, path, at).map_err(|fault| fault.context(&words))?;
        let mut resources = self.resources(&blob, at).map_err(|fault| fault.context(&words))?;
        if let Some(path) = trail.path(path) {
            let made: Rc<str> = Rc::from(format!("path: {path}\n"));
            for resource in &mut resources {
                resource.made = Some(made.clone());
            }
        }
        append(&mut sum.resources, resources)
            .map_err(|fault| Fault { at, ..fault.context(&format!("merging resources from '{path}'")) })
    }

    /// The folder that a path names, if it may be a base.
    fn folder(&mut self, path: &str, at: OriginId, trail: &Trail, root: &str) -> Result<String, Fault> {
        if path.is_empty() {
            return Err(Fault::new("new root cannot be empty", at));
        }
        let folder = join(root, path);
        if is_remote(path) && !self.files.is_folder(&folder) {
            return Err(Fault::at_address(path, at));
        }
        if path.starts_with('/') {
            return Err(Fault::new(format!("new root '{path}' cannot be absolute"), at));
        }
        let shown = shown(&folder);
        if self.files.is_file(&folder) {
            return Err(Fault::new(format!("must build at directory: '{shown}': file is not directory"), at));
        }
        if let Some(visited) = trail.folders.iter().rev().find(|visited| is_below(visited, &folder)) {
            let visited = self::shown(visited);
            let message =
                format!("cycle detected: candidate root '{shown}' contains visited root '{visited}'");
            return Err(Fault::new(message, at));
        }
        if !self.files.is_folder(&folder) {
            let message = format!(
                "must build at directory: not a valid directory: evalsymlink failure on '{shown}' : \
                 lstat {shown}: no such file or directory"
            );
            return Err(Fault::new(message, at).code(WhyCode::MissingInput));
        }
        Ok(folder)
    }

    fn base(
        &mut self,
        folder: &str,
        at: OriginId,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let shown = shown(folder);
        let words = format!("couldn't make target for path '{shown}'");
        let base = self.load(folder, at).map_err(|fault| fault.context(&words))?;
        if base.component {
            return Err(Fault::new(format!("expected kind != 'Component' for path '{shown}'"), at));
        }
        let made = self
            .accumulate(&base, trail, Accumulator::default())
            .map_err(|fault| fault.context(&format!("recursed accumulation of path '{shown}'")))?;
        let words = format!("recursed merging from path '{shown}'");
        append(&mut sum.resources, made.resources).map_err(|fault| Fault { at, ..fault.context(&words) })?;
        super::configure::merge(&mut sum.extra, made.extra);
        self.add_vars(&mut sum.vars, made.vars).map_err(|fault| fault.context(&words))
    }

    fn component(
        &mut self,
        path: &Text,
        target: &Kustomization,
        trail: &Trail,
        sum: Accumulator,
    ) -> Result<Accumulator, Fault> {
        let at = path.origin(&mut self.context.origins);
        let path = path.str();
        let folder = match self.folder(&path, at, trail, &target.folder) {
            Ok(folder) => folder,
            Err(fault) if fault.remote => {
                self.leave_out(fault, REMOTE_HINT);
                return Ok(sum);
            }
            Err(fault) => return Err(fault.quoted("loader.New")),
        };
        let shown = shown(&folder);
        let words = format!("couldn't make target for path '{shown}'");
        let inside = |fault: Fault, words: &str| fault.context(words).quoted("accumulateDirectory:");
        let component = self.load(&folder, at).map_err(|fault| inside(fault, &words))?;
        if !component.component {
            let message = format!("expected kind 'Component' for path '{shown}' but got 'Kustomization'");
            return Err(Fault::new(message, at).quoted("accumulateDirectory:"));
        }
        let trail = trail.below(target, &folder, &path);
        let words = format!("recursed accumulation of path '{shown}'");
        self.accumulate(&component, &trail, sum).map_err(|fault| inside(fault, &words))
    }

    fn run_generators(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let shared = target.fields.part("generatorOptions");
        for (made, key) in [(Made::ConfigMap, "configMapGenerator"), (Made::Secret, "secretGenerator")] {
            for (entry, value) in target.fields.parts(key) {
                let at = value.origin(&mut self.context.origins);
                let resource = self.generate(made, &entry, at, &target.folder, shared.as_ref());
                let plugin = if made == Made::Secret { "SecretGenerator" } else { "ConfigMapGenerator" };
                let made_by = mark(target, trail, plugin);
                let result = resource.and_then(|mut resource| {
                    resource.made = made_by;
                    self.absorb(&mut sum.resources, resource)
                });
                self.attempt(result, at)?;
            }
        }
        self.inflate_charts(target, trail, sum)?;
        self.generators(target, trail, sum)
    }

    /// A step that failed: where something remote was left out before, it may have failed because of that, and
    /// the build goes on without it.
    pub(super) fn attempt(&mut self, result: Result<(), Fault>, at: OriginId) -> Result<(), Fault> {
        match result {
            Err(fault) if fault.remote => self.leave_out(fault.or_at(at), REMOTE_HINT),
            Err(fault) if self.incomplete && fault.code != WhyCode::Limit => {
                self.leave_out(fault.or_at(at), "something remote is missing here, which may be why");
            }
            Err(fault) => return Err(fault.or_at(at)),
            Ok(()) => {}
        }
        Ok(())
    }

    /// The settings of a list that stands in a file of its own or inline.
    pub(super) fn entries(&mut self, target: &Kustomization, key: &str) -> Vec<(Settings, OriginId)> {
        let parts = target.fields.parts(key);
        parts.into_iter().map(|(part, value)| (part, value.origin(&mut self.context.origins))).collect()
    }
}

/// What the annotations of `buildMetadata` say of something that a field of a kustomization did.
pub(super) fn mark(target: &Kustomization, trail: &Trail, plugin: &str) -> Option<Rc<str>> {
    let file = target.file.rsplit('/').next().unwrap_or("");
    let path = trail.path(file)?;
    Some(Rc::from(format!("configuredIn: {path}\nconfiguredBy:\n  apiVersion: builtin\n  kind: {plugin}\n")))
}

/// What to do about something remote.
pub(super) const REMOTE_HINT: &str = "put a copy of it into the tree, or build where it can be fetched";
