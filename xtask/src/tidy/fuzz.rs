//! Every parser of hostile text has a fuzz target.

use crate::workspace::Source;

/// Folder of the parsers.
const PARSERS: &str = "crates/syntax/src/";

/// Parsers without a target, and targets that are not built.
pub fn faults(files: &[Source]) -> Vec<String> {
    let has = |path: &str| files.iter().any(|f| f.path == path);
    let manifest = files.iter().find(|f| f.path == "fuzz/Cargo.toml").map_or("", |f| f.text.as_str());
    let mut faults = Vec::new();
    for file in files {
        let module = file.path.strip_prefix(PARSERS).and_then(|path| path.strip_suffix(".rs"));
        if let Some(name) = module.filter(|name| !name.contains('/'))
            && is_parser(&file.text)
            && !has(&format!("fuzz/fuzz_targets/{name}.rs"))
        {
            faults.push(format!(
                "{} reads hostile text, but there is no fuzz/fuzz_targets/{name}.rs",
                file.path
            ));
        }
        let target = file.path.strip_prefix("fuzz/fuzz_targets/");
        if let Some(name) = target
            && !manifest.contains(&format!("path = \"fuzz_targets/{name}\""))
        {
            faults.push(format!("{} has no [[bin]] in fuzz/Cargo.toml", file.path));
        }
    }
    faults
}

/// True if a module offers to parse or load something, itself or from one of its parts.
fn is_parser(text: &str) -> bool {
    let is_entry = |word: &str| matches!(word, "parse" | "load");
    text.lines().any(|line| {
        let name = line.strip_prefix("pub fn ").and_then(|rest| rest.split(['(', '<']).next());
        let mut shared = line.strip_prefix("pub use ").unwrap_or("").split([':', '{', '}', ',', ' ', ';']);
        name.is_some_and(is_entry) || shared.any(is_entry)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{one, tree};
    use super::*;

    const PARSER: (&str, &str) = ("crates/syntax/src/toml.rs", "pub fn parse(text: &str) {}");
    const TARGET: (&str, &str) = ("fuzz/fuzz_targets/toml.rs", "");
    const MANIFEST: (&str, &str) = ("fuzz/Cargo.toml", "path = \"fuzz_targets/toml.rs\"");

    #[test]
    fn each_fault_is_found() {
        assert_eq!(faults(&tree(&[PARSER, TARGET, MANIFEST])), [] as [String; 0]);
        one(&faults(&tree(&[PARSER, MANIFEST])), "there is no fuzz/fuzz_targets/toml.rs");
        one(&faults(&tree(&[PARSER, TARGET])), "has no [[bin]]");
        let shared = ("crates/syntax/src/ini.rs", "pub use read::{looks_like, parse};");
        one(&faults(&tree(&[shared])), "there is no fuzz/fuzz_targets/ini.rs");
        assert!(faults(&tree(&[("crates/syntax/src/span.rs", "pub fn place() {}")])).is_empty());
    }
}
