//! Findings that were there before.

use model::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema's name, so that a stray JSON file is not taken for a baseline.
const SCHEMA: &str = "holdfast.baseline/v1";

/// How often each fingerprint was met when the baseline was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    schema: String,
    findings: BTreeMap<String, u32>,
}

impl Baseline {
    /// The baseline of a run: its open findings.
    pub fn take<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut counts = BTreeMap::new();
        for finding in findings.filter(|f| f.exception.is_none()) {
            *counts.entry(finding.fingerprint.clone()).or_insert(0) += 1;
        }
        Self { schema: SCHEMA.to_owned(), findings: counts }
    }

    /// Reads one: either what [`Baseline::take`] wrote, or a whole JSON report.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        match value.get("schema").and_then(|s| s.as_str()) {
            Some(SCHEMA) => serde_json::from_value(value).map_err(|e| e.to_string()),
            Some("holdfast.report/v1") => {
                let mut findings = BTreeMap::new();
                for finding in value.get("findings").and_then(|f| f.as_array()).into_iter().flatten() {
                    let open = finding.get("exception").is_none_or(serde_json::Value::is_null);
                    if let Some(fingerprint) = finding.get("fingerprint").and_then(|f| f.as_str())
                        && open
                    {
                        *findings.entry(fingerprint.to_owned()).or_insert(0) += 1;
                    }
                }
                Ok(Self { schema: SCHEMA.to_owned(), findings })
            }
            _ => Err(format!("is neither a baseline ({SCHEMA}) nor a report (holdfast.report/v1)")),
        }
    }

    /// Its JSON text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Takes the findings out that were there before. Of several with one fingerprint only as many as before
    /// are taken: one more of the same is new.
    pub fn subtract(&self, findings: &mut Vec<Finding>) -> usize {
        let mut left = self.findings.clone();
        let before = findings.len();
        findings.retain(|finding| match left.get_mut(&finding.fingerprint) {
            Some(count) if *count > 0 && finding.exception.is_none() => {
                *count -= 1;
                false
            }
            _ => true,
        });
        before - findings.len()
    }
}
