//! Typed views of Kubernetes objects.

pub mod access;
mod container;
mod object;
mod pod;
pub mod rbac;
pub mod recognise;
pub mod select;

pub use access::{Access, Binding, SubjectKind};
pub use container::{Container, Role};
pub use object::Object;
pub use pod::Pod;
