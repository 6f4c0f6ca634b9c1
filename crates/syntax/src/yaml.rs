//! YAML 1.2 as Kubernetes reads it (`sigs.k8s.io/yaml` over go-yaml): text to a spanned [`Tree`].
//!
//! A hand-written recursive-descent parser that works on bytes and writes straight into the tree's arena:
//! there is no token queue, and a scalar that equals its source bytes is not copied. Depth, alias
//! expansion and merging are bounded, and the work done is linear in the input.
//!
//! Where the YAML specification and go-yaml differ the more lenient of both is followed, so that nothing a
//! cluster would accept is lost: flow collections need not be indented, a block scalar may stand in
//! column 1 of a document, keys may be longer than 1024 characters.

mod anchors;
mod block;
mod block_scalar;
mod control;
mod cursor;
mod document;
mod flow;
mod mistakes;
mod plain;
mod quoted;
mod tags;

use crate::tree::Builder;
use crate::{SourceText, SyntaxError, Tree};
use cursor::Parser;
use model::Span;
use std::sync::Arc;

/// Deepest nesting of collections, aliases followed.
pub const MAX_DEPTH: usize = 256;

/// Nodes a document may have after all aliases are followed, however small it is as written.
pub const MAX_EXPANDED: u64 = 1_000_000;

/// The same as a multiple of the nodes written, for documents that are large themselves.
pub const MAX_EXPANSION_FACTOR: u64 = 10;

/// Reads all documents of a YAML source. Mistakes are among the tree's errors; a document with a fatal one
/// is `broken` and has no root, and reading goes on at the next line that begins with `---`.
pub fn parse(source: Arc<SourceText>) -> Tree {
    let mut builder = Builder::new(source.clone());
    if u32::try_from(source.text().len()).is_err() {
        let span = Span::new(0, 0);
        builder.error(SyntaxError::new(span, "the file is larger than 4 GiB").limit());
        builder.document(None, span, true);
        return builder.finish();
    }
    Parser::new(source.text(), builder).stream()
}
