//! Typed views of Kubernetes objects.

mod container;
mod object;
mod pod;
pub mod recognise;
pub mod select;

pub use container::{Container, Role};
pub use object::Object;
pub use pod::Pod;
