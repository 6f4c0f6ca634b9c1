//! Compose projects.

/// A Compose project.
#[derive(Debug)]
pub struct Project {
    /// Its services, in order of their names.
    pub services: Vec<Service>,
}

/// A service of a project.
#[derive(Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
}
