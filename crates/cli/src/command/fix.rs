//! `holdfast fix`

use crate::args::FixArgs;
use crate::{CLEAN, Failure, WRONG, output, setup};
use report::group::plural;
use scan::mend::{self, Mended};
use similar::TextDiff;
use std::fmt::Write as _;
use std::fs::{File, Metadata};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: &FixArgs) -> Result<u8, Failure> {
    let options = setup::prepare(&args.input, &args.rules, None)?;
    let from_stdin = options.stdin.is_some();
    if from_stdin && !args.diff {
        return Err("standard input can't be changed in place; use --diff".to_owned().into());
    }
    let write: Vec<PathBuf> = if args.diff { Vec::new() } else { options.roots.clone() };
    setup::confine(&args.input, &options, &write);
    let outcome = mend::mend(options, args.risky);
    let mut errors = outcome.errors;
    let mut text = String::new();
    for mended in &outcome.files {
        if args.diff {
            text.push_str(&diff(mended));
        } else if let Err(error) = replace(mended) {
            errors.push(error);
            continue;
        }
        if !args.diff {
            let _ = writeln!(text, "{}", mended.file);
            for (rule, title) in &mended.applied {
                let _ = writeln!(text, "  {title} [{rule}]");
            }
        }
    }
    output::print(&text);
    let count: usize = outcome.files.iter().map(|f| f.applied.len()).sum();
    let verb = if args.diff { "would be applied" } else { "applied" };
    let noun = if count == 1 { "fix" } else { "fixes" };
    eprintln!("holdfast: {count} {noun} {verb} in {}", plural(outcome.files.len(), "file"));
    if outcome.risky > 0 {
        eprintln!(
            "holdfast: {} more are offered with --unsafe: look at them first with --diff --unsafe",
            outcome.risky
        );
    }
    if !outcome.left.is_empty() {
        eprintln!(
            "holdfast: {} fixes could not be applied beside others and were left out",
            outcome.left.len()
        );
    }
    for error in &errors {
        eprintln!("holdfast: {error}");
    }
    Ok(if errors.is_empty() { CLEAN } else { WRONG })
}

fn diff(mended: &Mended) -> String {
    // `git apply` strips one leading part and wants the rest relative.
    let name = mended.file.trim_start_matches('/');
    TextDiff::from_lines(&mended.before, &mended.after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// Puts the new text in the file's place in one step, so that a crash leaves either the old or the new one. The
/// file's permissions and owner stay, and a link stays a link.
fn replace(mended: &Mended) -> Result<(), String> {
    let name = &mended.file;
    let fail = |e: std::io::Error| format!("{name}: {}", scan::walk::plain(&e));
    let path = mended.path.canonicalize().map_err(fail)?;
    let now = std::fs::read_to_string(&path).map_err(fail)?;
    if now != mended.before {
        return Err(format!("{name}: changed while it was being mended; left as it is"));
    }
    let metadata = std::fs::metadata(&path).map_err(fail)?;
    if metadata.permissions().readonly() {
        return Err(format!("{name}: is read-only; left as it is"));
    }
    match Beside::of(&path, &metadata) {
        Some(beside) => beside.put(&path, &metadata, &mended.after),
        None => overwrite(&path, &mended.after),
    }
    .map_err(fail)
}

/// A new file in the same folder, which is to take the place of the old one.
struct Beside {
    path: PathBuf,
    file: File,
}

impl Beside {
    /// `None` where there can be none (the folder of a single file named on the command line can't be written
    /// under confinement), or where the new file would not be what the old one was: other names (hard links)
    /// lead to the old one, or it belongs to somebody else.
    fn of(path: &Path, metadata: &Metadata) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        let path = path.with_file_name(format!(".{name}.{}.holdfast", std::process::id()));
        // Never a file, and never through a link, that somebody has laid out there.
        let file = File::options().write(true).create_new(true).open(&path).ok()?;
        let beside = Self { path, file };
        let alike = beside.file.metadata().is_ok_and(|new| is_alike(metadata, &new));
        if alike { Some(beside) } else { beside.drop() }
    }

    fn drop<T>(self) -> Option<T> {
        let _ = std::fs::remove_file(&self.path);
        None
    }

    fn put(mut self, path: &Path, metadata: &Metadata, text: &str) -> std::io::Result<()> {
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.set_permissions(metadata.permissions()))
            .and_then(|()| self.file.sync_data())
            .and_then(|()| std::fs::rename(&self.path, path));
        if written.is_err() {
            self.drop::<()>();
        }
        written
    }
}

#[cfg(unix)]
fn is_alike(old: &Metadata, new: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    old.nlink() == 1 && old.uid() == new.uid() && old.gid() == new.gid()
}

#[cfg(not(unix))]
fn is_alike(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Writes into the file itself; it is made shorter only when all of the new text is there.
fn overwrite(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(path: &Path, before: &str, after: &str) -> Mended {
        Mended {
            file: path.to_string_lossy().into(),
            path: path.to_path_buf(),
            before: before.to_owned(),
            after: after.to_owned(),
            applied: Vec::new(),
        }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("holdfast-fix-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn replaces_and_leaves_nothing_behind() {
        let folder = folder("plain");
        let path = folder.join("a.yaml");
        std::fs::write(&path, "old").unwrap();
        assert_eq!(replace(&mended(&path, "old", "new text")), Ok(()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new text");
        let error = replace(&mended(&path, "old", "x")).unwrap_err();
        assert!(error.contains("changed while"), "{error}");
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let error = replace(&mended(&path, "new text", "x")).unwrap_err();
        assert!(error.contains("read-only"), "{error}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_are_no_traps() {
        let folder = folder("links");
        let (path, link, other) = (folder.join("a.yaml"), folder.join("l.yaml"), folder.join("hard.yaml"));
        std::fs::write(&path, "old").unwrap();
        std::os::unix::fs::symlink("a.yaml", &link).unwrap();
        assert_eq!(replace(&mended(&link, "old", "new")), Ok(()));
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        std::fs::hard_link(&path, &other).unwrap();
        assert_eq!(replace(&mended(&path, "new", "n")), Ok(()));
        assert_eq!(std::fs::read_to_string(&other).unwrap(), "n");
        // Somebody knows what the file beside will be called, and laid a link there.
        let victim = folder.join("victim");
        std::fs::write(&victim, "precious").unwrap();
        let trap = folder.join(format!(".a.yaml.{}.holdfast", std::process::id()));
        std::os::unix::fs::symlink(&victim, &trap).unwrap();
        std::fs::remove_file(&other).unwrap();
        assert_eq!(replace(&mended(&path, "n", "safe")), Ok(()));
        assert_eq!(std::fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "safe");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
