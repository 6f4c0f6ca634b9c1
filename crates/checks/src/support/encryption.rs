//! EncryptionConfiguration: which entry is in force for a resource.

use syntax::Node;

/// The entry that decides how Secrets are written: the first one that covers them.
pub fn for_secrets(root: Node<'_>) -> Option<Node<'_>> {
    root.get("resources").items().find(|entry| {
        // `*.` is all of the core group, `*.*` everything.
        entry
            .get("resources")
            .items()
            .any(|r| matches!(r.scalar(), Some("secrets" | "secrets." | "*." | "*.*")))
    })
}
