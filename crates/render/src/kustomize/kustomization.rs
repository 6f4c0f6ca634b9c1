//! Kustomization files: their fields, checked as strictly as Kustomize checks them.

use super::fault::Fault;
use super::loader::{Loader, shown};
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{List, Map, Value};
use model::Span;
use std::sync::Arc;
use syntax::{Kind, Node, SyntaxError};

/// What a field may hold.
pub(super) enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// Anything.
    Any,
    /// A list of items of one shape.
    List(&'static Shape),
    /// A map of strings.
    Texts,
    /// Named fields.
    Fields(&'static [(&'static str, Shape)]),
}

use Shape::{Any, Bool, Fields, Int, Text as Str, Texts};

const STRS: Shape = Shape::List(&Str);

const SELECTOR: &[(&str, Shape)] = &[
    ("group", Str),
    ("version", Str),
    ("kind", Str),
    ("name", Str),
    ("namespace", Str),
    ("annotationSelector", Str),
    ("labelSelector", Str),
];

const PATCH: &[(&str, Shape)] = &[
    ("path", Str),
    ("patch", Str),
    ("target", Fields(SELECTOR)),
    ("options", Fields(&[("allowNameChange", Bool), ("allowKindChange", Bool)])),
];

const FIELD_SPEC: &[(&str, Shape)] =
    &[("group", Str), ("version", Str), ("kind", Str), ("path", Str), ("create", Bool)];

const OBJECT_META: &[(&str, Shape)] =
    &[("name", Str), ("namespace", Str), ("labels", Texts), ("annotations", Texts)];

const GENERATOR_OPTIONS: &[(&str, Shape)] =
    &[("labels", Texts), ("annotations", Texts), ("disableNameSuffixHash", Bool), ("immutable", Bool)];

const CONFIG_MAP: &[(&str, Shape)] = &[
    ("namespace", Str),
    ("name", Str),
    ("behavior", Str),
    ("literals", STRS),
    ("files", STRS),
    ("envs", STRS),
    ("env", Str),
    ("options", Fields(GENERATOR_OPTIONS)),
];

const SECRET: &[(&str, Shape)] = &[
    ("namespace", Str),
    ("name", Str),
    ("behavior", Str),
    ("literals", STRS),
    ("files", STRS),
    ("envs", STRS),
    ("env", Str),
    ("options", Fields(GENERATOR_OPTIONS)),
    ("type", Str),
];

const IMAGE: &[(&str, Shape)] =
    &[("name", Str), ("newName", Str), ("tagSuffix", Str), ("newTag", Str), ("digest", Str)];

const REPLACEMENT_OPTIONS: &[(&str, Shape)] =
    &[("delimiter", Str), ("index", Int), ("encoding", Str), ("create", Bool)];

const REPLACEMENT: &[(&str, Shape)] = &[
    ("path", Str),
    (
        "source",
        Fields(&[
            ("group", Str),
            ("version", Str),
            ("kind", Str),
            ("name", Str),
            ("namespace", Str),
            ("fieldPath", Str),
            ("options", Fields(REPLACEMENT_OPTIONS)),
        ]),
    ),
    ("sourceValue", Str),
    (
        "targets",
        Shape::List(&Fields(&[
            ("select", Fields(SELECTOR)),
            ("reject", Shape::List(&Fields(SELECTOR))),
            ("fieldPaths", STRS),
            ("options", Fields(REPLACEMENT_OPTIONS)),
        ])),
    ),
];

const VAR: &[(&str, Shape)] = &[
    ("name", Str),
    (
        "objref",
        Fields(&[
            ("apiVersion", Str),
            ("group", Str),
            ("version", Str),
            ("kind", Str),
            ("name", Str),
            ("namespace", Str),
        ]),
    ),
    ("fieldref", Fields(&[("fieldpath", Str)])),
];

const LABEL: &[(&str, Shape)] = &[
    ("pairs", Texts),
    ("includeSelectors", Bool),
    ("includeTemplates", Bool),
    ("fields", Shape::List(&Fields(FIELD_SPEC))),
];

const HELM_GLOBALS: &[(&str, Shape)] = &[("chartHome", Str), ("configHome", Str)];

