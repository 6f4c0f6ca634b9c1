//! Typed views of Kubernetes objects.

pub mod access;
pub mod component;
mod container;
mod object;
mod pod;
pub mod rbac;
pub mod recognise;
pub mod select;

pub use access::{Access, Binding, SubjectKind};
pub use component::{Component, Program, Source};
pub use container::{Container, Role};
pub use object::Object;
pub use pod::Pod;
