//! Rendered text to documents, in Helm's order: objects by kind, then hooks.

use crate::origin::{NO_OFFSET, OriginId, Run};
use crate::output::{Hook, Manifest};
use crate::text::{Text, TextBuf};
use std::sync::Arc;
use syntax::{Node, SourceText, SyntaxError, Tree, yaml};

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

/// Cuts a rendered text into documents and sorts them by what they are.
pub(super) fn collect(
    name: &Arc<str>,
    text: &Text,
    objects: &mut Vec<Rendered>,
    hooks: &mut Vec<Rendered>,
) -> Result<(), Broken> {
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
        if let Some(error) = tree.errors().iter().find(|error| error.lost) {
            let run = crate::output::run_at(&runs, error.span.start).copied();
            let run = run.map(|run| (run, error.span.start - run.at));
            return Err(Broken { error: error.clone(), run });
        }
        let Some(root) = tree.roots().next() else { continue };
        let kind = root.get("kind").as_str().unwrap_or("").to_owned();
        let hook = match hook(root) {
            Ok(hook) => hook,
            Err(Unknown) => continue,
        };
        if !root.is_set() {
            continue;
        }
        drop(tree);
        let text = Arc::try_unwrap(source).map_or_else(|source| source.text().to_owned(), into_text);
        let list = if hook.is_some() { &mut *hooks } else { &mut *objects };
        list.push(Rendered { kind, manifest: Manifest { name: name.clone(), text, runs, hook } });
    }
    Ok(())
}

fn into_text(source: SourceText) -> String {
    source.text().to_owned()
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

/// The documents of a text, without the space around them: split where `---` begins a line, whatever stands
/// around it, as Helm does.
fn documents(bytes: &[u8]) -> Vec<(usize, usize)> {
    let space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x0b');
    let trim = |mut start: usize, mut end: usize| {
        while start < end && bytes.get(start).copied().is_some_and(space) {
            start += 1;
        }
        while start < end && bytes.get(end - 1).copied().is_some_and(space) {
            end -= 1;
        }
        (start, end)
    };
    let (start, end) = trim(0, bytes.len());
    let mut list = Vec::new();
    let mut from = start;
    let mut at = start;
    while at < end {
        let begins = at == start || bytes.get(at - 1) == Some(&b'\n');
        if begins && bytes.get(at..end).is_some_and(|rest| rest.starts_with(b"---")) {
            list.push(trim(from, at));
            at += 3;
            while at < end && bytes.get(at).copied().is_some_and(space) {
                at += 1;
            }
            from = at;
            // What follows at once is not at the beginning of a line for the splitting.
            at = at.max(from);
            if at < end && bytes.get(at..end).is_some_and(|rest| rest.starts_with(b"---")) {
                at += 3;
            }
        } else {
            at += 1;
        }
    }
    list.push(trim(from, end));
    list.retain(|(start, end)| start < end);
    list
}

/// Parses the documents of a definition file of `crds/`.
pub(super) fn definition(name: Arc<str>, text: &Text) -> Manifest {
    Manifest { name, text: text.str().into_owned(), runs: text.runs().into_owned(), hook: None }
}

/// True if a tree has anything in it.
#[allow(dead_code)]
fn is_set(tree: &Tree) -> bool {
    tree.roots().any(Node::is_set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_helm_does() {
        let cut = |text: &str| -> Vec<String> {
            documents(text.as_bytes()).into_iter().map(|(a, b)| text[a..b].to_owned()).collect()
        };
        assert_eq!(cut("a: 1\n---\nb: 2\n"), ["a: 1", "b: 2"]);
        assert_eq!(cut("---\na: 1\n\n---   \n\nb: 2\n---\n"), ["a: 1", "b: 2"]);
        assert_eq!(cut("--- # c\na: 1"), ["# c\na: 1"]);
        assert_eq!(cut("x: |\n  ---\ny: 1"), ["x: |\n  ---\ny: 1"]);
        assert_eq!(cut(""), Vec::<String>::new());
    }
}
