//! Runs checks over the Dockerfiles, YAML and JSON files of a folder: `judge DIR [RULE...]`. For reading
//! findings one by one while a check is written; no rules means all.

use check::{Check, Companion, Content, File, Inventory, Runner, Settings};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::SourceText;

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> Option<File> {
    let name = path.file_name()?.to_str()?;
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    let docker = syntax::dockerfile::is_dockerfile_name(name);
    let tree = matches!(ending, "yaml" | "yml" | "json");
    if !docker && !tree {
        return None;
    }
    let source = Arc::new(SourceText::new(path.to_string_lossy(), std::fs::read_to_string(path).ok()?));
    let content = match ending {
        _ if docker => Content::Dockerfile(syntax::dockerfile::parse(source.clone())),
        "json" => Content::Tree(syntax::json::parse(source.clone())),
        _ => Content::Tree(syntax::yaml::parse(source.clone())),
    };
    let mut file = File::new(source, content);
    if docker {
        let ignores =
            [path.with_file_name(format!("{name}.dockerignore")), path.with_file_name(".dockerignore")];
        file.dockerignore =
            ignores.iter().find_map(|p| std::fs::read_to_string(p).ok()).map_or(Companion::Absent, |text| {
                Companion::Present(Arc::new(SourceText::new(".dockerignore", text)))
            });
    }
    Some(file)
}

fn main() {
    let mut words = std::env::args().skip(1);
    let Some(folder) = words.next() else {
        eprintln!("usage: judge DIR [RULE...]");
        return;
    };
    let rules: Vec<String> = words.collect();
    let mut paths = Vec::new();
    let root = PathBuf::from(folder);
    if root.is_dir() {
        walk(&root, &mut paths);
    } else {
        paths.push(root);
    }
    let files: Vec<File> = paths.iter().filter_map(|p| read(p)).collect();
    let inventory = Inventory::new(&files);
    let settings = Settings::default();
    let wanted = |c: &&'static Check| {
        rules.is_empty() || rules.iter().any(|r| r == c.meta.id || r == c.meta.profile.word())
    };
    let verdicts = Runner::new(checks::all().filter(wanted), &inventory, &settings).judge_all();
    for finding in &verdicts.findings {
        let at = &finding.primary;
        println!(
            "{}:{}: {} [{} {}] {}{}",
            at.file,
            at.range.start.line,
            finding.rule.id,
            finding.severity,
            finding.confidence,
            finding.message,
            if finding.fixes.is_empty() { "" } else { " (fix)" }
        );
    }
    for gap in &verdicts.gaps {
        println!(
            "{}:{}: {} not evaluated: {}",
            gap.file,
            gap.line.unwrap_or(0),
            &gap.rules.join(", "),
            gap.reason
        );
    }
    println!("{} files, {} findings, {} gaps", files.len(), verdicts.findings.len(), verdicts.gaps.len());
}
