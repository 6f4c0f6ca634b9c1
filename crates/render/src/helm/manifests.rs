//! Rendered text to documents, in Helm's order: objects by kind, then hooks.

use super::metadata::json_string;
use crate::origin::{NO_OFFSET, OriginId, Run};
use crate::output::{Hook, Manifest};
use crate::text::{Text, TextBuf};
use std::sync::Arc;
use syntax::{Kind, Node, SourceText, SyntaxError, Tree, yaml};

/// The order in which Helm installs kinds. Others come after, by name.
const ORDER: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The events that hooks may be for. Helm leaves out an object with any other.
const EVENTS: &[&str] = &[
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// A document of a rendered template.
#[derive(Debug)]
pub(super) struct Rendered {
    kind: String,
    manifest: Manifest,
}

/// A document that is no YAML.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) error: SyntaxError,
    /// The run that the place of the error belongs to, and the byte in it.
    pub(super) run: Option<(Run, u32)>,
}

/// Takes out what Go writes for a value that is not there.
pub(super) fn without_no_value(text: Text) -> Text {
    const MARK: &[u8] = b"<no value>";
    if !text.bytes().windows(MARK.len()).any(|window| window == MARK) {
        return text;
    }
    let mut out = TextBuf::default();
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        if text.bytes().get(at..).is_some_and(|rest| rest.starts_with(MARK)) {
            out.push_slice(&text, from, at);
            at += MARK.len();
            from = at;
        } else {
            at += 1;
        }
    }
    out.push_slice(&text, from, text.len());
    out.finish()
}

/// Cuts a rendered text into documents and sorts them by what they are. Gives those that can't be used.
pub(super) fn collect(
    name: &Arc<str>,
    text: &Text,
    objects: &mut Vec<Rendered>,
    hooks: &mut Vec<Rendered>,
) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (start, end) in documents(text.bytes()) {
        let part = text.slice(start, end);
        let runs = part.runs().into_owned();
        let (text, runs) = match String::from_utf8(part.bytes().to_vec()) {
            Ok(text) => (text, runs),
            // Places do not hold when bytes are replaced.
            Err(error) => (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                vec![Run { at: 0, origin: OriginId::NONE, offset: NO_OFFSET }],
            ),
        };
        let source = Arc::new(SourceText::new(name.clone(), text));
        let tree = yaml::parse(source.clone());
        let (kind, hook) = match inspect(&tree) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(error) => {
                let run = crate::output::run_at(&runs, error.span.start).copied();
                let run = run.map(|run| (run, error.span.start - run.at));
                broken.push(Broken { error, run });
                continue;
            }
        };
        let list = if hook.is_some() { &mut *hooks } else { &mut *objects };
        let text = source.text().to_owned();
        list.push(Rendered { kind, manifest: Manifest { name: name.clone(), text, runs, hook } });
    }
    broken
}

/// Kind of a document, and what it is as a hook; none if Helm drops it.
fn inspect(tree: &Tree) -> Result<Option<(String, Option<Hook>)>, SyntaxError> {
    if let Some(error) = tree.errors().iter().find(|error| error.lost) {
        return Err(error.clone());
    }
    let Some(root) = tree.roots().next().filter(|root| root.is_set()) else { return Ok(None) };
    if !root.is_map() {
        let found = match root.kind() {
            Kind::Seq => "array",
            Kind::Bool => "bool",
            Kind::Int | Kind::Float => "number",
            Kind::Null | Kind::Str | Kind::Map => "string",
        };
        return Err(SyntaxError::new(
            root.head_span(),
            format!(
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value of \
                 type util.SimpleHead"
            ),
        ));
    }
    let kind = json_string(root.get("kind")).unwrap_or_default();
    Ok(hook(root).ok().map(|hook| (kind, hook)))
}

/// An event that Helm does not know.
struct Unknown;

fn hook(root: Node<'_>) -> Result<Option<Hook>, Unknown> {
    let annotations = root.at("metadata.annotations");
    let Some(listed) = annotations.get("helm.sh/hook").scalar() else { return Ok(None) };
    let mut events = Vec::new();
    for event in listed.split(',') {
        let event = event.trim().to_lowercase();
        if !EVENTS.contains(&event.as_str()) {
            return Err(Unknown);
        }
        events.push(if event == "test-success" { "test".to_owned() } else { event });
    }
    let weight = annotations.get("helm.sh/hook-weight").scalar();
    let weight = weight.and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Some(Hook { events, weight }))
}

/// All documents in the order in which Helm prints them.
pub(super) fn ordered(mut objects: Vec<Rendered>, mut hooks: Vec<Rendered>, tests: bool) -> Vec<Manifest> {
    let place = |rendered: &Rendered| {
        let known = ORDER.iter().position(|kind| *kind == rendered.kind);
        known.map_or_else(|| (ORDER.len(), rendered.kind.clone()), |place| (place, String::new()))
    };
    objects.sort_by_cached_key(place);
    hooks.sort_by_cached_key(place);
    hooks.retain(|rendered| tests || !rendered.manifest.hook.as_ref().is_some_and(Hook::is_test));
    objects.into_iter().chain(hooks).map(|rendered| rendered.manifest).collect()
}

/// The documents of a text: split where a line begins with `---`, whatever stands around it, as Helm does. The
/// space before a document is not part of it, that behind is (a block scalar may keep its line feeds).
fn documents(bytes: &[u8]) -> Vec<(usize, usize)> {
    let space = |at: usize| {
        bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x0b'))
    };
    let after_space = |mut at: usize| {
        while space(at) {
            at += 1;
        }
        at
    };
    let mut list = Vec::new();
    let mut from = after_space(0);
    let mut line = from;
    while line < bytes.len() {
        let rest = bytes.get(line..).unwrap_or_default();
        if rest.starts_with(b"---") {
            list.push((from, line));
            from = after_space(line + 3);
            line = from;
            // What the space behind a separator ends in is no beginning of a line to Helm.
            if bytes.get(line.wrapping_sub(1)).is_none_or(|byte| *byte != b'\n') {
                line = next_line(bytes, line);
            }
        } else {
            line = next_line(bytes, line);
        }
    }
    list.push((from, bytes.len()));
    list.retain(|(start, end)| after_space(*start) < *end);
    list
}

fn next_line(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length + 1)
}

/// A file of `crds/`, which is no template.
pub(super) fn definition(name: Arc<str>, text: &Text) -> Manifest {
    Manifest { name, text: text.str().into_owned(), runs: text.runs().into_owned(), hook: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_helm_does() {
        let cut = |text: &str| -> Vec<String> {
            documents(text.as_bytes()).into_iter().map(|(a, b)| text.get(a..b).unwrap().to_owned()).collect()
        };
        assert_eq!(cut("a: 1\n---\nb: 2\n"), ["a: 1\n", "b: 2\n"]);
        assert_eq!(cut("---\na: 1\n\n---   \n\nb: 2\n---\n"), ["a: 1\n\n", "b: 2\n"]);
        assert_eq!(cut("--- # c\na: 1"), ["# c\na: 1"]);
        assert_eq!(cut("x: |\n  ---\ny: 1"), ["x: |\n  ---\ny: 1"]);
        assert_eq!(cut(""), Vec::<String>::new());
    }
}
