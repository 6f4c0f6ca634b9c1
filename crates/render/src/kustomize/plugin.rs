//! `generators` and `transformers`: the built-in ones, configured by files of their own.

use super::fault::Fault;
use super::fieldspec::{FieldSpec, Make, apply};
use super::generate::Made;
use super::kustomization::{Kustomization, Settings};
use super::loader::Loader;
use super::namespace::Subjects;
use super::resource::{Resource, show_gvk};
use super::set::append;
use super::shared::Shared;
use super::tables::Tables;
use super::target::{Accumulator, Trail};
use super::transform::{End, field_specs};
use crate::context::Context;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::Value;
use model::WhyCode;

impl Loader<'_> {
    /// The configurations that the items of `generators` or `transformers` hold or name.
    fn plugins(&mut self, key: &str, target: &Kustomization, trail: &Trail) -> Result<Vec<Resource>, Fault> {
        let mut found = Accumulator::default();
        for item in target.fields.texts(key) {
            let text = item.str();
            if text.contains('\n') || text.contains(": ") || text.starts_with('{') {
                let parsed = self.parse_inline(&item)?;
                if let Ok(resources) = self.resources_of(&parsed) {
                    append(&mut found.resources, resources)?;
                    continue;
                }
            }
            self.accumulate_resources(&[item], target, trail, &mut found)?;
        }
        Ok(found.resources)
    }

    /// Runs the `generators`.
    pub(super) fn generators(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        for plugin in self.plugins("generators", target, trail)? {
            let id = plugin.id();
            let settings = Settings::of(&plugin.value);
            let made = match (&*id.gvk.version, &*id.gvk.group, &*id.gvk.kind) {
                ("builtin", "", "ConfigMapGenerator") | ("", "builtin", "ConfigMapGenerator") => {
                    Made::ConfigMap
                }
                ("builtin", "", "SecretGenerator") | ("", "builtin", "SecretGenerator") => Made::Secret,
                ("builtin", "", "HelmChartInflationGenerator")
                | ("", "builtin", "HelmChartInflationGenerator") => {
                    self.inflate(&settings, plugin.origin, None, (target, trail), sum)?;
                    continue;
                }
                ("builtin", ..) | (_, "builtin", _) => {
                    let message = format!("unable to load builtin {}", show_gvk(&id.gvk));
                    return Err(Fault::new(message, plugin.origin).code(WhyCode::Unsupported));
                }
                _ => {
                    self.foreign(&plugin);
                    continue;
                }
            };
            let settings = with_metadata(&settings);
            let result = self
                .generate(made, &settings, plugin.origin, &target.folder, None)
                .and_then(|resource| self.absorb(&mut sum.resources, resource));
            self.attempt(result, plugin.origin)?;
        }
        Ok(())
    }

    /// Runs the `transformers`.
    pub(super) fn transformers(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        for plugin in self.plugins("transformers", target, trail)? {
            self.run_transformer(&plugin, target, sum)?;
        }
        Ok(())
    }

    fn run_transformer(
        &mut self,
        plugin: &Resource,
        target: &Kustomization,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let gvk = plugin.id().gvk;
        if gvk.version != "builtin" && gvk.group != "builtin" {
            self.foreign(plugin);
            return Ok(());
        }
        if self.transformer(plugin, &gvk.kind, target, sum)? {
            return Ok(());
        }
        let message = format!("unable to load builtin {}", show_gvk(&gvk));
        Err(Fault::new(message, plugin.origin).code(WhyCode::Unsupported))
    }

    /// Runs the `validators`, transformers that must not change anything.
    pub(super) fn validators(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        for plugin in self.plugins("validators", target, trail)? {
            let mut copy = Vec::with_capacity(sum.resources.len());
            for resource in &sum.resources {
                let value = self.copy(&resource.value, plugin.origin)?;
                copy.push(Resource { value, shared: Shared::default(), ..resource.clone() });
            }
            let mut copy = Accumulator { resources: copy, ..Accumulator::default() };
            self.run_transformer(&plugin, target, &mut copy)?;
            let same =
                |a: &Resource, b: &Resource| super::hash::json(&a.value) == super::hash::json(&b.value);
            let all = sum.resources.iter().zip(&copy.resources).all(|(a, b)| same(a, b));
            if !all || sum.resources.len() != copy.resources.len() {
                let message = "validator shouldn't modify the resource map";
                return Err(Fault::new(message, plugin.origin));
            }
        }
        Ok(())
    }

    /// `ValueAddTransformer`: puts a value at fields of chosen objects.
    fn add_value(&mut self, settings: &Settings, resources: &mut [Resource]) -> Result<(), Fault> {
        let value = settings.text("value");
        for (target, entry) in settings.parts("targets") {
            let at = entry.origin(&mut self.context.origins);
            let path = target.str("fieldPath");
            let path = if path.is_empty() { "metadata/namespace".to_owned() } else { path };
            let spec = FieldSpec { path: path.into(), create: true, ..FieldSpec::default() };
            let chosen = match target.get("selector") {
                Some(selector) => self.select(&selector, at, resources)?,
                None => (0..resources.len()).collect(),
            };
            for index in chosen {
                let Some(resource) = resources.get_mut(index) else { continue };
                let mut change = |_: &mut Context, place: &mut Value| {
                    *place = Value::Str(value.clone());
                    Ok(())
                };
                apply(&mut self.context, &mut resource.value, &spec, Make::Scalar, &mut change)
                    .map_err(|words| Fault::new(words, at))?;
            }
        }
        Ok(())
    }

    /// A plugin that is a program.
    fn foreign(&mut self, plugin: &Resource) {
        let kind = plugin.kind();
        let message = format!("external plugins disabled; unable to load external plugin '{kind}'");
        let fault = Fault::new(message, plugin.origin).code(WhyCode::Unsupported);
        self.note(fault, "programs of a project are not run", false);
        self.incomplete = true;
    }

    /// Runs a built-in transformer; false if there is none of this kind.
    fn transformer(
        &mut self,
        plugin: &Resource,
        kind: &str,
        target: &Kustomization,
        sum: &mut Accumulator,
    ) -> Result<bool, Fault> {
        let settings = Settings::of(&plugin.value);
        let at = plugin.origin;
        let root = &target.folder;
        let specs = field_specs(&settings.parts("fieldSpecs"));
        let resources = &mut sum.resources;
        let result = match kind {
            "NamespaceTransformer" => {
                let subjects = match settings.str("setRoleBindingSubjects").as_str() {
                    "allServiceAccounts" => Subjects::AllServiceAccounts,
                    "none" => Subjects::None,
                    _ => Subjects::DefaultOnly,
                };
                let unset_only = settings.is_true("unsetOnly");
                match plugin.metadata("namespace") {
                    Some(value) => self.apply_namespace(&value, &specs, subjects, unset_only, at, resources),
                    None => Ok(()),
                }
            }
            "PrefixTransformer" => self.affix(End::Front, &settings.text("prefix"), &specs, resources),
            "SuffixTransformer" => self.affix(End::Back, &settings.text("suffix"), &specs, resources),
            "PrefixSuffixTransformer" => self
                .affix(End::Front, &settings.text("prefix"), &specs, resources)
                .and_then(|()| self.affix(End::Back, &settings.text("suffix"), &specs, resources)),
            "LabelTransformer" => {
                let pairs = settings.part("labels").unwrap_or_default().0;
                self.apply_labels(&pairs, &specs, at, resources)
            }
            "AnnotationsTransformer" => {
                let pairs = settings.part("annotations").unwrap_or_default().0;
                self.apply_labels(&pairs, &specs, at, resources)
            }
            "ImageTagTransformer" => {
                let image = settings.part("imageTag").unwrap_or_default();
                self.apply_image(&image, &specs, at, resources)
            }
            "ReplicaCountTransformer" => {
                let replica = settings.part("replica").unwrap_or_default();
                self.apply_replicas(&replica, &specs, at, resources)
            }
            "PatchTransformer" => self.apply_patch(&settings, at, root, resources),
            "PatchStrategicMergeTransformer" => {
                let mut items = settings.texts("paths");
                items.extend(Some(settings.text("patches")).filter(|text| !text.is_empty()));
                self.apply_strategic(&items, root, resources)
            }
            "PatchJson6902Transformer" => {
                let entry = Settings(settings.0.clone());
                if let Some(operations) = settings.get("jsonOp") {
                    entry.0.insert("patch", operations);
                }
                self.apply_json6902(&entry, at, root, resources)
            }
            "ReplacementTransformer" => {
                self.apply_replacements(&settings.items("replacements"), root, resources)
            }
            "ValueAddTransformer" => self.add_value(&settings, resources),
            _ => return Ok(false),
        };
        self.attempt(result, at)?;
        Ok(true)
    }

    fn affix(
        &mut self,
        end: End,
        text: &Text,
        specs: &[FieldSpec],
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        self.apply_affix(end, text, specs, resources)
    }

    /// Adds the label that says who made an object.
    pub(super) fn manage(&mut self, resources: &mut [Resource], tables: &Tables) -> Result<(), Fault> {
        let pairs = crate::value::Map::default();
        pairs.insert("app.kubernetes.io/managed-by", Value::Str(Text::plain("kustomize-v5.8.1")));
        self.apply_labels(&pairs, &tables.metadata_labels, OriginId::NONE, resources)
    }
}

/// The settings of a generator that stands in a file of its own: its name is that of its object if it says
/// no other.
fn with_metadata(settings: &Settings) -> Settings {
    let merged: crate::value::Map =
        settings.0.entries().iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Some(metadata) = settings.part("metadata") {
        for key in ["name", "namespace"] {
            if let Some(value) = metadata.get(key).filter(|_| merged.get(key).is_none()) {
                merged.insert(key, value);
            }
        }
    }
    Settings(merged)
}
