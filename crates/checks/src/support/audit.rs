//! Audit policies: what a policy does with a request (Kubernetes documentation, "Auditing").

use syntax::Node;

/// How much of a request is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    None,
    /// Who did what to which object.
    Metadata,
    /// The body of the request as well.
    Request,
    /// And that of the answer.
    RequestResponse,
}

/// A request by nobody in particular, in no namespace in particular.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// API group; empty for the core group.
    pub group: &'r str,
    /// Resource, with the subresource after a slash.
    pub resource: &'r str,
    /// Verb.
    pub verb: &'r str,
}

/// The level a request is logged at and the rule that says so. Rules for certain users, namespaces or named
/// objects are passed over, since other requests of the kind get past them. No level means that the rule
/// which decides could not be read.
pub fn decide<'a>(rules: Node<'a>, request: &Request<'_>) -> (Option<Level>, Option<Node<'a>>) {
    match rules.items().find(|rule| matches(*rule, request)) {
        None => (Some(Level::None), None),
        Some(rule) => {
            let level = match rule.get("level").scalar() {
                Some("None") => Some(Level::None),
                Some("Metadata") => Some(Level::Metadata),
                Some("Request") => Some(Level::Request),
                Some("RequestResponse") => Some(Level::RequestResponse),
                _ => None,
            };
            (level, Some(rule))
        }
    }
}

fn matches(rule: Node<'_>, request: &Request<'_>) -> bool {
    let narrowed = ["users", "userGroups", "namespaces"].iter().any(|key| !rule.get(key).is_empty());
    let verbs = rule.get("verbs");
    let verb = verbs.is_empty() || verbs.items().any(|v| v.scalar() == Some(request.verb));
    let resources = rule.get("resources");
    let resource = if resources.is_empty() {
        rule.get("nonResourceURLs").is_empty()
    } else {
        resources.items().any(|entry| covers(entry, request))
    };
    !narrowed && verb && resource
}

fn covers(entry: Node<'_>, request: &Request<'_>) -> bool {
    let group = entry.get("group").scalar().unwrap_or("");
    let names = entry.get("resources");
    if group != request.group && group != "*" || !entry.get("resourceNames").is_empty() {
        return false;
    }
    let (resource, subresource) = match request.resource.split_once('/') {
        Some((resource, sub)) => (resource, Some(sub)),
        None => (request.resource, None),
    };
    names.is_empty()
        || names.items().filter_map(Node::scalar).any(|name| {
            name == request.resource
                || name == "*"
                || match (name.split_once('/'), subresource) {
                    (Some((left, right)), Some(sub)) => {
                        (left == resource && right == "*") || (left == "*" && right == sub)
                    }
                    _ => false,
                }
        })
}
