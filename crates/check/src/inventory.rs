//! Everything that was parsed, indexed for checks that look across objects.

use crate::kube::{Access, Object, Pod, recognise};
use crate::{Content, File};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use syntax::SourceText;

/// All resources of a run. Borrowed from the parsed files, built once, never changed.
#[derive(Debug, Default)]
pub struct Inventory<'a> {
    files: Vec<&'a File>,
    /// Positions of the files, by the address of their text.
    by_source: HashMap<usize, usize>,
    /// Length of all texts.
    bytes: usize,
    /// For each file, the range of its objects.
    file_ranges: Vec<std::ops::Range<usize>>,
    objects: Vec<Object<'a>>,
    /// For each object, the range of its pods.
    pods: Vec<Pod<'a>>,
    pod_ranges: Vec<std::ops::Range<usize>>,
    by_kind: BTreeMap<&'a str, Vec<usize>>,
    /// By [`name_key`]; members are compared again, so a collision costs time, not truth.
    by_name: HashMap<u64, Vec<usize>>,
    access: Access<'a>,
}

impl<'a> Inventory<'a> {
    /// Indexes the resources of some parsed files, in their order.
    pub fn new(files: impl IntoIterator<Item = &'a File>) -> Self {
        let mut inventory = Self::default();
        for file in files {
            inventory.by_source.insert(address(&file.source), inventory.files.len());
            inventory.bytes += file.source.text().len();
            inventory.files.push(file);
            let start = inventory.objects.len();
            if let Content::Tree(tree) = &file.content {
                for root in tree.roots() {
                    recognise::parts(root, &mut |part| {
                        if let recognise::Part::Object(root, api_version, kind) = part {
                            let index = inventory.objects.len();
                            inventory.objects.push(Object { root, api_version, kind, index });
                        }
                    });
                }
            }
            inventory.file_ranges.push(start..inventory.objects.len());
        }
        for object in &inventory.objects {
            let start = inventory.pods.len();
            inventory.pods.extend(recognise::pods(object));
            inventory.pod_ranges.push(start..inventory.pods.len());
            inventory.by_kind.entry(object.kind).or_default().push(object.index);
            let key = name_key(object.kind, object.namespace(), object.name());
            inventory.by_name.entry(key).or_default().push(object.index);
        }
        inventory.access = Access::new(&inventory.objects);
        inventory
    }

    /// The files, in the order given.
    pub fn files(&self) -> &[&'a File] {
        &self.files
    }

    /// The file with this text.
    pub fn file_of(&self, source: &Arc<SourceText>) -> Option<&'a File> {
        self.files.get(*self.by_source.get(&address(source))?).copied()
    }

    /// Length of all texts in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Every Kubernetes object, in order of file and position.
    pub fn objects(&self) -> &[Object<'a>] {
        &self.objects
    }

    /// Objects of one file, by its position among [`Inventory::files`].
    pub fn objects_of(&self, file: usize) -> &[Object<'a>] {
        self.file_ranges.get(file).and_then(|range| self.objects.get(range.clone())).unwrap_or_default()
    }

    /// Every pod and pod template.
    pub fn pods(&self) -> &[Pod<'a>] {
        &self.pods
    }

    /// The pods of one object.
    pub fn pods_of(&self, object: &Object<'a>) -> &[Pod<'a>] {
        self.pod_ranges.get(object.index).and_then(|range| self.pods.get(range.clone())).unwrap_or_default()
    }

    /// Objects of a kind of Kubernetes itself.
    pub fn of_kind<'s>(&'s self, kind: &str) -> impl Iterator<Item = &'s Object<'a>> + use<'s, 'a> {
        let indexes = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        indexes.iter().filter_map(|i| self.objects.get(*i)).filter(|o| o.is_builtin())
    }

    /// Objects of a kind of another API group.
    pub fn of_group<'s>(
        &'s self,
        kind: &str,
        group: &'s str,
    ) -> impl Iterator<Item = &'s Object<'a>> + use<'s, 'a> {
        let indexes = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        indexes.iter().filter_map(|i| self.objects.get(*i)).filter(move |o| o.group() == group)
    }

    /// The first object of a built-in kind with this namespace (empty for cluster-scoped) and name.
    pub fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&Object<'a>> {
        let indexes = self.by_name.get(&name_key(kind, namespace, name))?;
        indexes
            .iter()
            .filter_map(|i| self.objects.get(*i))
            .find(|o| o.is_builtin() && o.kind == kind && o.namespace() == namespace && o.name() == name)
    }

    /// All objects of a built-in kind with this namespace and name: more than one is a duplicate.
    pub fn named<'s>(
        &'s self,
        kind: &'s str,
        namespace: &'s str,
        name: &'s str,
    ) -> impl Iterator<Item = &'s Object<'a>> + use<'s, 'a> {
        let indexes = self.by_name.get(&name_key(kind, namespace, name)).map_or(&[][..], Vec::as_slice);
        indexes.iter().filter_map(|i| self.objects.get(*i)).filter(move |o| {
            o.is_builtin() && o.kind == kind && o.namespace() == namespace && o.name() == name
        })
    }

    /// Who holds which role.
    pub fn access(&self) -> &Access<'a> {
        &self.access
    }

    /// Every Dockerfile.
    pub fn dockerfiles(&self) -> impl Iterator<Item = &'a syntax::dockerfile::Dockerfile> + '_ {
        self.files.iter().filter_map(|f| match &f.content {
            Content::Dockerfile(dockerfile) => Some(dockerfile),
            Content::Tree(_) | Content::Compose(_) => None,
        })
    }

    /// Every service of every Compose project.
    pub fn services(&self) -> impl Iterator<Item = syntax::compose::Service<'a>> + '_ {
        self.files
            .iter()
            .filter_map(|f| match &f.content {
                Content::Compose(project) => Some(project.services()),
                Content::Tree(_) | Content::Dockerfile(_) => None,
            })
            .flatten()
    }
}

fn address(source: &Arc<SourceText>) -> usize {
    Arc::as_ptr(source) as usize
}

fn name_key(kind: &str, namespace: &str, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, namespace, name).hash(&mut hasher);
    hasher.finish()
}