const HELM_CHART: &[(&str, Shape)] = &[
    ("name", Str),
    ("version", Str),
    ("repo", Str),
    ("releaseName", Str),
    ("namespace", Str),
    ("valuesFile", Str),
    ("additionalValuesFiles", STRS),
    ("valuesInline", Any),
    ("valuesMerge", Str),
    ("includeCRDs", Bool),
    ("skipHooks", Bool),
    ("skipTests", Bool),
    ("apiVersions", STRS),
    ("kubeVersion", Str),
    ("nameTemplate", Str),
    ("debug", Bool),
    ("devel", Bool),
];

const HELM_ARGS: &[(&str, Shape)] = &[
    ("chartName", Str),
    ("chartVersion", Str),
    ("chartRepoUrl", Str),
    ("chartHome", Str),
    ("chartRepoName", Str),
    ("helmBin", Str),
    ("helmHome", Str),
    ("values", Str),
    ("valuesLocal", Any),
    ("valuesMerge", Str),
    ("releaseName", Str),
    ("releaseNamespace", Str),
    ("extraArgs", STRS),
];

/// All fields of a kustomization file.
const KUSTOMIZATION: &[(&str, Shape)] = &[
    ("kind", Str),
    ("apiVersion", Str),
    ("metadata", Fields(OBJECT_META)),
    ("openapi", Texts),
    ("namePrefix", Str),
    ("nameSuffix", Str),
    ("namespace", Str),
    ("commonLabels", Texts),
    ("labels", Shape::List(&Fields(LABEL))),
    ("commonAnnotations", Texts),
    ("patchesStrategicMerge", STRS),
    ("patchesJson6902", Shape::List(&Fields(PATCH))),
    ("patches", Shape::List(&Fields(PATCH))),
    ("images", Shape::List(&Fields(IMAGE))),
    ("imageTags", Shape::List(&Fields(IMAGE))),
    ("replacements", Shape::List(&Fields(REPLACEMENT))),
    ("replicas", Shape::List(&Fields(&[("name", Str), ("count", Int)]))),
    ("vars", Shape::List(&Fields(VAR))),
    (
        "sortOptions",
        Fields(&[
            ("order", Str),
            ("legacySortOptions", Fields(&[("orderFirst", STRS), ("orderLast", STRS)])),
        ]),
    ),
    ("resources", STRS),
    ("components", STRS),
    ("crds", STRS),
    ("bases", STRS),
    ("configMapGenerator", Shape::List(&Fields(CONFIG_MAP))),
    ("secretGenerator", Shape::List(&Fields(SECRET))),
    ("helmGlobals", Fields(HELM_GLOBALS)),
    ("helmCharts", Shape::List(&Fields(HELM_CHART))),
    ("helmChartInflationGenerator", Shape::List(&Fields(HELM_ARGS))),
    ("generatorOptions", Fields(GENERATOR_OPTIONS)),
    ("configurations", STRS),
    ("generators", STRS),
    ("transformers", STRS),
    ("validators", STRS),
    ("buildMetadata", STRS),
];

/// A kustomization file that was read and found in order.
#[derive(Clone, Debug)]
pub(super) struct Kustomization {
    /// Its fields.
    pub(super) fields: Settings,
    /// Its folder.
    pub(super) folder: String,
    /// The name of its file.
    pub(super) file: Arc<str>,
    /// Where it stands.
    pub(super) at: OriginId,
    /// True for a Component.
    pub(super) component: bool,
}

/// Fields of a kustomization file or of one of its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings(pub(super) Map);

impl Settings {
    /// The fields of a map; none for anything else.
    pub(super) fn of(value: &Value) -> Self {
        Self(value.as_map().cloned().unwrap_or_default())
    }

    /// A field that is there and not null.
    pub(super) fn get(&self, key: &str) -> Option<Value> {
        self.0.get(key).filter(|value| !value.is_nil())
    }

    /// A string; empty if it is not there.
    pub(super) fn text(&self, key: &str) -> Text {
        self.get(key).and_then(|value| value.as_text().cloned()).unwrap_or_default()
    }

    /// The same without its origin.
    pub(super) fn str(&self, key: &str) -> String {
        self.text(key).str().into_owned()
    }

