//! `holdfast init`

use crate::args::{InitArgs, Service};
use crate::{CLEAN, Failure, output};
use std::fmt::Write as _;
use std::path::Path;

const CONFIG: &str = include_str!("init/holdfast.toml");
const PRE_COMMIT: &str = include_str!("init/pre-commit.yaml");
const HOOK: &str = include_str!("init/pre-commit.sh");
const GITHUB: &str = include_str!("init/github.yml");
const GITLAB: &str = include_str!("init/gitlab.yml");

/// Runs the command.
pub fn run(args: &InitArgs) -> Result<u8, Failure> {
    let folder = &args.folder;
    if !folder.is_dir() {
        return Err(format!("{}: no such folder", folder.display()).into());
    }
    let mut files = vec![("holdfast.toml", CONFIG)];
    if folder.join(".pre-commit-config.yaml").exists() {
        output::print("There is a .pre-commit-config.yaml already; add this to its `repos`:\n\n");
        output::print(PRE_COMMIT.split_once("repos:\n").map_or(PRE_COMMIT, |(_, repos)| repos));
        output::print("\n");
    } else {
        files.push((".pre-commit-config.yaml", PRE_COMMIT));
    }
    for service in &args.ci {
        files.push(match service {
            Service::Github => (".github/workflows/holdfast.yml", GITHUB),
            Service::Gitlab => (".gitlab/holdfast.yml", GITLAB),
        });
    }
    if args.hook {
        if !folder.join(".git").is_dir() {
            return Err(format!("{}: no git repository, so no place for a hook", folder.display()).into());
        }
        files.push((".git/hooks/pre-commit", HOOK));
    }
    let mut text = String::new();
    for (name, content) in files {
        let path = folder.join(name);
        if path.exists() && !args.force {
            let _ = writeln!(text, "kept    {name} (it is there already; --force replaces it)");
            continue;
        }
        write(&path, content)?;
        let _ = writeln!(text, "wrote   {name}");
    }
    if args.ci.contains(&Service::Gitlab) {
        text.push_str(
            "\nTo use it, add to .gitlab-ci.yml:\n\n  include:\n    - local: .gitlab/holdfast.yml\n",
        );
    }
    text.push_str("\nNext: holdfast scan\n");
    output::print(&text);
    Ok(CLEAN)
}

fn write(path: &Path, content: &str) -> Result<(), String> {
    let fail = |e: std::io::Error| format!("{}: {}", path.display(), scan::walk::plain(&e));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    std::fs::write(path, content).map_err(fail)?;
    #[cfg(unix)]
    if path.ends_with("hooks/pre-commit") {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).map_err(fail)?;
    }
    Ok(())
}
