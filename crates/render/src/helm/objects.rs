//! What templates see beside their values: `.Chart`, `.Release`, `.Capabilities`, `.Files`.

use super::instance::{Instance, Sources};
use super::metadata::json_string;
use super::options::{KubeVersion, Options};
use crate::context::Context;
use crate::emit;
use crate::files::Blob;
use crate::origin::{FileId, FrameId, NO_OFFSET, Origin, OriginId, Origins};
use crate::text::Text;
use crate::value::{List, ListKind, Map, Object, Value};
use std::any::Any;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use syntax::Node;

/// The version of Helm that is stood in for.
const HELM: &[(&str, &str)] = &[
    ("Version", "v4.3.1"),
    ("GitCommit", "c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff"),
    ("GitTreeState", "clean"),
    ("GoVersion", "go1.27.2"),
    ("KubeClientVersion", "v1.37"),
];

/// The API versions that Helm takes for granted when it talks to no cluster.
const API_VERSIONS: &str = "v1 admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1alpha1 \
    admissionregistration.k8s.io/v1beta1 internal.apiserver.k8s.io/v1alpha1 apps/v1 apps/v1beta1 apps/v1beta2 \
    authentication.k8s.io/v1 authentication.k8s.io/v1alpha1 authentication.k8s.io/v1beta1 authorization.k8s.io/v1 \
    authorization.k8s.io/v1beta1 autoscaling/v1 autoscaling/v2 batch/v1 batch/v1beta1 certificates.k8s.io/v1 \
    certificates.k8s.io/v1beta1 certificates.k8s.io/v1alpha1 coordination.k8s.io/v1alpha2 \
    coordination.k8s.io/v1beta1 coordination.k8s.io/v1 discovery.k8s.io/v1 discovery.k8s.io/v1beta1 \
    events.k8s.io/v1 events.k8s.io/v1beta1 extensions/v1beta1 flowcontrol.apiserver.k8s.io/v1 \
    flowcontrol.apiserver.k8s.io/v1beta1 flowcontrol.apiserver.k8s.io/v1beta2 \
    flowcontrol.apiserver.k8s.io/v1beta3 lifecycle.k8s.io/v1alpha1 networking.k8s.io/v1 \
    networking.k8s.io/v1beta1 node.k8s.io/v1 node.k8s.io/v1alpha1 node.k8s.io/v1beta1 policy/v1 policy/v1beta1 \
    rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1 rbac.authorization.k8s.io/v1alpha1 \
    resource.k8s.io/v1 resource.k8s.io/v1beta2 resource.k8s.io/v1beta1 resource.k8s.io/v1alpha3 \
    scheduling.k8s.io/v1alpha3 scheduling.k8s.io/v1beta1 scheduling.k8s.io/v1 storage.k8s.io/v1beta1 \
    storage.k8s.io/v1 storage.k8s.io/v1alpha1 storagemigration.k8s.io/v1 storagemigration.k8s.io/v1beta1 \
    apiextensions.k8s.io/v1beta1 apiextensions.k8s.io/v1";

/// `.Release`.
pub(super) fn release(options: &Options) -> Value {
    Value::map([
        ("Name".into(), Value::str(options.release.as_str())),
        ("Namespace".into(), Value::str(options.namespace.as_str())),
        ("IsUpgrade".into(), Value::bool(options.upgrade)),
        ("IsInstall".into(), Value::bool(!options.upgrade)),
        ("Revision".into(), Value::int(1)),
        ("Service".into(), Value::str("Helm")),
    ])
}

/// A Go struct: its fields, and what its `String` method gives.
#[derive(Debug)]
struct Record {
    type_name: &'static str,
    kind: &'static str,
    fields: Vec<(&'static str, Value)>,
    text: Option<String>,
    shown: String,
}

impl Object for Record {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn kind(&self) -> &'static str {
        self.kind
    }

    fn field(&self, name: &str) -> Option<Value> {
        if name == "String" {
            return self.text.as_deref().map(Value::str);
        }
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
    }

    fn call(&self, _: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        arguments.is_empty().then(|| self.field(name)).flatten().map(Ok)
    }

