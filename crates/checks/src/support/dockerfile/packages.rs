//! Calls of package managers.

use model::Span;
use syntax::shell::{Invocation, Word};

/// A family of package managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manager {
    /// apt-get, apt, aptitude.
    Apt,
    /// apk.
    Apk,
    /// yum.
    Yum,
    /// dnf, microdnf, tdnf.
    Dnf,
    /// zypper.
    Zypper,
    /// pip, pip3, `python -m pip`, `uv pip`.
    Pip,
    /// npm, pnpm.
    Npm,
    /// yarn.
    Yarn,
    /// gem.
    Gem,
    /// go.
    Go,
    /// cargo.
    Cargo,
}

/// An option as written, with its value if it has one.
#[derive(Clone, Debug)]
pub struct Opt {
    /// With its dashes, without the value.
    pub name: String,
    /// Value, `?` in place of what only a run can tell.
    pub value: Option<String>,
    /// The word that names it.
    pub span: Span,
}

/// One call of a package manager.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// Which family.
    pub manager: Manager,
    /// The program as named, without folder.
    pub program: String,
    /// The program's word (the last, where it is several: `python -m pip`).
    pub program_span: Span,
    /// `install`, `update`, ...; empty without.
    pub verb: String,
    /// The verb's word; the program's without one.
    pub verb_span: Span,
    /// Options before and after the verb.
    pub options: Vec<Opt>,
    /// Words that are neither options nor their values.
    pub operands: Vec<&'a Word>,
    /// All of it.
    pub span: Span,
}

fn manager(name: &str) -> Option<Manager> {
    let versioned = |stem: &str| {
        name.strip_prefix(stem).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    };
    Some(match name {
        "apt-get" | "apt" | "aptitude" => Manager::Apt,
        "apk" => Manager::Apk,
        "yum" => Manager::Yum,
        "dnf" | "dnf5" | "microdnf" | "tdnf" => Manager::Dnf,
        "zypper" => Manager::Zypper,
        "npm" | "pnpm" => Manager::Npm,
        "yarn" => Manager::Yarn,
        "gem" => Manager::Gem,
        "go" => Manager::Go,
        "cargo" => Manager::Cargo,
        _ if versioned("pip") => Manager::Pip,
        _ => return None,
    })
}

/// Options that take their value in the next word.
const fn valued(manager: Manager) -> &'static [&'static str] {
    match manager {
        Manager::Apt => &[
            "-t",
            "-o",
            "-c",
            "-a",
            "--option",
            "--config-file",
            "--target-release",
            "--default-release",
            "--host-architecture",
            "--snapshot",
        ],
        Manager::Apk => &[
            "-t",
            "-X",
            "-p",
            "--virtual",
            "--repository",
            "--root",
            "--keys-dir",
            "--repositories-file",
            "--wait",
            "--arch",
            "--cache-dir",
            "--cache-max-age",
            "--progress-fd",
            "--timeout",
        ],
        Manager::Yum | Manager::Dnf => &[
            "-c",
            "-e",
            "-d",
            "-R",
            "-x",
            "--config",
            "--enablerepo",
            "--disablerepo",
            "--repo",
            "--repoid",
            "--installroot",
            "--setopt",
            "--releasever",
            "--exclude",
            "--forcearch",
            "--downloaddir",
            "--advisory",
        ],
        Manager::Zypper => &[
            "-R",
            "-D",
            "-C",
            "-t",
            "-r",
            "-p",
            "--root",
            "--reposd-dir",
            "--cache-dir",
            "--type",
            "--repo",
            "--from",
            "--plus-repo",
            "--releasever",
        ],
        Manager::Pip => &[
            "-r",
            "-c",
            "-e",
            "-i",
            "-f",
            "-t",
            "-C",
            "--requirement",
            "--requirements",
            "--constraint",
            "--editable",
            "--index-url",
            "--extra-index-url",
            "--find-links",
            "--target",
            "--platform",
            "--python-version",
            "--python",
            "--prefix",
            "--root",
            "--src",
            "--cache-dir",
            "--trusted-host",
            "--proxy",
            "--timeout",
            "--retries",
            "--upgrade-strategy",
            "--no-binary",
            "--only-binary",
            "--global-option",
            "--install-option",
            "--build-option",
            "--config-settings",
            "--log",
            "--progress-bar",
            "--report",
            "--implementation",
            "--abi",
            "--cert",
            "--client-cert",
            "--exists-action",
            "--root-user-action",
            "--use-feature",
            "--use-deprecated",
            "--default-timeout",
            "--group",
        ],
        Manager::Npm => &[
            "-C",
            "-w",
            "--registry",
            "--prefix",
            "--cache",
            "--userconfig",
            "--loglevel",
            "--workspace",
            "--tag",
            "--omit",
            "--include",
            "--maxsockets",
            "--fetch-retries",
            "--network-timeout",
            "--store-dir",
            "--filter",
        ],
        Manager::Yarn => &["--cwd", "--cache-folder", "--registry", "--network-timeout", "--modules-folder"],
        Manager::Gem => &[
            "-v",
            "-i",
            "-n",
            "-s",
            "-P",
            "-p",
            "--version",
            "--install-dir",
            "--bindir",
            "--source",
            "--trust-policy",
            "--http-proxy",
            "--platform",
        ],
        Manager::Go => {
            &["-ldflags", "-gcflags", "-asmflags", "-tags", "-mod", "-o", "-p", "-C", "-modfile", "-exec"]
        }
        Manager::Cargo => &[
            "-j",
            "-F",
            "-Z",
            "--version",
            "--vers",
            "--git",
            "--branch",
            "--tag",
            "--rev",
            "--path",
            "--root",
            "--features",
            "--target",
            "--registry",
            "--index",
            "--profile",
            "--target-dir",
            "--bin",
            "--example",
            "--jobs",
            "--config",
        ],
    }
}

