//! The rules of the house, checked by a program: each module holds a few that belong together.

mod checks;
mod fuzz;
mod layers;
mod manifests;
mod prose;
mod sources;

use crate::workspace::{files, packages};

/// Every fault there is, each a sentence that says what to do.
pub fn run() -> Result<Vec<String>, String> {
    let packages = packages()?;
    let files = files()?;
    let mut faults = layers::faults(&packages);
    faults.extend(manifests::faults(&packages, &files)?);
    faults.extend(sources::faults(&files));
    faults.extend(prose::faults(&files));
    faults.extend(checks::faults(&files));
    faults.extend(fuzz::faults(&files));
    Ok(faults)
}

#[cfg(test)]
mod testing {
    use crate::workspace::Source;

    /// Files from pairs of path and text.
    pub fn tree(files: &[(&str, &str)]) -> Vec<Source> {
        files
            .iter()
            .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() })
            .collect()
    }

    /// Fails unless there is exactly one fault, and it contains `part`.
    pub fn one(faults: &[String], part: &str) {
        assert!(faults.len() == 1 && faults[0].contains(part), "{part:?} is not the one fault: {faults:#?}");
    }
}