    fn display(&self) -> String {
        self.shown.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions`.
#[derive(Debug)]
struct VersionSet(Vec<String>);

impl Object for VersionSet {
    fn type_name(&self) -> &'static str {
        "common.VersionSet"
    }

    fn kind(&self) -> &'static str {
        "slice"
    }

    fn field(&self, _: &str) -> Option<Value> {
        None
    }

    fn call(&self, _: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        if name != "Has" {
            return None;
        }
        Some(match arguments {
            [Value::Str(text)] => {
                let wanted = text.str();
                Ok(Value::bool(self.0.iter().any(|version| *version == wanted)))
            }
            [other] => Err(format!("wrong type for value; expected string; got {}", other.type_name())),
            _ => Err(format!("wrong number of args for Has: want 1 got {}", arguments.len())),
        })
    }

    fn underlying(&self) -> Option<Value> {
        let items = self.0.iter().map(|version| Value::str(version.as_str())).collect();
        Some(Value::List(List::of(items, ListKind::Strings), OriginId::NONE))
    }

    fn display(&self) -> String {
        format!("[{}]", self.0.join(" "))
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities`.
pub(super) fn capabilities(kube: &KubeVersion, more: &[String]) -> Value {
    let object = |record: Record| Value::Object(Rc::new(record), OriginId::NONE);
    let field = |name, text: &str| (name, Value::str(text));
    let kube_shown = format!("{{{} {} {} {}}}", kube.version, kube.normal, kube.major, kube.minor);
    let versions = Record {
        type_name: "common.KubeVersion",
        kind: "struct",
        fields: vec![
            field("Version", &kube.version),
            field("GitVersion", &kube.version),
            field("Major", &kube.major),
            field("Minor", &kube.minor),
        ],
        text: Some(kube.normal.clone()),
        // It has a method `String`, so that is what is printed.
        shown: kube.normal.clone(),
    };
    let words: Vec<&str> = HELM.iter().map(|(_, value)| *value).collect();
    let helm_shown = format!("{{{}}}", words.join(" "));
    let helm = Record {
        type_name: "version.BuildInfo",
        kind: "struct",
        fields: HELM.iter().map(|(name, value)| (*name, Value::str(*value))).collect(),
        text: None,
        shown: helm_shown.clone(),
    };
    let mut list: Vec<String> = API_VERSIONS.split_whitespace().map(str::to_owned).collect();
    list.extend(more.iter().cloned());
    let set = VersionSet(list);
    let shown = format!("{{{kube_shown} {} {helm_shown}}}", set.display());
    let versions = object(versions);
    object(Record {
        type_name: "*common.Capabilities",
        kind: "ptr",
        fields: vec![
            ("KubeVersion", versions),
            ("APIVersions", Value::Object(Rc::new(set), OriginId::NONE)),
            ("HelmVersion", object(helm)),
        ],
        text: None,
        shown,
    })
}

/// `.Chart`: the fields of `Chart.yaml` in capitals, each with its origin.
pub(super) fn chart(instance: &Instance<'_>, root: bool, sources: &mut Sources) -> Value {
    let metadata = &instance.chart.metadata;
    let tree = &metadata.tree;
    let file = sources.file(tree);
    let node = tree.roots().next();
    let origins = &mut sources.origins;
    let origin = node.map_or(OriginId::NONE, |node| origins.node(file, node.id()));
    let fields = Fields { file, node, origin };
    let map = Map::default();
    for (name, key) in [
        ("APIVersion", "apiVersion"),
        ("AppVersion", "appVersion"),
        ("Condition", "condition"),
        ("Description", "description"),
        ("Home", "home"),
        ("Icon", "icon"),
        ("KubeVersion", "kubeVersion"),
        ("Tags", "tags"),
        ("Type", "type"),
        ("Version", "version"),
        ("Name", "name"),
    ] {
        map.insert(name, fields.text(origins, key));
    }
    if metadata.api_version == "v1" && node.is_none_or(|node| !node.get("apiVersion").is_set()) {
        map.insert("APIVersion", Value::str("v1"));
    }
    if instance.name != metadata.name {
        map.insert("Name", Value::str(instance.name.as_str()));
    }
    map.insert("IsRoot", Value::bool(root));
    map.insert("Deprecated", Value::Bool(metadata.deprecated, fields.of(origins, "deprecated")));
    map.insert("Keywords", fields.texts(origins, "keywords"));
    map.insert("Sources", fields.texts(origins, "sources"));
    map.insert("Annotations", fields.annotations(origins));
    map.insert("Maintainers", fields.maintainers(origins));
    let mut list = Vec::new();
    for dependency in instance.declared.iter().flatten() {
        let entry = metadata.entry(dependency.entry);
        let (tree, in_requirements) = (metadata.requirements.as_ref(), dependency.entry.in_requirements);
        let file =
            sources.file(if in_requirements { tree.unwrap_or(&metadata.tree) } else { &metadata.tree });
        let origins = &mut sources.origins;
        let origin = origins.node(file, entry.id());
        let fields = Fields { file, node: Some(entry), origin };
        let imports = dependency.entry.imports.iter().map(|import| {
            Value::map([
                ("child".into(), Value::str(import.child.as_str())),
                ("parent".into(), Value::str(import.parent.as_str())),
            ])
        });
        let imports = Value::list(imports.collect());
        let value = Value::map([
            ("Name".into(), Value::str(dependency.name)),
            ("Alias".into(), fields.text(origins, "alias")),
            ("Condition".into(), fields.text(origins, "condition")),
            ("Enabled".into(), Value::bool(true)),
            ("ImportValues".into(), imports),
            ("Repository".into(), fields.text(origins, "repository")),
            ("Tags".into(), fields.texts(origins, "tags")),
            ("Version".into(), fields.text(origins, "version")),
        ]);
        list.push(value.with_origin(origin));
    }
    map.insert("Dependencies", Value::list(list));
    Value::Map(map, origin)
}

struct Fields<'a> {
    file: FileId,
    node: Option<Node<'a>>,
    origin: OriginId,
}

impl Fields<'_> {
    fn of(&self, origins: &mut Origins, key: &str) -> OriginId {
        match self.node.map(|node| node.get(key)) {
            Some(node) if node.exists() => origins.node(self.file, node.id()),
            _ => origins.missing(self.origin, key),
        }
    }

