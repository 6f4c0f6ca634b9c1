//! Is this a secret? By the name something has, by what its value looks like, and by known token formats.
//!
//! Three questions, from narrow to wide: [`judge_text`] finds what is a secret by its form alone,
//! [`judge_assignment`] adds the name under which a value stands, [`judge_document`] and [`judge_command`]
//! find assignments inside configuration files and command lines.

mod command;
mod document;
mod name;
mod token;
mod value;

pub use command::judge_command;
pub use document::judge_document;
pub use name::{Sense, sense};
pub use token::{Hit, judge_text};
pub use value::{is_filled_in_later, is_placeholder};

use super::base64;
use model::Confidence;
use std::ops::Range;

/// Why a value is taken for a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// What it is, as a noun phrase: `an AWS access key`, `a password`.
    pub why: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A secret inside a longer text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name it stands under; empty if it was found by its form alone.
    pub name: String,
    /// Bytes of the value.
    pub range: Range<usize>,
    /// Why it is taken for one.
    pub suspicion: Suspicion,
}

/// Longest text that is looked at closely; what is longer is data, and only searched for known formats.
const LONGEST_VALUE: usize = 4096;

/// Judges a value by its form and by the name it is assigned to (`DB_PASSWORD`, `apiKey`, `tls.key`).
pub fn judge_assignment(name: &str, value: &str) -> Option<Suspicion> {
    let value = value.trim();
    if let Some(hit) = judge_text(value).into_iter().next() {
        return Some(Suspicion { why: hit.kind.to_owned(), confidence: Confidence::High });
    }
    let sense = sense(name);
    if let Some(hit) = encoded(value).and_then(|text| judge_text(&text).into_iter().next())
        && (sense != Sense::Harmless || hit.kind == token::PRIVATE_KEY)
    {
        return Some(Suspicion { why: format!("{} in base64", hit.kind), confidence: Confidence::High });
    }
    if value.len() > LONGEST_VALUE {
        return None;
    }
    let confidence = value::weigh(sense, value)?;
    let why = match sense {
        Sense::Password => "a password",
        Sense::Secret => "a secret",
        Sense::Key => "a key or token",
        Sense::Harmless => return None,
    };
    Some(Suspicion { why: why.to_owned(), confidence })
}

/// The text behind base64, for values long enough to hide a key or a token.
fn encoded(value: &str) -> Option<String> {
    (value.len() >= 24 && !value.contains(['.', ':'])).then(|| base64::decode_text(value)).flatten()
}

