//! Bytes to spanned nodes: YAML, JSON, Dockerfile, shell and Compose, each with byte-exact positions.
//!
//! Everything here is pure: text in, trees and errors out. A parser never panics, never loops without
//! bound, and reads on after a mistake.

pub mod compose;
pub mod dockerfile;
pub mod edit;
pub mod error;
pub mod image;
pub mod json;
pub mod mapped;
pub mod placeholder;
pub mod scalar;
pub mod shell;
pub mod source;
pub mod tree;
pub mod yaml;

pub use error::SyntaxError;
pub use image::ImageRef;
pub use mapped::Mapped;
pub use source::SourceText;
pub use tree::{Document, Kind, Node, NodeId, Style, Tree, pointer_at};
