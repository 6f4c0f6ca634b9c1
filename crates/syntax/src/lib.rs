//! Bytes to spanned nodes: YAML, JSON, Dockerfile, shell and Compose, each with byte-exact positions.
//!
//! Everything here is pure: text in, trees and errors out. A parser never panics, never loops without
//! bound, and reads on after a mistake.

pub mod error;
pub mod json;
pub mod placeholder;
pub mod scalar;
pub mod source;
pub mod tree;
pub mod yaml;

pub use error::SyntaxError;
pub use source::SourceText;
pub use tree::{Document, Kind, Node, NodeId, Style, Tree, pointer_at};
