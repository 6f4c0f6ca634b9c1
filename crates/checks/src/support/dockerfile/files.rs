//! Names and modes of files, and what a `.dockerignore` keeps out.

use syntax::shell::{Invocation, Word};

/// What a file of this name holds, if that is a secret.
pub fn secret_file(path: &str) -> Option<&'static str> {
    let path = path.replace('\\', "/").to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.strip_suffix(name).unwrap_or("").trim_end_matches('/');
    let parent = folder.rsplit('/').next().unwrap_or("");
    let stand_in = [
        "example", "sample", "template", "dist", "tmpl", "tpl", "default", "defaults", "schema", "pub",
        "test", "ci",
    ];
    if name.rsplit(['.', '-', '_']).next().is_some_and(|e| stand_in.contains(&e)) {
        return None;
    }
    Some(match name {
        "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519" | "id_ecdsa_sk" | "id_ed25519_sk" | "identity"
            if parent != "src" =>
        {
            "an SSH key"
        }
        ".ssh" => "SSH keys",
        // `ssh_host_rsa_key`, and patterns that take it in.
        _ if name.starts_with("ssh_host_") && name.trim_end_matches('*').ends_with("_key") => {
            "the SSH server's own key"
        }
        ".env" | ".envrc" => "environment settings with secrets",
        ".npmrc" => "an npm login",
        ".pypirc" => "a PyPI login",
        ".netrc" | "_netrc" => "logins of servers",
        ".git-credentials" => "Git logins",
        ".git" => "the Git history",
        ".pgpass" | "pgpass.conf" => "PostgreSQL passwords",
        ".my.cnf" => "a MySQL login",
        ".htpasswd" => "password hashes",
        ".aws" | ".azure" | ".gcloud" => "a cloud login",
        ".kube" | "kubeconfig" | "kubeconfig.yaml" | "kubeconfig.yml" => "a Kubernetes login",
        ".dockercfg" | ".dockerconfigjson" => "a registry login",
        ".gnupg" => "GPG keys",
        ".vault-token" => "a Vault token",
        ".vault_pass" | ".vault_pass.txt" | ".vault-password" => "an Ansible vault password",
        "credentials" if matches!(parent, ".aws" | "aws" | ".azure" | "gcloud") => "a cloud login",
        "credentials" | "credentials.json" | "credentials.yml" | "credentials.yaml" | "credentials.xml" => {
            "a login"
        }
        "service-account.json"
        | "service_account.json"
        | "serviceaccount.json"
        | "service-account-key.json"
        | "gcp-key.json"
        | "gcloud-service-key.json"
        | "application_default_credentials.json" => "a cloud service account's key",
        "config.json" if parent == ".docker" => "a registry login",
        "config" if parent == ".kube" => "a Kubernetes login",
        "config" if parent == ".ssh" => return None,
        "master.key" | "secret_token.rb" => "the key of a Rails application",
        "secrets.yml" | "secrets.yaml" | "secrets.json" | "secrets.env" | "secrets.toml" | "secret.yml"
        | "secret.yaml" | "secret.json" | "secret.txt" | "secrets.txt" | "secret.key" | "passwords.txt"
        | "password.txt" | ".secrets" | ".secret" | "terraform.tfstate" | "tfstate" => "secrets",
        "wallet.dat" | "kdbx" => "a key store",
        _ => return by_ending(name),
    })
}

