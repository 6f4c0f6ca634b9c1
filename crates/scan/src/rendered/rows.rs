//! What the ledger says of the files of charts and overlays.

use model::{LedgerRow, Status};
use render::Problem;

/// The row of a problem.
pub fn problem(problem: &Problem, kind: &str) -> LedgerRow {
    let why = model::Why::new(problem.code, problem.message.clone());
    let line = Some(problem.location.range.start.line).filter(|line| *line > 0);
    let status = if problem.fatal { Status::Error } else { Status::NotEvaluated };
    let mut row = LedgerRow::gap(&problem.location.file, line, status, kind, &why);
    row.hint = (!problem.hint.is_empty()).then(|| problem.hint.clone());
    row
}

/// A problem as an error message.
pub fn describe(problem: &Problem) -> String {
    let at = problem.location.range.start;
    let hint = if problem.hint.is_empty() { String::new() } else { format!("\n  hint: {}", problem.hint) };
    let file = if problem.location.file.is_empty() { "." } else { &*problem.location.file };
    if at.line > 0 {
        format!("{file}:{}:{}: {}{hint}", at.line, at.column, problem.message)
    } else {
        format!("{file}: {}{hint}", problem.message)
    }
}
