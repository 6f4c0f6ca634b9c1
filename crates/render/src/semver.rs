//! Versions and constraints on them, as Helm's library (Masterminds/semver) reads them.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

/// A semantic version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Version {
    /// Incompatible changes.
    pub major: u64,
    /// Additions.
    pub minor: u64,
    /// Fixes.
    pub patch: u64,
    /// What stands behind `-`; empty for a release.
    pub prerelease: String,
    /// What stands behind `+`; says nothing about the order.
    pub metadata: String,
    /// As it was written.
    pub original: String,
}

/// The words of the library.
const INVALID: &str = "invalid semantic version";

impl Version {
    /// A version as people write them: a `v` in front, zeros in front of numbers, and missing parts are fine.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (numbers, prerelease, metadata) = split(text.strip_prefix('v').unwrap_or(text)).ok_or(INVALID)?;
        let mut parts = [0; 3];
        for (count, part) in numbers.split('.').enumerate() {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(INVALID.to_owned());
            }
            let place = parts.get_mut(count).ok_or(INVALID)?;
            *place = part.parse().map_err(|_| {
                format!(
                    "error parsing version segment: strconv.ParseUint: parsing \"{part}\": value out of range"
                )
            })?;
        }
        let leading_zero = |part: &str| {
            part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if prerelease.split('.').any(leading_zero) {
            return Err("version segment starts with 0".to_owned());
        }
        let [major, minor, patch] = parts;
        Ok(Self {
            major,
            minor,
            patch,
            prerelease: prerelease.to_owned(),
            metadata: metadata.to_owned(),
            original: text.to_owned(),
        })
    }

    /// A version as the specification wants it: three numbers, nothing in front.
    pub fn parse_strict(text: &str) -> Result<Self, String> {
        let version = Self::parse(text)?;
        if version.to_string() == text { Ok(version) } else { Err(INVALID.to_owned()) }
    }

    /// The order of the specification, section 11. What is behind `+` doesn't count.
    pub fn compare(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch).cmp(&(other.major, other.minor, other.patch)).then_with(
            || match (self.prerelease.is_empty(), other.prerelease.is_empty()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => compare_prerelease(&self.prerelease, &other.prerelease),
            },
        )
    }

    /// The next major version.
    #[must_use]
    pub fn next_major(&self) -> Self {
        Self::release(self.major.wrapping_add(1), 0, 0)
    }

    /// The next minor version.
    #[must_use]
    pub fn next_minor(&self) -> Self {
        Self::release(self.major, self.minor.wrapping_add(1), 0)
    }

    /// The next patch version; of a prerelease, its release.
    #[must_use]
    pub fn next_patch(&self) -> Self {
        let step = u64::from(self.prerelease.is_empty());
        Self::release(self.major, self.minor, self.patch.wrapping_add(step))
    }

    fn release(major: u64, minor: u64, patch: u64) -> Self {
        let original = format!("{major}.{minor}.{patch}");
        Self { major, minor, patch, original, ..Self::default() }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

/// Numbers, prerelease and metadata; `None` if one of the latter two is not made of identifiers.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (rest, metadata) = match text.split_once('+') {
        Some((rest, metadata)) => (rest, Some(metadata)),
        None => (text, None),
    };
    let (numbers, prerelease) = match rest.split_once('-') {
        Some((numbers, prerelease)) => (numbers, Some(prerelease)),
        None => (rest, None),
    };
    let is_identifier = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let fits = |part: Option<&str>| part.is_none_or(|part| part.split('.').all(is_identifier));
    (fits(prerelease) && fits(metadata)).then_some((
        numbers,
        prerelease.unwrap_or_default(),
        metadata.unwrap_or_default(),
    ))
}

fn compare_prerelease(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (a, b) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => (a, b),
        };
        let order = match (a.parse::<u64>(), b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => a.cmp(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// How a version stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Tilde,
    Caret,
}

/// Longer ones first.
const OPERATORS: &[(&str, Operator)] = &[
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("=>", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("=<", Operator::LessOrEqual),
    ("~>", Operator::Tilde),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
];

/// Which parts of the version of a constraint were left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    Patch,
    Minor,
    All,
}

#[derive(Clone, Debug)]
struct Bound {
    operator: Operator,
    version: Version,
    open: Open,
}

/// A constraint on versions: `^1.2`, `~1`, `1.2 - 2.3`, `>=1, <2 || 3.x`.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// One of these groups must hold, all bounds of it.
    groups: Vec<Vec<Bound>>,
}

impl Constraint {
    /// Reads a constraint.
    pub fn parse(text: &str) -> Result<Self, String> {
        let groups = text.split("||").map(group).collect::<Result<_, _>>()?;
        Ok(Self { groups })
    }

    /// True if the version fits.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| {
            // One bound that names a prerelease lets prereleases into its whole group.
            let prereleases = group.iter().any(|bound| !bound.version.prerelease.is_empty());
            (prereleases || version.prerelease.is_empty()) && group.iter().all(|bound| bound.check(version))
        })
    }
}