    fn text(&self, origins: &mut Origins, key: &str) -> Value {
        let text = self.node.and_then(|node| json_string(node.get(key))).unwrap_or_default();
        let origin = self.of(origins, key);
        Value::Str(Text::new(text.into_bytes(), origin, NO_OFFSET))
    }

    fn texts(&self, origins: &mut Origins, key: &str) -> Value {
        let items = self.node.map(|node| node.get(key).items());
        let mut list = Vec::new();
        for item in items.into_iter().flatten() {
            let origin = origins.node(self.file, item.id());
            let text = json_string(item).unwrap_or_default();
            list.push(Value::Str(Text::new(text.into_bytes(), origin, NO_OFFSET)));
        }
        Value::list(list).with_origin(self.of(origins, key))
    }

    fn annotations(&self, origins: &mut Origins) -> Value {
        let map = Map::typed("map[string]string");
        let entries = self.node.map(|node| node.get("annotations").entries());
        for (key, value) in entries.into_iter().flatten() {
            let origin = origins.node(self.file, value.id());
            let text = json_string(value).unwrap_or_default();
            map.insert(
                crate::value::key_text(key, value),
                Value::Str(Text::new(text.into_bytes(), origin, NO_OFFSET)),
            );
        }
        Value::Map(map, self.of(origins, "annotations"))
    }

    fn maintainers(&self, origins: &mut Origins) -> Value {
        let items = self.node.map(|node| node.get("maintainers").items());
        let mut list = Vec::new();
        for item in items.into_iter().flatten() {
            let origin = origins.node(self.file, item.id());
            let fields = Fields { file: self.file, node: Some(item), origin };
            let maintainer = Value::map([
                ("Name".into(), fields.text(origins, "name")),
                ("Email".into(), fields.text(origins, "email")),
                ("URL".into(), fields.text(origins, "url")),
            ]);
            list.push(maintainer.with_origin(origin));
        }
        Value::list(list).with_origin(self.of(origins, "maintainers"))
    }
}

/// `.Files`: the chart's files but for templates, values and metadata.
#[derive(Clone, Debug)]
pub(super) struct ChartFiles {
    files: Rc<BTreeMap<Rc<str>, Blob>>,
    /// Those that were read take part in the rendering.
    known: Rc<RefCell<HashMap<Rc<str>, OriginId>>>,
}

impl ChartFiles {
    pub(super) fn new(files: &[(Arc<str>, Blob)]) -> Self {
        Self {
            files: Rc::new(files.iter().map(|(path, blob)| (Rc::from(&**path), blob.clone())).collect()),
            known: Rc::default(),
        }
    }

    pub(super) fn value(self) -> Value {
        Value::Object(Rc::new(self), OriginId::NONE)
    }

    /// Contents of a file; nothing if there is none of that name.
    fn contents(&self, origins: &mut Origins, path: &str) -> Text {
        let Some((path, blob)) = self.files.get_key_value(path) else { return Text::default() };
        let Some(source) = blob.text() else { return Text::plain(blob.bytes()) };
        let mut known = self.known.borrow_mut();
        let origin = *known.entry(path.clone()).or_insert_with(|| {
            let file = origins.add_text(source.clone());
            origins.intern(Origin::Literal { file, frame: FrameId::ROOT })
        });
        Text::new(blob.bytes(), origin, 0)
    }

