//! `semver` and `semverCompare`.

use super::arguments::{exactly, text};
use crate::context::Function;
use crate::origin::{OriginId, Origins};
use crate::semver::{Constraint, Version};
use crate::value::{IntKind, Object, Value};
use std::rc::Rc;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("semver", |context, a| {
        let [value] = exactly("semver", a)?;
        let version = Version::parse(&text(value)?.str())?;
        let origin = value.origin(&mut context.origins);
        let origin = context.origins.derive([origin]);
        Ok(Value::Object(Rc::new(SemVer { version, is_pointer: true, origin }), origin))
    }),
    ("semverCompare", |context, a| {
        let [constraint, version] = exactly("semverCompare", a)?;
        let constraint = Constraint::parse(&text(constraint)?.str())?;
        let version = Version::parse(&text(version)?.str())?;
        Ok(context.computed(Value::bool(constraint.check(&version)), a))
    }),
];

/// A version as templates see it.
#[derive(Clone, Debug)]
struct SemVer {
    version: Version,
    /// The next versions are given by value.
    is_pointer: bool,
    origin: OriginId,
}

impl SemVer {
    fn text(&self, text: String) -> Value {
        Value::str(text).with_origin(self.origin)
    }

    fn other(&self, version: Version) -> Value {
        Value::Object(Rc::new(Self { version, is_pointer: false, origin: self.origin }), self.origin)
    }

    fn truth(&self, is: bool) -> Value {
        Value::Bool(is, self.origin)
    }

    /// The same with another prerelease or metadata, which must be made of identifiers.
    fn with(&self, name: &str, change: impl Fn(&Version) -> Version) -> Result<Value, String> {
        let changed = change(&self.version);
        let version = Version::parse(&changed.to_string()).map_err(|_| {
            if name == "SetMetadata" { "invalid metadata string" } else { "invalid prerelease string" }
        })?;
        Ok(self.other(version))
    }
}

impl Object for SemVer {
    fn type_name(&self) -> &'static str {
        if self.is_pointer { "*semver.Version" } else { "semver.Version" }
    }

    fn kind(&self) -> &'static str {
        if self.is_pointer { "ptr" } else { "struct" }
    }

    fn field(&self, name: &str) -> Option<Value> {
        let version = &self.version;
        // `uint64` in the original; the comparisons of templates do not tell.
        let number = |number: u64| Some(Value::Int(number.cast_signed(), IntKind::Int64, self.origin));
        match name {
            "Major" => number(version.major),
            "Minor" => number(version.minor),
            "Patch" => number(version.patch),
            "Prerelease" => Some(self.text(version.prerelease.clone())),
            "Metadata" => Some(self.text(version.metadata.clone())),
            "Original" => Some(self.text(version.original.clone())),
            "String" => Some(self.text(version.to_string())),
            "IncMajor" => Some(self.other(version.next_major())),
            "IncMinor" => Some(self.other(version.next_minor())),
            "IncPatch" => Some(self.other(version.next_patch())),
            _ => None,
        }
    }

    fn call(&self, _: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        let [argument] = arguments else { return None };
        if let Value::Str(text) = argument {
            let text = text.str();
            return match name {
                "SetPrerelease" => Some(
                    self.with(name, |version| Version { prerelease: text.to_string(), ..version.clone() }),
                ),
                "SetMetadata" => {
                    Some(self.with(name, |version| Version { metadata: text.to_string(), ..version.clone() }))
                }
                _ => None,
            };
        }
        let Value::Object(object, _) = argument else { return None };
        let other = &object.as_any().downcast_ref::<Self>()?.version;
        let order = self.version.compare(other);
        Some(Ok(match name {
            "Compare" => Value::Int(order as i64, IntKind::Int, self.origin),
            "Equal" => self.truth(order.is_eq()),
            "LessThan" => self.truth(order.is_lt()),
            "LessThanEqual" => self.truth(order.is_le()),
            "GreaterThan" => self.truth(order.is_gt()),
            "GreaterThanEqual" => self.truth(order.is_ge()),
            _ => return None,
        }))
    }

    fn display(&self) -> String {
        self.version.to_string()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
