//! What a Secret object holds, entry by entry.

use super::base64;
use super::secrets::{
    Sense, Suspicion, is_filled_in_later, is_placeholder, judge_assignment, judge_document, sense,
};
use check::Object;
use model::Confidence;
use serde_json::Value;
use syntax::Node;

/// An entry of a Secret that holds a secret.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its value.
    pub node: Node<'a>,
    /// Why it is taken for a secret.
    pub suspicion: Suspicion,
}

/// The entries of a Secret that hold secrets: `data` decoded, `stringData` as it stands. Empty values,
/// stand-ins, user names, certificates and plain settings are left out. The second part tells whether some
/// value is filled in later.
pub fn entries<'a>(secret: &Object<'a>) -> (Vec<Entry<'a>>, bool) {
    let mut found = Vec::new();
    let mut open = false;
    let kind = secret.root.get("type").scalar().unwrap_or("Opaque");
    for (field, encoded) in [("data", true), ("stringData", false)] {
        for (key, node) in secret.root.get(field).entries() {
            let Some(written) = node.scalar() else { continue };
            if is_filled_in_later(written.trim()) {
                open = true;
                continue;
            }
            let suspicion = if encoded {
                match base64::decode(written) {
                    Some(bytes) => match String::from_utf8(bytes) {
                        Ok(text) => judge(kind, key, &text),
                        Err(_) => binary(key),
                    },
                    // Not base64: the API server refuses it, but it was committed all the same.
                    None => judge(kind, key, written),
                }
            } else {
                judge(kind, key, written)
            };
            found.extend(suspicion.map(|suspicion| Entry { key, node, suspicion }));
        }
    }
    (found, open)
}

fn judge(kind: &str, key: &str, text: &str) -> Option<Suspicion> {
    let text = text.trim();
    if is_placeholder(text) || is_filled_in_later(text) {
        return None;
    }
    if matches!(kind, "kubernetes.io/dockerconfigjson" | "kubernetes.io/dockercfg")
        || matches!(key, ".dockerconfigjson" | ".dockercfg" | "config.json")
    {
        let known = registry_login(text);
        if known.is_some() || key != "config.json" {
            return known;
        }
    }
    if let Some(suspicion) = judge_assignment(key, text) {
        // Inside of a Secret even the name of one is meant as a secret.
        let confidence = suspicion.confidence.max(Confidence::Medium);
        return Some(Suspicion { confidence, ..suspicion });
    }
    if text.contains('\n') || text.starts_with('{') {
        return judge_document(text).into_iter().next().map(|found| found.suspicion);
    }
    // A random text under a name that says nothing of the kind, in an object made for secrets.
    let harmless = sense(key) == Sense::Harmless && names_no_secret(key);
    let stand_in = Suspicion { why: "a secret".to_owned(), confidence: Confidence::Medium };
    (!harmless && judge_assignment("token", text).is_some_and(|s| s.confidence == Confidence::High))
        .then_some(stand_in)
}

/// Names of entries that are kept in Secrets beside the secret itself.
fn names_no_secret(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    [
        "time", "date", "user", "host", "port", "url", "uri", "endpoint", "name", "database", "region",
        "bucket", "type", "ca", "crt", "cert", "id",
    ]
    .iter()
    .any(|word| lower == *word || lower.ends_with(word) || lower.starts_with("ca."))
}

fn binary(key: &str) -> Option<Suspicion> {
    let lower = key.to_ascii_lowercase();
    let store = [".jks", ".p12", ".pfx", ".keytab", ".kdb", ".keystore", ".der.key"];
    let why = if store.iter().any(|ending| lower.ends_with(ending)) {
        "a key store"
    } else if sense(key) != Sense::Harmless {
        "a key"
    } else {
        return None;
    };
    Some(Suspicion { why: why.to_owned(), confidence: Confidence::High })
}

/// The login of a container registry in Docker's configuration format.
fn registry_login(text: &str) -> Option<Suspicion> {
    let value: Value = serde_json::from_str(text).ok()?;
    let logins = value.get("auths").or(Some(&value))?.as_object()?;
    let real = |login: &Value, field: &str| {
        login.get(field).and_then(Value::as_str).is_some_and(|text| {
            let plain = base64::decode_text(text).unwrap_or_else(|| text.to_owned());
            let password = plain.split_once(':').map_or(plain.as_str(), |(_, password)| password);
            !is_placeholder(password) && !is_filled_in_later(password)
        })
    };
    logins
        .values()
        .any(|login| ["auth", "password", "identitytoken"].iter().any(|field| real(login, field)))
        .then(|| Suspicion { why: "a registry login".to_owned(), confidence: Confidence::High })
}