    fn glob(&self, pattern: &str) -> Self {
        let glob = super::glob::Glob::files(pattern);
        let fits = |path: &str| glob.as_ref().is_none_or(|glob| glob.matches(path));
        let files = self.files.iter().filter(|(path, _)| fits(path));
        let files = files.map(|(path, blob)| (path.clone(), blob.clone())).collect();
        Self { files: Rc::new(files), known: self.known.clone() }
    }

    fn lines(&self, origins: &mut Origins, path: &str) -> Value {
        let text = self.contents(origins, path);
        let bytes = text.bytes();
        let end = if bytes.ends_with(b"\n") { bytes.len() - 1 } else { bytes.len() };
        let mut lines = Vec::new();
        let mut start = 0;
        if !bytes.is_empty() {
            for line in bytes.get(..end).unwrap_or_default().split(|byte| *byte == b'\n') {
                lines.push(Value::Str(text.slice(start, start + line.len())));
                start += line.len() + 1;
            }
        }
        Value::List(List::of(lines, ListKind::Strings), OriginId::NONE)
    }

    /// `AsConfig` and `AsSecrets`: by last part of the path, as YAML.
    fn object(&self, origins: &mut Origins, secret: bool) -> Result<Value, String> {
        let map = Map::default();
        for path in self.files.keys() {
            let text = self.contents(origins, path);
            let text = if secret {
                let origin = text.origin(origins);
                Text::derived(base64(text.bytes()), origin)
            } else {
                text
            };
            let base = path.rsplit('/').next().unwrap_or(path);
            map.insert(base, Value::Str(text));
        }
        // Writing YAML takes a context, of which only the origins are at hand.
        let mut context = Context::new(0);
        std::mem::swap(&mut context.origins, origins);
        let text = emit::to_yaml(&mut context, &Value::Map(map, OriginId::NONE));
        std::mem::swap(&mut context.origins, origins);
        text.map(Value::Str)
    }
}

impl Object for ChartFiles {
    fn type_name(&self) -> &'static str {
        "engine.files"
    }

    fn kind(&self) -> &'static str {
        "map"
    }

    fn field(&self, _: &str) -> Option<Value> {
        None
    }

    fn call(&self, origins: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        let wanted = match name {
            "Get" | "GetBytes" | "Glob" | "Lines" => 1,
            "AsConfig" | "AsSecrets" => 0,
            _ => return None,
        };
        if arguments.len() != wanted {
            let got = arguments.len();
            return Some(Err(format!("wrong number of args for {name}: want {wanted} got {got}")));
        }
        let argument = match arguments.first() {
            None => String::new(),
            Some(Value::Str(text)) => text.str().into_owned(),
            Some(other) => {
                let got = other.type_name();
                return Some(Err(format!("wrong type for value; expected string; got {got}")));
            }
        };
        Some(match name {
            "Get" | "GetBytes" => Ok(Value::Str(self.contents(origins, &argument))),
            "Glob" => Ok(self.glob(&argument).value()),
            "Lines" => Ok(self.lines(origins, &argument)),
            _ => self.object(origins, name == "AsSecrets"),
        })
    }

    fn underlying(&self) -> Option<Value> {
        let entries = self.files.iter().map(|(path, blob)| {
            let known = self.known.borrow().get(path).copied();
            let text =
                known.map_or_else(|| Text::plain(blob.bytes()), |origin| Text::new(blob.bytes(), origin, 0));
            (path.clone(), Value::Str(text))
        });
        Some(Value::map(entries.collect::<Vec<_>>()))
    }

    fn display(&self) -> String {
        let entries: Vec<String> = self.files.keys().map(|path| format!("{path}:[...]")).collect();
        format!("map[{}]", entries.join(" "))
    }

    fn truth(&self) -> bool {
        !self.files.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Base64, the standard alphabet, padded.
fn base64(bytes: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let index = (word >> (18 - 6 * digit)) & 63;
            let known = digit <= chunk.len();
            out.push(if known { ALPHABET.get(index as usize).copied().unwrap_or(b'=') } else { b'=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes() {
        for (plain, coded) in [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("abcd", "YWJjZA==")]
        {
            assert_eq!(base64(plain.as_bytes()), coded.as_bytes());
        }
    }
}
