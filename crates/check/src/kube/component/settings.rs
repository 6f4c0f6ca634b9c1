//! Reading a component's settings, whatever they are written in.

use super::{Anchor, Component, Flag, Form, Given, Source, fields, kubeadm};
use crate::{Plan, Settings};
use model::{Val, Why, WhyCode};
use serde_json::{Value, json};
use syntax::{Kind, Node};

impl<'a> Component<'a> {
    /// The Kubernetes minor version it is of: its own if known, else what the user set.
    pub fn minor(&self, settings: &Settings) -> u32 {
        self.minor.unwrap_or(settings.kubernetes_version.minor)
    }

    /// How a setting is written here: `--profiling`, `profiling`, `authentication.anonymous.enabled`.
    pub fn spelling(&self, flag: &str) -> String {
        match self.source {
            Source::Command => format!("--{flag}"),
            Source::File => {
                fields::route(self.program, flag).map_or_else(|| flag.to_owned(), |route| route.join("."))
            }
            Source::Kubeadm | Source::Partial => flag.to_owned(),
        }
    }

    /// A setting as text, in the notation of a flag: lists with commas, mappings as `a=b,c=d`. What kubeadm
    /// would set counts as written. The last of several counts.
    pub fn text(&self, flag: &str) -> Val<String, Node<'a>> {
        if let Some(field) = self.field(flag)
            && field.is_set()
        {
            return field_text(field);
        }
        match self.flags.iter().rev().find(|f| f.name == flag) {
            Some(Flag { given: Given::Text(text), place, .. }) => Val::Known(text.clone(), *place),
            Some(Flag { given: Given::Unknown(why, _), place, .. }) => Val::Unknown(why.clone(), *place),
            None => self.absent(flag),
        }
    }

    fn absent(&self, flag: &str) -> Val<String, Node<'a>> {
        if let Some((why, place)) = &self.hidden {
            return Val::Unknown(why.clone(), *place);
        }
        if let Some((why, place)) = &self.config
            && self.program.in_config(flag)
        {
            return Val::Unknown(why.clone(), *place);
        }
        match kubeadm::default(self, flag) {
            Some(value) => Val::Known(value.to_owned(), self.place),
            None => Val::Absent(self.place),
        }
    }

    fn field(&self, flag: &str) -> Option<Node<'a>> {
        let root = self.fields?;
        match self.source {
            Source::File => fields::route(self.program, flag).map(|route| root.path(route)),
            _ => fields::camel(root, flag),
        }
    }

    /// A boolean setting. Go's `strconv.ParseBool` decides what a flag's text means.
    pub fn bool(&self, flag: &str) -> Val<bool, Node<'a>> {
        if let Some(field) = self.field(flag)
            && field.is_set()
        {
            return field.bool();
        }
        self.parsed(flag, "true or false", |text| match text {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
            _ => None,
        })
    }

    /// A setting that is a whole number.
    pub fn int(&self, flag: &str) -> Val<i64, Node<'a>> {
        self.parsed(flag, "a whole number", |text| text.parse().ok())
    }

    /// A setting that is a length of time, in milliseconds.
    pub fn millis(&self, flag: &str) -> Val<i64, Node<'a>> {
        self.parsed(flag, "a duration", duration_ms)
    }

    fn parsed<T>(&self, flag: &str, wanted: &str, parse: impl Fn(&str) -> Option<T>) -> Val<T, Node<'a>> {
        match self.text(flag) {
            Val::Known(text, place) => {
                let malformed = || {
                    let detail = format!("`{}` should be {wanted}", self.spelling(flag));
                    Val::Unknown(Why::new(WhyCode::Malformed, detail), place)
                };
                parse(text.trim()).map_or_else(malformed, |value| Val::Known(value, place))
            }
            Val::Absent(place) => Val::Absent(place),
            Val::Unknown(why, place) => Val::Unknown(why, place),
        }
    }

    /// A setting that is a list; a repeated flag adds to it. The place is that of the last part.
    pub fn list(&self, flag: &str) -> Val<Vec<String>, Node<'a>> {
        let split = |text: &str| -> Vec<String> {
            text.split(',').map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
        };
        let mut all = Vec::new();
        let mut last = None;
        for found in self.flags.iter().filter(|f| f.name == flag) {
            match &found.given {
                Given::Text(text) => all.extend(split(text)),
                Given::Unknown(why, _) => return Val::Unknown(why.clone(), found.place),
            }
            last = Some(found.place);
        }
        match last {
            Some(place) => Val::Known(all, place),
            None => self.text(flag).map(|text| split(&text)),
        }
    }

    /// The places where a setting is written, with its text, unexpanded where it is filled in later.
    pub fn written(&self, flag: &str) -> Vec<(String, Node<'a>)> {
        let field = self.field(flag).filter(|f| f.is_set());
        let fields = field.into_iter().filter_map(|f| Some((field_text(f).known()?, f)));
        let flags = self.flags.iter().filter(|f| f.name == flag).map(|f| match &f.given {
            Given::Text(text) | Given::Unknown(_, text) => (text.clone(), f.place),
        });
        fields.chain(flags).collect()
    }

    /// Whether a feature gate is on, where it is set at all.
    pub fn gate(&self, name: &str) -> Val<bool, Node<'a>> {
        match self.list("feature-gates") {
            Val::Known(gates, place) => {
                let value = gates.iter().rev().find_map(|g| {
                    let (gate, value) = g.split_once('=')?;
                    (gate.trim() == name).then(|| value.trim().eq_ignore_ascii_case("true"))
                });
                value.map_or(Val::Absent(place), |on| Val::Known(on, place))
            }
            Val::Absent(place) => Val::Absent(place),
            Val::Unknown(why, place) => Val::Unknown(why, place),
        }
    }

    /// The change that gives a setting a value, in the notation of where it is written. Fields of
    /// configuration files take `value` as it is, flags its text.
    #[must_use]
    pub fn change(&self, plan: Plan<'a>, flag: &str, value: &Value) -> Option<Plan<'a>> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        if let Some(found) = self.flags.iter().rev().find(|f| f.name == flag) {
            return match found.form {
                Form::Item => Some(plan.set(found.place, &[], format!("--{flag}={text}"))),
                Form::Value => Some(plan.set(found.place, &[], text)),
                Form::Inline => None,
            };
        }
        match self.anchor {
            Anchor::Words(list) => Some(plan.append(list, &[], format!("--{flag}={text}"))),
            Anchor::Map(root, route) => {
                let keys: Vec<&str> = route.iter().copied().chain([flag]).collect();
                Some(plan.set(root, &keys, text))
            }
            Anchor::Pairs(root, route) => {
                Some(plan.append(root, route, json!({"name": flag, "value": text})))
            }
            Anchor::Fields(root) => {
                let route = fields::route(self.program, flag)?;
                Some(plan.set(root, route, value.clone()))
            }
            Anchor::Nowhere => None,
        }
    }
}

