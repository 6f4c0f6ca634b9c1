//! Fixes as JSON Patch (RFC 6902).

use model::{Change, Fix, Pointer};
use serde::Serialize;
use serde_json::{Map, Value};

/// One operation of a JSON Patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Operation {
    /// Section 4.1.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Value,
    },
    /// Section 4.2.
    Remove {
        /// What.
        path: String,
    },
    /// Section 4.3.
    Replace {
        /// Where.
        path: String,
        /// With what.
        value: Value,
    },
}

/// The symbolic changes of a fix as operations on the document that holds the resource; `None` where a change
/// has no symbolic form. A change may rely on mappings that are not there yet, which JSON Patch does not
/// make by itself: which ones these are is told by the keys that the fix writes out in its edits.
pub fn operations(fix: &Fix) -> Option<Vec<Operation>> {
    let mut made: Vec<String> = Vec::new();
    let mut operations = Vec::with_capacity(fix.changes.len());
    let mut removed: Vec<&Pointer> = Vec::new();
    for change in &fix.changes {
        match change {
            Change::Replace { .. } => return None,
            Change::Remove { pointer } => removed.push(pointer),
            Change::Set { pointer, value } => operations.push(set(fix, &mut made, pointer, value.clone())),
            Change::Append { pointer, value } => {
                let steps: Vec<String> = pointer.steps().collect();
                let exists = made.iter().any(|m| m == pointer.as_str())
                    || first_missing(fix, &steps).is_none_or(|at| at >= steps.len());
                operations.push(if exists {
                    Operation::Add { path: format!("{pointer}/-"), value: value.clone() }
                } else {
                    set(fix, &mut made, pointer, Value::Array(vec![value.clone()]))
                });
            }
        }
    }
    // All pointers are meant before any change, but operations apply one after the other: taken from the
    // end, no removal moves an item that is still to be removed.
    removed.sort_by_cached_key(|p| std::cmp::Reverse(sort_key(p)));
    operations.extend(removed.into_iter().map(|p| Operation::Remove { path: p.as_str().to_owned() }));
    Some(operations)
}

/// Steps of a pointer so that indexes sort as numbers.
fn sort_key(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer.steps().map(|s| (s.parse().unwrap_or(usize::MAX), s)).collect()
}

fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit())
}

fn set(fix: &Fix, made: &mut Vec<String>, pointer: &Pointer, value: Value) -> Operation {
    let steps: Vec<String> = pointer.steps().collect();
    let Some(last) = steps.last() else {
        return Operation::Replace { path: String::new(), value };
    };
    let mut prefixes = vec![Pointer::root()];
    for step in &steps {
        let longer = prefixes.last().map(|p| p.join(step)).unwrap_or_default();
        prefixes.push(longer);
    }
    // A mapping made by an earlier operation is there now.
    let known = prefixes.iter().rposition(|p| made.iter().any(|m| m == p.as_str())).unwrap_or(0);
    let at = first_missing(fix, &steps).unwrap_or(steps.len() - 1).max(known).min(steps.len() - 1);
    if at + 1 == steps.len() {
        let path = pointer.as_str().to_owned();
        return if is_index(last) {
            Operation::Replace { path, value }
        } else {
            // `add` on a member that exists replaces it.
            Operation::Add { path, value }
        };
    }
    let nested = steps.iter().skip(at + 1).rev().fold(value, |inner, step| {
        let mut mapping = Map::new();
        mapping.insert(step.clone(), inner);
        Value::Object(mapping)
    });
    made.extend(prefixes.iter().skip(at + 1).take(steps.len() - at).map(|p| p.as_str().to_owned()));
    let path = prefixes.get(at + 1).map(|p| p.as_str().to_owned()).unwrap_or_default();
    Operation::Add { path, value: nested }
}

/// Index of the first step that the document does not have: the longest end of the pointer all of whose keys
/// are written, in this order, by one edit. Items of sequences are never made this way. `None` if no edit
/// writes even the last key.
fn first_missing(fix: &Fix, steps: &[String]) -> Option<usize> {
    let fixed = steps.iter().rposition(|s| is_index(s)).map_or(0, |i| i + 1);
    (fixed..steps.len()).find(|at| {
        fix.edits.iter().any(|edit| {
            let mut rest = edit.text.as_str();
            steps.iter().skip(*at).all(|step| match after_key(rest, step) {
                Some(after) => {
                    rest = after;
                    true
                }
                None => false,
            })
        })
    })
}

/// The text after `key:` (bare or quoted), if it is written there.
fn after_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.match_indices(key).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(at + key.len()..)?.trim_start_matches(['"', '\'']);
        let starts = before.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ',' | '"' | '\''));
        (starts && after.starts_with(':')).then_some(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Safety, Span, TextEdit};
    use serde_json::json;

    fn fix(changes: Vec<Change>, text: &str) -> Fix {
        let edit = TextEdit { file: "f".into(), span: Span::default(), text: text.into() };
        Fix { title: String::new(), safety: Safety::Safe, changes, edits: vec![edit] }
    }

    fn set_to(pointer: &str, value: Value) -> Change {
        Change::Set { pointer: Pointer::from_encoded(pointer), value }
    }

    fn patch(changes: Vec<Change>, text: &str) -> Value {
        json!(operations(&fix(changes, text)))
    }

    #[test]
    fn sets_what_exists_and_makes_what_does_not() {
        let change = || vec![set_to("/spec/containers/0/securityContext/privileged", json!(false))];
        assert_eq!(
            patch(change(), "false"),
            json!([{"op": "add", "path": "/spec/containers/0/securityContext/privileged", "value": false}])
        );
        assert_eq!(
            patch(change(), "\n  securityContext:\n    privileged: false"),
            json!([{"op": "add", "path": "/spec/containers/0/securityContext", "value": {"privileged": false}}])
        );
        assert_eq!(
            patch(vec![set_to("/args/1", json!("x"))], "x"),
            json!([{"op": "replace", "path": "/args/1", "value": "x"}])
        );
    }

    #[test]
    fn a_second_change_finds_the_mapping_of_the_first() {
        let changes = vec![set_to("/a/b/c", json!(1)), set_to("/a/b/d", json!(2))];
        assert_eq!(
            patch(changes, "b:\n  c: 1\n  d: 2\n"),
            json!([
                {"op": "add", "path": "/a/b", "value": {"c": 1}},
                {"op": "add", "path": "/a/b/d", "value": 2}
            ])
        );
    }

    #[test]
    fn appends_and_removes() {
        let append = || vec![Change::Append { pointer: Pointer::from_encoded("/drop"), value: json!("ALL") }];
        assert_eq!(patch(append(), "- ALL"), json!([{"op": "add", "path": "/drop/-", "value": "ALL"}]));
        assert_eq!(
            patch(append(), "drop:\n- ALL"),
            json!([{"op": "add", "path": "/drop", "value": ["ALL"]}])
        );
        let remove = |p: &str| Change::Remove { pointer: Pointer::from_encoded(p) };
        assert_eq!(
            patch(vec![remove("/x/2"), remove("/x/10")], ""),
            json!([{"op": "remove", "path": "/x/10"}, {"op": "remove", "path": "/x/2"}])
        );
        let replace = Change::Replace { span: Span::default(), text: String::new() };
        assert_eq!(patch(vec![replace], ""), Value::Null);
    }
}
