//! From a text to a [`Dockerfile`].

use super::ast::{Body, Dockerfile, Instruction, Keyword, Stage};
use super::instruction;
use super::lines::Lines;
use crate::{SourceText, SyntaxError};
use model::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// Reads a Dockerfile. Mistakes are listed in [`Dockerfile::errors`]; after one, reading goes on with the
/// next instruction.
pub fn parse(source: Arc<SourceText>) -> Dockerfile {
    let mut lines = Lines::new(&source);
    let mut globals = Vec::new();
    let mut stages: Vec<Stage> = Vec::new();
    while let Some(line) = lines.next_line() {
        let read = instruction::read(line, &mut lines);
        if read.keyword == Keyword::From {
            stages.push(stage(stages.len(), read));
        } else if let Some(stage) = stages.last_mut() {
            stage.span = stage.span.cover(read.span);
            stage.instructions.push(read);
        } else {
            if !matches!(read.keyword, Keyword::Arg | Keyword::Unknown) {
                lines.errors.push(
                    SyntaxError::new(
                        read.keyword_span,
                        format!("{} stands before the first FROM", read.keyword),
                    )
                    .hint("only ARG may come before FROM"),
                );
            }
            globals.push(read);
        }
    }
    let (escape, directives, comments) = (lines.escape, lines.directives, lines.comments);
    let mut errors = lines.errors;
    if stages.is_empty() {
        let at = globals.first().map_or(Span::new(0, 0), |i| i.keyword_span);
        let message = if globals.is_empty() {
            "the Dockerfile has no instructions"
        } else {
            "the Dockerfile has no FROM"
        };
        errors.push(SyntaxError::new(at, message).hint("begin with `FROM image:tag`"));
    }
    check_origins(&stages, &mut errors);
    errors.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    let worked = std::sync::OnceLock::new();
    Dockerfile { source, escape, directives, comments, globals, stages, errors, worked }
}

/// Reports `COPY --from` of the stage itself, and of a number that no stage has.
fn check_origins(stages: &[Stage], errors: &mut Vec<SyntaxError>) {
    let last_of: HashMap<&str, usize> =
        stages.iter().filter_map(|s| Some((s.name.as_deref()?, s.index))).collect();
    for stage in stages {
        for instruction in &stage.instructions {
            let Some(from) = instruction.flag_value("from") else { continue };
            if !matches!(instruction.body, Body::Copy(_)) {
                continue;
            }
            let name = from.text().to_ascii_lowercase();
            let number = name.parse::<usize>().ok().filter(|_| !last_of.contains_key(name.as_str()));
            let index = number.or_else(|| last_of.get(name.as_str()).copied());
            if index == Some(stage.index) {
                errors.push(
                    SyntaxError::new(from.span(), format!("stage `{}` copies from itself", stage.label()))
                        .hint("name an earlier stage")
                        .survived(),
                );
            } else if let Some(number) = number.filter(|n| *n >= stages.len()) {
                errors.push(
                    SyntaxError::new(from.span(), format!("there is no stage {number}"))
                        .hint("stages are numbered from 0; better give them names")
                        .survived(),
                );
            }
        }
    }
}

fn stage(index: usize, from: Instruction) -> Stage {
    let name = match &from.body {
        Body::From(from) => from.alias.as_ref().map(|a| a.text().to_ascii_lowercase()),
        _ => None,
    };
    Stage { index, name, span: from.span, from, instructions: Vec::new() }
}

/// Endings that no Dockerfile has, whatever stands before them.
const NEVER: &[&str] = &[
    ".dockerignore",
    ".containerignore",
    ".md",
    ".mdx",
    ".markdown",
    ".rst",
    ".adoc",
    ".html",
    ".orig",
    ".rej",
    ".swp",
    ".bak",
    ".lock",
    ".snap",
    ".json",
    ".yaml",
    ".yml",
    ".sha256",
    ".sig",
    ".asc",
];
/// Endings of programs about Dockerfiles, unless the name begins with `Dockerfile.` in this very spelling
/// (`Dockerfile.go` builds a Go program, `dockerfile.go` reads Dockerfiles).
const PROGRAM: &[&str] = &[
    ".c", ".cc", ".cpp", ".cs", ".css", ".go", ".h", ".java", ".js", ".jsx", ".kt", ".lua", ".php", ".pl",
    ".py", ".rb", ".rs", ".scala", ".sh", ".swift", ".toml", ".ts", ".tsx", ".txt", ".vim", ".xml",
];

/// True if a file of this name (or path) is a Dockerfile: `Dockerfile`, `Dockerfile.*`, `*.dockerfile`,
/// `Containerfile`, `Containerfile.*` and the like; ignore files and documentation are not.
pub fn is_dockerfile_name(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    let ends = |list: &[&str]| list.iter().any(|end| lower.ends_with(end));
    if ends(NEVER) {
        return false;
    }
    let marks = ['.', '-', '_'];
    ["Dockerfile", "Containerfile"].into_iter().any(|stem| {
        let proper = name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'));
        let stem = stem.to_ascii_lowercase();
        let head = lower.strip_prefix(&stem).is_some_and(|rest| rest.is_empty() || rest.starts_with(marks));
        let tail = lower.strip_suffix(&stem).is_some_and(|rest| rest.len() > 1 && rest.ends_with(marks));
        proper || ((head || tail) && !ends(PROGRAM))
    })
}

/// True if a text of unknown name reads like a Dockerfile: its first instruction is `FROM image` or a global
/// `ARG`, and nearly every further one is an instruction too.
pub fn looks_like(text: &str) -> bool {
    // The head tells; a long file is not read to its end for a guess.
    let mut cut = text.len().min(16 * 1024);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let file = parse(Arc::new(SourceText::new("", text.get(..cut).unwrap_or(""))));
    let Some(first) = file.stages.first() else { return false };
    let Some(from) = first.source() else { return false };
    if file.globals.iter().any(|i| i.keyword != Keyword::Arg || matches!(i.body, Body::Broken)) {
        return false;
    }
    let image = from.image.text();
    let image_ok = image.contains('$') || crate::ImageRef::parse(image).is_ok();
    let total = file.instructions().count();
    let known = file.instructions().filter(|i| !matches!(i.body, Body::Broken)).count();
    // A lone `from x` is prose, SQL or Python.
    let more = file.instructions().any(|i| i.keyword != Keyword::From && i.keyword != Keyword::Arg);
    let upper = file.source.slice(first.from.keyword_span) == "FROM";
    image_ok && (more || upper) && known * 10 >= total * 9
}