    /// True if the field is there and true.
    pub(super) fn is_true(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Bool(true, _)))
    }

    /// The items of a list.
    pub(super) fn items(&self, key: &str) -> Vec<Value> {
        self.get(key).and_then(|value| value.as_items().map(<[Value]>::to_vec)).unwrap_or_default()
    }

    /// The strings of a list; what is null counts as empty.
    pub(super) fn texts(&self, key: &str) -> Vec<Text> {
        let text = |value: Value| value.as_text().cloned().unwrap_or_default();
        self.items(key).into_iter().map(text).collect()
    }

    /// The parts of a list that have fields of their own.
    pub(super) fn parts(&self, key: &str) -> Vec<(Self, Value)> {
        self.items(key).into_iter().map(|item| (Self::of(&item), item)).collect()
    }

    /// A field with fields of its own.
    pub(super) fn part(&self, key: &str) -> Option<Self> {
        self.get(key).map(|value| Self::of(&value))
    }
}

impl Loader<'_> {
    /// Reads the kustomization file of a folder.
    pub(super) fn load(&mut self, folder: &str, at: OriginId) -> Result<Kustomization, Fault> {
        let source = self.kustomization(folder, at)?;
        let parsed = self.parse(&source);
        let wrong = |words: String, at| Fault::new(format!("invalid Kustomization: {words}"), at);
        // Kustomize reads the first document only, and of a key given twice the last value.
        let first = parsed.tree.documents().first();
        let end = first.map_or(0, |first| first.span.end);
        let lost = |error: &&SyntaxError| error.lost && error.span.start <= end;
        if let Some(error) = parsed.tree.errors().iter().find(lost) {
            let line = source.line_of(error.span.start);
            let message = format!("invalid Kustomization: yaml: line {line}: {}", error.message);
            return Err(Fault::in_text(message, parsed.file, error.span));
        }
        let Some(root) = first.and_then(|first| first.root).map(|root| parsed.tree.node(root)) else {
            return Err(Fault::in_text("kustomization.yaml is empty", parsed.file, Span::new(0, 0)));
        };
        let place = self.context.origins.node(parsed.file, root.id());
        let value = self.value(parsed.file, root, None)?;
        if value.is_nil() {
            return Err(Fault::new("kustomization.yaml is empty", place));
        }
        if !matches!(value, Value::Map(..)) {
            let found = json_type(&value);
            let message = format!("json: cannot unmarshal {found} into Go value of type types.Kustomization");
            return Err(wrong(message, place));
        }
        let value = self.shaped(&value, &Fields(KUSTOMIZATION), "").map_err(|f| wrong(f.message, f.at))?;
        let fields = Settings::of(&value);
        let kind = fields.str("kind");
        let component = kind == "Component";
        self.check_kind(&fields, &kind, folder, place)?;
        if fields.0.entries().iter().all(|(key, value)| is_empty(key, value)) {
            return Err(Fault::new("kustomization.yaml is empty", place));
        }
        Ok(Kustomization {
            fields,
            folder: folder.to_owned(),
            file: source.name().clone(),
            at: place,
            component,
        })
    }

    fn check_kind(&mut self, fields: &Settings, kind: &str, folder: &str, at: OriginId) -> Result<(), Fault> {
        let wanted = match kind {
            "Component" => "kustomize.config.k8s.io/v1alpha1",
            _ => "kustomize.config.k8s.io/v1beta1",
        };
        let version = fields.str("apiVersion");
        let mut mistakes = Vec::new();
        let mut place = at;
        if !matches!(kind, "" | "Kustomization" | "Component") {
            mistakes.push("kind should be Kustomization or Component".to_owned());
            place = self.origin_of(fields, "kind");
        }
        if !version.is_empty() && version != wanted {
            let kind = if kind.is_empty() { "Kustomization" } else { kind };
            mistakes.push(format!("apiVersion for {kind} should be {wanted}"));
            place = self.origin_of(fields, "apiVersion");
        }
        if mistakes.is_empty() {
            return Ok(());
        }
        let folder = shown(folder);
        Err(Fault::new(
            format!("Failed to read kustomization file under {folder}:\n{}", mistakes.join("\n")),
            place,
        ))
    }

    /// Where a field stands.
    pub(super) fn origin_of(&mut self, fields: &Settings, key: &str) -> OriginId {
        fields.0.get(key).map_or(OriginId::NONE, |value| value.origin(&mut self.context.origins))
    }

    /// A value with the fields of its shape, under their own names (which are read in any case, as Go reads
    /// JSON).
    fn shaped(&mut self, value: &Value, shape: &Shape, path: &str) -> Result<Value, Fault> {
        let at = value.origin(&mut self.context.origins);
        if value.is_nil() {
            return Ok(value.clone());
        }
        let wrong = |wanted: &str| {
            let found = json_type(value);
            let owner = owner(path);
            let message = format!(
                "json: cannot unmarshal {found} into Go struct field {owner}.{path} of type {wanted}"
            );
            Fault::new(message, at)
        };
        match (shape, value) {
            (Any, _) | (Bool, Value::Bool(..)) | (Int, Value::Int(..)) => Ok(value.clone()),
            // Kustomization files are read as YAML 1.1 is, where `yes` is a boolean.
            (Str | Bool, Value::Str(text)) => {
                let bare = self.context.origins.node_of(at).is_some_and(|node| node.kind() == Kind::Bool);
                match (shape, bare) {
                    (Str, false) => Ok(value.clone()),
                    (Bool, true) => Ok(Value::Bool(syntax::scalar::is_true(&text.str()), at)),
                    (Str, true) => {
                        let owner = owner(path);
                        let message = format!(
                            "json: cannot unmarshal bool into Go struct field {owner}.{path} of type string"
                        );
                        Err(Fault::new(message, at))
                    }
                    _ => Err(wrong("bool")),
                }
            }
            (Shape::List(item), Value::List(list, origin)) => {
                let items = list.items().iter().map(|value| self.shaped(value, item, path));
                Ok(Value::List(List::new(items.collect::<Result<_, _>>()?), *origin))
            }
            (Texts, Value::Map(map, origin)) => {
                let entries = map.entries().clone();
                let shaped = entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, self.shaped(&value, &Str, path)?)))
                    .collect::<Result<Vec<_>, Fault>>()?;
                Ok(Value::Map(shaped.into_iter().collect(), *origin))
            }
            (Fields(fields), Value::Map(map, origin)) => {
                let entries = map.entries().clone();
                let shaped = Map::default();
                for (key, value) in entries {
                    let known = fields
                        .iter()
                        .find(|(name, _)| **name == *key)
                        .or_else(|| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(&key)));
                    let Some((name, shape)) = known else {
                        let place = value.origin(&mut self.context.origins);
                        return Err(Fault::new(format!("json: unknown field {key:?}"), place));
                    };
                    let path = if path.is_empty() { (*name).to_owned() } else { format!("{path}.{name}") };
                    shaped.insert(*name, self.shaped(&value, shape, &path)?);
                }
                Ok(Value::Map(shaped, *origin))
            }
            (Str, _) => Err(wrong("string")),
            (Bool, _) => Err(wrong("bool")),
            (Int, _) => Err(wrong("int64")),
            (Shape::List(Str), _) => Err(wrong("[]string")),
            (Shape::List(_), _) => Err(wrong("a list")),
            (Texts, _) => Err(wrong("map[string]string")),
            (Fields(_), _) => Err(wrong("an object")),
        }
    }
}