fn group(text: &str) -> Result<Vec<Bound>, String> {
    let text = hyphens_replaced(text);
    let improper = || format!("improper constraint: \"{text}\"");
    let mut bounds = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let (operator, after) = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((*operator, rest.strip_prefix(sign)?)))
            .unwrap_or((Operator::Equal, rest));
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(after.len());
        let (version, after) = after.split_at_checked(end).unwrap_or((after, ""));
        bounds.push((operator, pattern(version).ok_or_else(improper)?));
        let next = after.trim_start();
        let next = next.strip_prefix(',').unwrap_or(next).trim_start();
        if next.is_empty() {
            if after.contains(',') {
                return Err(improper());
            }
            break;
        }
        rest = next;
    }
    bounds.into_iter().map(|(operator, pattern)| pattern.bound(operator)).collect()
}

/// Writes `a - b` as `>= a, <= b`.
fn hyphens_replaced(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(found) = rest.match_indices('-').find_map(|(at, _)| range_at(rest, at)) {
        let (before, from, to, after) = found;
        out.push_str(before);
        let _ = write!(out, ">= {from}, <= {to}");
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The range whose hyphen stands at `at`: what is before it, its two versions, what is behind it.
fn range_at(text: &str, at: usize) -> Option<(&str, &str, &str, &str)> {
    let (left, right) = (text.get(..at)?, text.get(at + 1..)?);
    let from_end = left.trim_end();
    let to_start = right.trim_start();
    if from_end.len() == left.len() || to_start.len() == right.len() {
        return None;
    }
    let is_break = |c: char| c.is_whitespace() || c == ',';
    let start = from_end.rfind(is_break).map_or(0, |at| at + 1);
    let end = to_start.find(is_break).unwrap_or(to_start.len());
    let (before, from) = from_end.split_at_checked(start)?;
    let (to, after) = to_start.split_at_checked(end)?;
    (pattern(from).is_some() && pattern(to).is_some()).then_some((before, from, to, after))
}

/// A version of a constraint, parts of which may be left open or be `x`.
struct Pattern<'a> {
    parts: Vec<&'a str>,
    prerelease: &'a str,
}

fn pattern(text: &str) -> Option<Pattern<'_>> {
    let (numbers, prerelease, _) = split(text.strip_prefix('v').unwrap_or(text))?;
    let parts: Vec<&str> = numbers.split('.').collect();
    let fits = |part: &&str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X' | b'*'))
    };
    (parts.len() <= 3 && parts.iter().all(fits)).then_some(Pattern { parts, prerelease })
}

impl Pattern<'_> {
    fn bound(&self, operator: Operator) -> Result<Bound, String> {
        let is_open = |part: &&str| matches!(*part, "x" | "X" | "*");
        let given: Vec<&str> = self.parts.iter().take_while(|part| !is_open(part)).copied().collect();
        let open = match given.len() {
            0 => Open::All,
            1 => Open::Minor,
            2 => Open::Patch,
            _ => Open::Nothing,
        };
        let mut text = if given.is_empty() { "0".to_owned() } else { given.join(".") };
        if !self.prerelease.is_empty() {
            text.push('-');
            text.push_str(self.prerelease);
        }
        let version = Version::parse(&text).map_err(|_| "constraint parser error".to_owned())?;
        Ok(Bound { operator, version, open })
    }
}

impl Bound {
    fn check(&self, version: &Version) -> bool {
        let order = version.compare(&self.version);
        let same_minor = version.major == self.version.major && version.minor == self.version.minor;
        match self.operator {
            Operator::Equal if self.open == Open::Nothing => order == Ordering::Equal,
            Operator::Equal | Operator::Tilde => self.tilde(version),
            Operator::NotEqual => match self.open {
                Open::Nothing | Open::All => order != Ordering::Equal,
                Open::Minor => version.major != self.version.major,
                Open::Patch => !same_minor || version.prerelease != self.version.prerelease,
            },
            Operator::Greater => match self.open {
                Open::Nothing | Open::All => order == Ordering::Greater,
                Open::Minor => version.major > self.version.major,
                Open::Patch => (version.major, version.minor) > (self.version.major, self.version.minor),
            },
            Operator::Less => order == Ordering::Less,
            Operator::GreaterOrEqual => order != Ordering::Less,
            Operator::LessOrEqual => match self.open {
                Open::Nothing => order != Ordering::Greater,
                Open::Minor => version.major <= self.version.major,
                Open::Patch | Open::All => {
                    (version.major, version.minor) <= (self.version.major, self.version.minor)
                }
            },
            Operator::Caret => self.caret(version),
        }
    }

    fn tilde(&self, version: &Version) -> bool {
        let bound = &self.version;
        if version.compare(bound) == Ordering::Less {
            return false;
        }
        // `~0.0.0` lets all pass, which `*` rests on.
        if matches!(self.open, Open::Nothing | Open::All)
            && (bound.major, bound.minor, bound.patch) == (0, 0, 0)
        {
            return true;
        }
        version.major == bound.major && (version.minor == bound.minor || self.open == Open::Minor)
    }

    fn caret(&self, version: &Version) -> bool {
        let bound = &self.version;
        if version.compare(bound) == Ordering::Less || version.major != bound.major {
            return false;
        }
        // Below 1.0.0 the first number that is not zero counts as the major one.
        if bound.major > 0 || self.open == Open::Minor {
            return true;
        }
        if bound.minor > 0 || self.open == Open::Patch {
            return version.minor == bound.minor;
        }
        version.minor == 0 && version.patch == bound.patch
    }
}