/// Reads a command as a call of a package manager.
pub fn call<'a>(command: &Invocation<'a>) -> Option<Call<'a>> {
    let argv = command.argv();
    let name = command.name()?;
    let (skip, manager) = match manager(&name) {
        Some(manager) => (1, manager),
        None if name.starts_with("python") || name == "pypy3" => {
            let at = argv.iter().position(|w| w.is("-m"))?;
            argv.get(at + 1).filter(|w| w.is("pip"))?;
            (at + 2, Manager::Pip)
        }
        None if name == "uv" && argv.get(1).is_some_and(|w| w.is("pip")) => (2, Manager::Pip),
        None => return None,
    };
    let program_span = argv.get(skip - 1)?.span;
    let mut call = Call {
        manager,
        program: name,
        program_span,
        verb: String::new(),
        verb_span: program_span,
        options: Vec::new(),
        operands: Vec::new(),
        span: command.span(),
    };
    let mut words = argv.get(skip..)?.iter().peekable();
    let mut only_operands = false;
    while let Some(word) = words.next() {
        let text = super::shown(word);
        if !only_operands && text == "--" {
            only_operands = true;
        } else if !only_operands && text.len() > 1 && text.starts_with('-') {
            let (name, mut value) = match text.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (text, None),
            };
            if value.is_none() && valued(manager).contains(&name.as_str()) {
                value = words.next().map(super::shown);
            }
            call.options.push(Opt { name, value, span: word.span });
        } else if call.verb.is_empty() && !super::is_open(word) {
            call.verb = text;
            call.verb_span = word.span;
        } else {
            call.operands.push(word);
        }
    }
    Some(call)
}

impl Call<'_> {
    /// The option with one of these names, dashes included.
    pub fn option(&self, names: &[&str]) -> Option<&Opt> {
        self.options.iter().find(|o| names.contains(&o.name.as_str()))
    }

    /// True if one of these options is given, alone or (for a single letter) in a cluster.
    pub fn has(&self, names: &[&str]) -> bool {
        self.options.iter().any(|o| {
            names.iter().any(|name| match name.strip_prefix('-') {
                Some(letter) if letter.len() == 1 => {
                    !o.name.starts_with("--") && o.name.get(1..).is_some_and(|l| l.contains(letter))
                }
                _ => o.name == *name && o.value.as_deref().is_none_or(super::is_on),
            })
        })
    }

    /// True if it installs packages.
    pub fn installs(&self) -> bool {
        let verb = self.verb.as_str();
        match self.manager {
            Manager::Apt => matches!(verb, "install" | "build-dep" | "reinstall"),
            Manager::Apk => verb == "add",
            Manager::Yum | Manager::Dnf => matches!(
                verb,
                "install" | "localinstall" | "groupinstall" | "reinstall" | "builddep" | "group"
            ),
            Manager::Zypper => matches!(verb, "install" | "in" | "source-install" | "si"),
            Manager::Pip | Manager::Gem | Manager::Go | Manager::Cargo => {
                verb == "install" || (self.manager == Manager::Gem && verb == "i")
            }
            Manager::Npm => {
                matches!(verb, "install" | "i" | "add" | "ci" | "clean-install" | "install-clean")
            }
            Manager::Yarn => matches!(verb, "" | "install" | "add" | "global"),
        }
    }

    /// True if it answers no to nothing: it does not ask before it installs.
    pub fn is_quiet(&self) -> bool {
        let quiet = |o: &Opt| {
            let letters = o.name.strip_prefix('-').filter(|l| !l.starts_with('-')).unwrap_or("");
            letters.matches('q').count() >= 2 || (letters == "q" && o.value.as_deref() == Some("2"))
        };
        match self.manager {
            Manager::Apt => {
                let single =
                    self.options.iter().filter(|o| matches!(o.name.as_str(), "-q" | "--quiet")).count();
                let set = |o: &Opt| {
                    o.value.as_deref().is_some_and(|v| v.to_ascii_lowercase().contains("assume-yes"))
                };
                self.has(&["-y", "--yes", "--assume-yes", "--force-yes"])
                    || self.options.iter().any(|o| quiet(o) || set(o))
                    || single >= 2
            }
            Manager::Yum | Manager::Dnf => {
                self.has(&["-y", "--assumeyes"])
                    || self.options.iter().any(|o| {
                        o.name == "--setopt"
                            && o.value
                                .as_deref()
                                .is_some_and(|v| v.starts_with("assumeyes=") && v != "assumeyes=0")
                    })
            }
            Manager::Zypper => self.has(&["-n", "-y", "--non-interactive", "--no-confirm"]),
            _ => true,
        }
    }

    /// The operands that name packages of known name: no patterns, paths, groups, or parameters as a whole.
    pub fn packages(&self) -> Vec<(String, Span)> {
        self.operands.iter().map(|w| (super::shown(w), w.span)).filter(|(t, _)| !t.starts_with('?')).collect()
    }

    /// True for the name of a tar archive.
    pub fn is_archive(text: &str) -> bool {
        [".tgz", ".tar.gz", ".tar"].iter().any(|e| text.ends_with(e))
    }

    /// True for one that ends in a file: `./x.deb`, `https://.../x.rpm`.
    pub fn is_file(text: &str) -> bool {
        text.contains('/')
            || text.contains("://")
            || [".deb", ".rpm", ".apk", ".whl", ".gem", ".tgz", ".tar.gz", ".zip"]
                .iter()
                .any(|e| text.ends_with(e))
    }
}