/// What JSON calls a value.
fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Bool(..) => "bool",
        Value::Int(..) | Value::Float(..) => "number",
        Value::List(..) => "array",
        Value::Map(..) => "object",
        Value::Str(_) | Value::Nil(_) | Value::Object(..) => "string",
    }
}

/// The Go type whose field a path leads to, as far as messages name it.
fn owner(path: &str) -> &'static str {
    match path.split('.').next_back() {
        Some("group" | "version" | "kind" | "apiVersion") => "Kustomization",
        _ => match path.split_once('.').map(|(list, _)| list) {
            Some("images" | "imageTags") => "Image",
            Some("replicas") => "Replica",
            Some("labels") => "Label",
            Some("patches" | "patchesJson6902") => "Patch",
            Some("vars") => "Var",
            _ => "Kustomization",
        },
    }
}

/// True for a field that says nothing by itself.
fn is_empty(key: &str, value: &Value) -> bool {
    matches!(key, "kind" | "apiVersion")
        || value.is_nil()
        || match value {
            Value::Str(text) => text.is_empty(),
            Value::List(list, _) => list.items().is_empty(),
            Value::Map(map, _) => {
                map.is_empty()
                    && !matches!(key, "metadata" | "sortOptions" | "helmGlobals" | "generatorOptions")
            }
            _ => false,
        }
}

/// What a kustomization file names that may be another kustomization.
pub(super) fn references(root: Node<'_>) -> impl Iterator<Item = &str> {
    ["resources", "bases", "components", "generators", "transformers", "validators"]
        .into_iter()
        .flat_map(move |key| root.get(key).items())
        .filter_map(Node::as_str)
}