fn by_ending(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.rsplit_once('.')?;
    if stem == ".env" || stem.starts_with(".env.") {
        return Some("environment settings with secrets");
    }
    let public = [
        "ca",
        "cert",
        "certs",
        "chain",
        "fullchain",
        "bundle",
        "public",
        "root",
        "cacert",
        "trust",
        "rds",
        "global-bundle",
    ];
    let is_public = stem.split(['-', '_', '.']).any(|w| public.contains(&w));
    match ending {
        "pem" if stem.contains("key") || stem.contains("priv") => Some("a private key"),
        "pem" if !is_public => Some("a key or certificate"),
        "key"
            if !stem.split(['-', '_', '.']).any(|w| {
                matches!(w, "public" | "pub" | "gpg" | "apt" | "repo" | "signing" | "archive" | "release")
            }) =>
        {
            Some("a private key")
        }
        "ppk" => Some("an SSH key"),
        "p12" | "pfx" | "jks" | "keystore" | "kdbx" | "p8" | "keytab"
            if !stem.contains("trust") && !is_public =>
        {
            Some("a key store")
        }
        "ovpn" => Some("a VPN login"),
        "tfvars" => Some("Terraform variables"),
        "tfstate" => Some("Terraform state, which has secrets in clear text"),
        "env" if matches!(stem, "prod" | "production" | "secret" | "secrets" | "local" | "staging") => {
            Some("environment settings with secrets")
        }
        _ => None,
    }
}

/// What a mode of `chmod` (octal or symbolic) or of `COPY --chmod` grants to everyone, and whether it sets
/// the setuid or setgid bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// Everyone may write.
    pub world_write: bool,
    /// The setuid or setgid bit is set.
    pub set_id: bool,
    /// The sticky bit is set.
    pub sticky: bool,
}

/// Reads a mode: `0777`, `a+w`, `u=rwx,go+w`, `u+s`.
pub fn mode(text: &str) -> Option<Granted> {
    if !text.is_empty() && text.bytes().all(|b| (b'0'..=b'7').contains(&b)) {
        let bits = u32::from_str_radix(text, 8).ok()?;
        return Some(Granted {
            world_write: bits & 0o2 != 0,
            set_id: bits & 0o6000 != 0,
            sticky: bits & 0o1000 != 0,
        });
    }
    let mut granted = Granted::default();
    for clause in text.split(',') {
        let at = clause.find(['+', '-', '='])?;
        let (who, rest) = clause.split_at_checked(at)?;
        if !who.chars().all(|c| "ugoa".contains(c)) {
            return None;
        }
        let (operator, what) = rest.split_at_checked(1)?;
        if !what.chars().all(|c| "rwxXstugo".contains(c)) {
            return None;
        }
        if operator == "-" {
            continue;
        }
        // Without a letter for whom, the umask keeps write from others.
        granted.world_write |= (who.contains('o') || who.contains('a')) && what.contains('w');
        granted.set_id |= what.contains('s') && (who.is_empty() || who.contains(['u', 'g', 'a']));
        granted.sticky |= what.contains('t');
    }
    Some(granted)
}

/// Mode and files of a `chmod` (or the mode of `install -m`, `mkdir -m`).
pub fn chmod<'a>(command: &Invocation<'a>) -> Option<(Granted, &'a Word, Vec<&'a Word>)> {
    let name = command.name()?;
    if name == "chmod" {
        let mut words = command.args().iter().filter(|w| {
            let text = super::shown(w);
            !text.starts_with('-')
                || mode(&text).is_some() && text.len() > 1 && !text.contains(['R', 'v', 'f', 'c'])
        });
        let first = words.next()?;
        return Some((mode(&super::shown(first))?, first, words.collect()));
    }
    if matches!(name.as_str(), "install" | "mkdir") {
        let mut words = command.args().iter();
        let mut given = None;
        let mut files = Vec::new();
        while let Some(word) = words.next() {
            let text = super::shown(word);
            if matches!(text.as_str(), "-m" | "--mode") {
                let word = words.next()?;
                given = Some((mode(&super::shown(word))?, word));
            } else if let Some(rest) = text.strip_prefix("--mode=").or_else(|| text.strip_prefix("-m")) {
                given = Some((mode(rest)?, word));
            } else if !text.starts_with('-') {
                files.push(word);
            }
        }
        let (granted, word) = given?;
        return Some((granted, word, files));
    }
    None
}