/// A secret as it may be shown: at most its first three characters, never more than a quarter of it.
pub fn redact(secret: &str) -> String {
    let count = secret.chars().count();
    let shown: String = secret.chars().take((count / 4).min(3)).collect();
    format!("{shown}***")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_by_name() {
        for (name, value) in [
            ("DB_PASSWORD", "hunter2"),
            ("MYSQL_ROOT_PASSWORD", "password"),
            ("POSTGRES_PASSWORD", "123456"),
            ("DB_PASS", "letmein"),
            ("password", "s3cr3t!"),
            ("dbPassword", "Tr0ub4dor"),
            ("PGPASSWORD", "postgres"),
            ("MYSQL_PWD", "root"),
            ("REDIS_AUTH_PASS", "x9-abc"),
            ("API_KEY", "a8f5f167f44f4964e6c998dee827110c"),
            ("apiKey", "9f86d081884c7d65"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz"),
            ("JWT_SECRET", "my-very-secure-value-1"),
            ("SECRET_KEY_BASE", "fa1b9c0d7e6f5a4b3c2d1e0f9a8b7c6d"),
            ("CLIENT_SECRET", "Q~8kDf.vS9xPq_2mZ"),
            ("GITHUB_TOKEN", "0123456789abcdef0123456789abcdef01234567"),
            ("SECRET", "some-value"),
            ("my_secret", "value1"),
            ("admin.password", "$2a$10$rRyBsGSHK6.uc8fntPwVIuLVHgsAhAX7TcdrqW/RADU0uh7CaChLa"),
            ("ENCRYPTION_KEY", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA=="),
            ("passphrase", "correct horse battery staple"),
            ("ADMIN_PASSWORD", "changeme"),
        ] {
            assert!(judge_assignment(name, value).is_some(), "{name}={value}");
        }
    }

    #[test]
    fn quiet_values() {
        for (name, value) in [
            ("DB_PASSWORD", ""),
            ("DB_PASSWORD", "$(DB_PASSWORD_FROM_SECRET)"),
            ("DB_PASSWORD", "${DB_PASSWORD}"),
            ("DB_PASSWORD", "{{ .Values.password }}"),
            ("DB_PASSWORD", "<your-password>"),
            ("DB_PASSWORD", "xxxxxxxx"),
            ("DB_PASSWORD", "********"),
            ("DB_PASSWORD", "REPLACE_ME"),
            ("DB_PASSWORD_FILE", "/run/secrets/db"),
            ("DB_PASSWORD", "/run/secrets/db-password"),
            ("SECRET_NAME", "db-credentials"),
            ("SECRET_NAMESPACE", "default"),
            ("TLS_SECRET", "web-tls"),
            ("IMAGE_PULL_SECRET", "regcred-secret"),
            ("TOKEN_URL", "https://login.example.com/oauth2/token"),
            ("ENABLE_TOKEN_AUTH", "true"),
            ("TOKEN_TTL", "3600"),
            ("PASSWORD_MIN_LENGTH", "12"),
            ("MAX_TOKENS", "4096"),
            ("AWS_ACCESS_KEY_ID_FILE", "/aws/id"),
            ("PUBLIC_KEY", "a8f5f167f44f4964e6c998dee827110c"),
            ("REQUIRE_PASSWORD", "yes"),
            ("ALLOW_EMPTY_PASSWORD", "yes"),
            ("PASSWORD_POLICY", "strict-ascii"),
            ("KEYBOARD", "us-intl-1337"),
            ("PASSENGER_MODE", "fast"),
            ("BYPASS", "internal-1"),
            ("COMPASS_URL", "x1y2z3a4b5"),
            ("TOKENIZER", "bert-base-uncased"),
            ("SECRETS_PROVIDER", "aws-kms-2"),
            ("CACHE_KEY_PREFIX", "app-12345"),
            ("PARTITION_KEY", "user_id_12345"),
            ("LOG_LEVEL", "debug"),
            ("PATH", "/usr/local/bin:/usr/bin"),
            ("API_TOKEN", "vault:secret/data/app#token"),
            ("AUTH_TOKEN_ISSUER", "kubernetes/serviceaccount"),
            ("db_password", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"),
            ("GITHUB_TOKEN", "github-token"),
            ("PASSWORD", "null"),
            ("author", "Somebody1234"),
            ("secretRotationInterval", "24h"),
        ] {
            assert_eq!(judge_assignment(name, value), None, "{name}={value}");
        }
    }

    #[test]
    fn secrets_by_form() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI\n-----END RSA PRIVATE KEY-----";
        assert!(judge_assignment("whatever", key).is_some());
        assert!(judge_assignment("file", "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVBMFozVlM1SkpjZHMzeGZuL3lnV3lGOFBibkd5MEFIQjdNaGd3TWJSdkkwTUJaaHBJCi0tLS0tRU5EIFJTQSBQUklWQVRFIEtFWS0tLS0tCg==").is_some());
        assert!(judge_assignment("URL", "postgres://app:S3cretPw@db:5432/app").is_some());
    }

    #[test]
    fn redaction_shows_little() {
        assert_eq!(redact("hunter2"), "h***");
        assert_eq!(redact("abc"), "***");
        assert_eq!(redact("ghp_0123456789abcdef"), "ghp***");
        assert_eq!(redact(""), "***");
    }
}
