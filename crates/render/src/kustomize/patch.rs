//! `patches`, `patchesStrategicMerge` and `patchesJson6902`.

use super::fault::Fault;
use super::kustomization::Settings;
use super::loader::{Loader, Parsed};
use super::resource::{Resource, show};
use super::selector::Selector;
use super::set::append;
use super::{json6902, strategic};
use crate::files::Blob;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{Map, Value};
use model::WhyCode;
use syntax::Kind;

/// Deepest nesting of a patch.
const DEEPEST: usize = 512;

/// The content of a patch.
pub(super) enum Patch {
    /// Partial objects to merge.
    Strategic(Vec<Resource>),
    /// Operations, each with its origin.
    Operations(Value),
}

impl Loader<'_> {
    /// Reads what an entry of `patches` holds: one of `path` and `patch`.
    pub(super) fn patch(&mut self, entry: &Settings, at: OriginId, root: &str) -> Result<Patch, Fault> {
        let (path, inline) = (entry.text("path"), entry.text("patch"));
        let blank = inline.str().trim().is_empty();
        let trouble = "trouble configuring builtin PatchTransformer";
        if blank && path.is_empty() {
            return Err(Fault::new(
                format!("{trouble}: must specify one of patch and path in the entry"),
                at,
            ));
        }
        if !blank && !path.is_empty() {
            return Err(Fault::new(format!("{trouble}: patch and path can't be set at the same time"), at));
        }
        if blank {
            let at = path.origin(&mut self.context.origins);
            let words = format!("{trouble}: failed to get the patch file from path({})", path.str());
            let blob = self.read(root, &path.str(), at).map_err(|fault| fault.context(&words))?;
            let Blob::Text(source) = &blob else {
                return Err(Fault::new(
                    format!("{trouble}: unable to parse SM or JSON patch from [path: {:?}]", path.str()),
                    at,
                ));
            };
            let text = source.text().to_owned();
            let parsed = self.parse(source);
            let shown = format!("[path: {:?}]", path.str());
            return self.patch_of(&parsed, &text, &shown, at).map_err(|fault| fault.context(trouble));
        }
        let at = inline.origin(&mut self.context.origins);
        let parsed = self.parse_inline(&inline)?;
        self.patch_of(&parsed, &inline.str(), "[patch]", at).map_err(|fault| fault.context(trouble))
    }

    fn patch_of(&mut self, parsed: &Parsed, text: &str, shown: &str, at: OriginId) -> Result<Patch, Fault> {
        let unable = |why: &str| {
            let dash = if why.is_empty() { "" } else { ": " };
            Fault::new(format!("unable to parse SM or JSON patch from {shown}{dash}{why}"), at)
        };
        let text = text.trim();
        // Text that begins like a JSON list must be JSON.
        if text.starts_with('[') && serde_json::from_str::<serde_json::Value>(text).is_err() {
            return Err(unable(""));
        }
        let list = parsed.tree.roots().next().is_some_and(|root| root.kind() == Kind::Seq);
        if list && parsed.tree.errors().is_empty() {
            let Some(root) = parsed.tree.roots().next() else { return Err(unable("")) };
            if root.items().any(|item| item.kind() != Kind::Map) {
                return Err(unable(""));
            }
            let value = self.value(parsed.file, root, parsed.all)?;
            return Ok(Patch::Operations(self.as_json(&value)));
        }
        match self.resources_of(parsed) {
            Ok(patches) => Ok(Patch::Strategic(patches)),
            Err(fault) => {
                let place = if fault.at == OriginId::NONE { at } else { fault.at };
                Err(Fault { at: place, ..unable(&fault.message) })
            }
        }
    }

    /// A value as it is after a way through JSON, for which YAML 1.1 is read: `yes` is a boolean.
    fn as_json(&mut self, value: &Value) -> Value {
        match value {
            Value::Str(text) => {
                let at = text.origin(&mut self.context.origins);
                let node = self.context.origins.node_of(at);
                let bare = node.is_some_and(|node| node.kind() == Kind::Bool);
                if bare {
                    // Derived, for its text is no longer that of the file.
                    let origin = self.context.origins.derive([at]);
                    Value::Bool(syntax::scalar::is_true(&text.str()), origin)
                } else {
                    value.clone()
                }
            }
            Value::List(list, origin) => {
                let items = list.items().iter().map(|item| self.as_json(item)).collect();
                Value::List(crate::value::List::new(items), *origin)
            }
            Value::Map(map, origin) => {
                let entries = map.entries().clone();
                let entries = entries.into_iter().map(|(key, value)| (key, self.as_json(&value)));
                Value::Map(entries.collect(), *origin)
            }
            other => other.clone(),
        }
    }

    /// Applies an entry of `patches`.
    pub(super) fn apply_patch(
        &mut self,
        entry: &Settings,
        at: OriginId,
        root: &str,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Fault> {
        let patch = self.patch(entry, at, root)?;
        let target = entry.get("target");
        let options = entry.part("options").unwrap_or_default();
        match patch {
            Patch::Strategic(mut patches) => {
                for patch in &mut patches {
                    patch.allow_name_change = options.is_true("allowNameChange");
                    patch.allow_kind_change = options.is_true("allowKindChange");
                }
                let Some(target) = target else {
                    return patches
                        .iter()
                        .try_for_each(|patch| self.merge_into_named(patch, resources, true));
                };
                let [patch] = patches.as_slice() else {
                    if patches.is_empty() {
                        return Ok(());
                    }
                    let message = "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to \
                                   set `patches.target` field";
                    return Err(Fault::new(message, at));
                };
                for index in self.select(&target, at, resources)? {
                    if let Some(resource) = resources.get_mut(index) {
                        self.merge_patch(resource, patch)?;
                    }
                }
                let list = std::mem::take(resources);
                append(resources, list.into_iter().filter(|resource| !resource.is_gone()).collect())
                    .map_err(|fault| Fault { at, ..fault })
            }
            Patch::Operations(operations) => {
                let Some(target) = target else {
                    return Err(Fault::new("must specify a target for JSON patch", at));
                };
                self.operate(&operations, &target, at, resources)
            }
        }
    }

    /// Applies operations to all objects that a target selects.
    fn operate(
        &mut self,
        operations: &Value,
        target: &Value,
        at: OriginId,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        for index in self.select(target, at, resources)? {
            if let Some(resource) = resources.get_mut(index) {
                resource.store_id();
                let copy = self.copy(operations, at)?;
                let result = json6902::apply(&mut self.context, &mut resource.value, &copy);
                resource.shared.part();
                let place = operations.origin(&mut self.context.origins);
                result.map_err(|words| Fault::new(words, place).or_at(at))?;
            }
        }
        Ok(())
    }

    /// The objects that a target selects.
    pub(super) fn select(
        &mut self,
        target: &Value,
        at: OriginId,
        resources: &[Resource],
    ) -> Result<Vec<usize>, Fault> {
        let place = target.origin(&mut self.context.origins);
        let fault = |words: String| Fault::new(words, place).or_at(at);
        let selector = Selector::new(&mut self.context, target).map_err(fault)?;
        let mut found = Vec::new();
        self.step(resources.len())?;
        for (index, resource) in resources.iter().enumerate() {
            let first = resource.previous.first().cloned();
            let ids: Vec<_> = first.into_iter().chain([resource.id()]).collect();
            if !resource.is_gone()
                && selector.selects(&mut self.context, &resource.value, &ids).map_err(fault)?
            {
                found.push(index);
            }
        }
        Ok(found)
    }

    /// Merges a patch into the one object that has or had its id.
    fn merge_into_named(
        &mut self,
        patch: &Resource,
        resources: &mut Vec<Resource>,
        entry: bool,
    ) -> Result<(), Fault> {
        let id = patch.id();
        let found = self.find(resources, &id)?;
        let [index] = found.as_slice() else {
            let count = if found.is_empty() { "no" } else { "multiple" };
            let id = show(&id);
            let words = format!("{count} matches for Id {id}; failed to find unique target for patch {id}");
            let words = if entry {
                format!("no resource matches strategic merge patch {id:?}: {words}")
            } else {
                words
            };
            return Err(Fault::new(words, patch.origin).code(WhyCode::MissingInput));
        };
        if let Some(resource) = resources.get_mut(*index) {
            self.merge_patch(resource, patch)?;
        }
        resources.retain(|resource| !resource.is_gone());
        Ok(())
    }

    /// Merges a patch into an object, which keeps its name and kind unless the patch may change them.
    fn merge_patch(&mut self, resource: &mut Resource, patch: &Resource) -> Result<(), Fault> {
        let before = resource.map();
        let (kind, version) = (before.get("kind"), before.get("apiVersion"));
        let (name, namespace) = (resource.metadata("name"), resource.metadata("namespace"));
        if patch.allow_name_change || patch.allow_kind_change {
            resource.store_id();
        }
        let copy = self.copy(&patch.value, patch.origin)?;
        let alive = strategic::merge(&mut self.context, &mut resource.value, &copy, &resource.shared)
            .map_err(|words| Fault::new(words, patch.origin))?;
        if !alive || resource.is_gone() {
            resource.value = Value::Map(Map::default(), patch.origin);
            return Ok(());
        }
        let after = resource.map();
        let put = |key: &str, value: Option<Value>| match value {
            Some(value) => after.insert(key, value),
            None => drop(after.entries_mut().remove(key)),
        };
        if !patch.allow_kind_change {
            put("kind", kind);
        }
        put("apiVersion", version);
        if !patch.allow_name_change {
            resource.set_metadata("name", name);
        }
        resource.set_metadata("namespace", namespace);
        Ok(())
    }

    /// A copy that shares no map with the original.
    pub(super) fn copy(&mut self, value: &Value, at: OriginId) -> Result<Value, Fault> {
        self.step(1)?;
        value
            .deep_copy(DEEPEST)
            .ok_or_else(|| Fault::new("the patch is nested too deep", at).code(WhyCode::Limit))
    }

    /// `patchesStrategicMerge`: each item is a patch, or the path of one.
    pub(super) fn apply_strategic(
        &mut self,
        items: &[Text],
        root: &str,
        resources: &mut Vec<Resource>,
    ) -> Result<(), Fault> {
        for item in items {
            let at = item.origin(&mut self.context.origins);
            let result = self.strategic_patches(item, at, root).and_then(|patches| {
                patches.iter().try_for_each(|patch| self.merge_into_named(patch, resources, false))
            });
            self.attempt(result, at)?;
        }
        Ok(())
    }

    fn strategic_patches(&mut self, item: &Text, at: OriginId, root: &str) -> Result<Vec<Resource>, Fault> {
        // A path has one line and no colon followed by a blank; what has is tried as a patch first, as there.
        let text = item.str();
        if text.contains('\n') || text.contains(": ") || text.starts_with('{') {
            let parsed = self.parse_inline(item)?;
            if let Ok(patches) = self.resources_of(&parsed) {
                return Ok(patches);
            }
        }
        let blob = self.read(root, &text, at)?;
        let patches = self.resources(&blob, at)?;
        if patches.is_empty() {
            return Err(Fault::new(format!("patch appears to be empty; files=[{text}]"), at));
        }
        Ok(patches)
    }

    /// An entry of `patchesJson6902`.
    pub(super) fn apply_json6902(
        &mut self,
        entry: &Settings,
        at: OriginId,
        root: &str,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        let Some(target) = entry.get("target") else {
            return Err(Fault::new("must specify the target field for JSON patch", at));
        };
        match self.patch(entry, at, root)? {
            Patch::Operations(operations) => self.operate(&operations, &target, at, resources),
            Patch::Strategic(_) => Err(Fault::new("json patch is not a list of operations", at)),
        }
    }
}
