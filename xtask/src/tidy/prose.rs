//! What no text of the repository holds: promises, and paths of somebody's machine.

use crate::workspace::Source;

/// Words that stand for work left undone.
const PROMISES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];

/// Folders of machines the project was written on.
const MACHINES: [&str; 2] = [concat!("/wo", "rk/"), concat!("/fa", "rm/")];

/// A home folder. It is also that of root in any container, so that code about images may well name it.
const HOME: &str = concat!("/ro", "ot/");

/// Faults of all texts.
pub fn faults(files: &[Source]) -> Vec<String> {
    files.iter().filter(|f| !is_locked(&f.path)).flat_map(of_file).collect()
}

/// Written by a tool; the words in it are those of others.
fn is_locked(path: &str) -> bool {
    path.ends_with("Cargo.lock")
}

fn of_file(file: &Source) -> Vec<String> {
    let about_images =
        ["crates/", "fuzz/", "examples/", "docs/rules/"].iter().any(|folder| file.path.starts_with(folder));
    let mut faults = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let place = format!("{}:{}", file.path, index + 1);
        if let Some(word) = PROMISES.iter().find(|word| has_word(line, word)) {
            faults.push(format!("{place}: `{word}`: do it, or say in the issue tracker what is left"));
        }
        let machine =
            MACHINES.iter().chain((!about_images).then_some(&HOME)).find(|path| begins_path(line, path));
        if let Some(path) = machine {
            faults.push(format!(
                "{place}: `{path}` is a path of one machine; take it from an argument or a variable"
            ));
        }
    }
    faults
}

/// True if the word stands by itself. In quotes it is data: a value that somebody forgot to fill in, say.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|b| b.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|a| a.chars().next());
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let quoted = before == Some('"') && after == Some('"');
        !joins(before) && !joins(after) && !quoted
    })
}

/// True if an absolute path begins so: `target/work/x` does not.
fn begins_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|b| b.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}*/".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{one, tree};
    use super::*;

    #[test]
    fn good_texts_pass() {
        let image = format!("RUN rm -r {HOME}.cache");
        let files = tree(&[
            ("a.md", "target/work/x, TODOS, mastodon"),
            ("crates/checks/src/x.rs", &image),
            ("Cargo.lock", PROMISES[0]),
            ("a.rs", &format!("let empty = \"{}\";", PROMISES[0])),
        ]);
        assert_eq!(faults(&files), [] as [String; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        for word in PROMISES {
            one(&faults(&tree(&[("a.rs", &format!("\n// {word} later"))])), "a.rs:2");
        }
        for path in MACHINES {
            one(
                &faults(&tree(&[("crates/a/src/b.rs", &format!("\"{path}shared\""))])),
                "path of one machine",
            );
        }
        one(&faults(&tree(&[("README.md", &format!("see {HOME}x"))])), "path of one machine");
    }
}