/// True if a `.dockerignore` with this text keeps `path` (relative to the build context) out. See
/// <https://docs.docker.com/build/concepts/context/#dockerignore-files>.
pub fn is_ignored(ignore: &str, path: &str) -> bool {
    let mut out = false;
    for line in ignore.trim_start_matches('\u{feff}').lines().take(10_000) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (keeps, pattern) = match line.strip_prefix('!') {
            Some(pattern) => (true, pattern.trim()),
            None => (false, line),
        };
        let pattern: Vec<&str> = pattern.split('/').filter(|p| !p.is_empty() && *p != ".").collect();
        let parts: Vec<&str> = path.split('/').collect();
        let hit = (1..=parts.len()).any(|n| parts.get(..n).is_some_and(|head| matches_parts(&pattern, head)));
        if hit && !pattern.is_empty() {
            out = !keeps;
        }
    }
    out
}

fn matches_parts(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => {
            (0..=path.len()).any(|n| path.get(n..).is_some_and(|tail| matches_parts(rest, tail)))
                // `**` at the end stands for everything below.
                || rest.is_empty()
        }
        Some((first, rest)) => path
            .split_first()
            .is_some_and(|(head, tail)| matches_name(first, head) && matches_parts(rest, tail)),
    }
}

/// `*` and `?` within one part of a path, in linear time.
fn matches_name(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, n));
                p += 1;
            }
            Some(c) if *c == '?' || Some(c) == name.get(n) => {
                p += 1;
                n += 1;
            }
            _ => match &mut star {
                Some((after, from)) => {
                    *from += 1;
                    p = *after;
                    n = *from;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for path in [
            ".env",
            "./.env.production",
            "id_rsa",
            "keys/ssh_host_ed25519_key",
            "testrepos/ssh_host_*_key*",
            "~/.ssh/id_ed25519",
            ".aws/credentials",
            "server.key",
            ".npmrc",
            "certs/tls-key.pem",
            "prod.env",
            ".docker/config.json",
            "app.pfx",
            ".git",
        ] {
            assert!(secret_file(path).is_some(), "{path}");
        }
        for path in [
            ".env.example",
            "id_rsa.pub",
            "ssh_host_rsa_key.pub",
            "ca.pem",
            "config.json",
            "keys.txt",
            "rds-ca-bundle.pem",
            "src",
            "public.key",
            "environment.ts",
            ".gitignore",
            "app.env.sample",
        ] {
            assert_eq!(secret_file(path), None, "{path}");
        }
    }

    #[test]
    fn modes() {
        for (text, write, id) in [
            ("777", true, false),
            ("0755", false, false),
            ("a+w", true, false),
            ("o+rw", true, false),
            ("+x", false, false),
            ("u+s", false, true),
            ("4755", false, true),
            ("ugo+rwx", true, false),
            ("go-w", false, false),
            ("+w", false, false),
            ("u=rwx,o=rw", true, false),
            ("g+s", false, true),
            ("666", true, false),
        ] {
            let granted = mode(text).unwrap();
            assert_eq!((granted.world_write, granted.set_id), (write, id), "{text}");
        }
        assert_eq!(mode("?"), None);
    }

    #[test]
    fn ignores() {
        for (text, path, want) in [
            (".git", ".git", true),
            (".git/", ".git", true),
            ("**/.git", ".git", true),
            ("*", ".env", true),
            ("*\n!src", ".env", true),
            ("*\n!.env", ".env", false),
            (".env*", ".env.local", true),
            ("# .git", ".git", false),
            ("src", ".git", false),
            ("**", ".git", true),
            ("/.git", ".git", true),
            (".git*", ".git", true),
            ("**/*.env", ".env", true),
            (".gi?", ".git", true),
            ("", ".git", false),
        ] {
            assert_eq!(is_ignored(text, path), want, "{text:?} {path}");
        }
    }
}