fn field_text(field: Node<'_>) -> Val<String, Node<'_>> {
    let known = |text: String| match super::words::placeholder_in(&text) {
        Some(why) => Val::Unknown(why, field),
        None => Val::Known(text, field),
    };
    match field.kind() {
        Kind::Seq => known(field.items().filter_map(Node::scalar).collect::<Vec<_>>().join(",")),
        Kind::Map => {
            let pairs = field.entries().map(|(k, v)| format!("{k}={}", v.scalar().unwrap_or("")));
            known(pairs.collect::<Vec<_>>().join(","))
        }
        _ => known(field.scalar().unwrap_or("").to_owned()),
    }
}

/// A Go duration (`time.ParseDuration`) in milliseconds: `1h30m`, `300ms`, `0`.
pub fn duration_ms(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total = 0.0_f64;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at_checked(end)?;
        let units = [
            ("ms", 1.0),
            ("us", 0.001),
            ("µs", 0.001),
            ("ns", 0.000_001),
            ("h", 3_600_000.0),
            ("m", 60_000.0),
            ("s", 1000.0),
        ];
        let (unit, factor) = units.iter().find(|(unit, _)| tail.starts_with(unit))?;
        total += number.parse::<f64>().ok()? * factor;
        rest = tail.strip_prefix(unit)?;
    }
    Some((sign * total) as i64)
}
