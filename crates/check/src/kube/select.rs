//! Label selectors (Kubernetes API conventions, "Label selectors").

use syntax::Node;

/// True if `labels` (a mapping) has every pair of `wanted` (a mapping): the equality form used by Services
/// and ReplicationControllers. An empty or missing `wanted` selects nothing.
pub fn equality(wanted: Node<'_>, labels: Node<'_>) -> bool {
    !wanted.is_empty() && has_all(wanted, labels)
}

fn has_all(wanted: Node<'_>, labels: Node<'_>) -> bool {
    wanted
        .entries()
        .all(|(key, value)| labels.get(key).scalar().unwrap_or("") == value.scalar().unwrap_or(""))
}

/// True if `labels` (a mapping, possibly missing) satisfies a LabelSelector with `matchLabels` and
/// `matchExpressions`. An empty selector selects everything; a missing one selects nothing.
pub fn matches(selector: Node<'_>, labels: Node<'_>) -> bool {
    if !selector.exists() {
        return false;
    }
    has_all(selector.get("matchLabels"), labels)
        && selector.get("matchExpressions").items().all(|e| expression(e, labels))
}

fn expression(expression: Node<'_>, labels: Node<'_>) -> bool {
    let key = expression.get("key").scalar().unwrap_or("");
    let label = labels.get(key);
    let is_in = || {
        label
            .scalar()
            .is_some_and(|have| expression.get("values").items().any(|v| v.scalar().unwrap_or("") == have))
    };
    match expression.get("operator").as_str() {
        Some("In") => is_in(),
        Some("NotIn") => !is_in(),
        Some("Exists") => label.exists(),
        Some("DoesNotExist") => !label.exists(),
        _ => false,
    }
}
