//! Typed views of Kubernetes objects.

pub mod component;
mod container;
mod object;
mod pod;
pub mod recognise;
pub mod select;

pub use component::{Component, Program, Source};
pub use container::{Container, Role};
pub use object::Object;
pub use pod::Pod;
