//! What is kept between renderings.

/// Parsed templates, values files and charts, kept between renderings and shared between threads.
#[derive(Debug, Default)]
pub struct Library {}
