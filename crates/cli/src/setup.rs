//! From arguments and configuration to the options of a scan.

use crate::args::{InputArgs, RenderingArgs, RuleArgs};
use check::Settings;
use model::Severity;
use report::framework::Framework;
use scan::confine::{Confinement, Needs};
use scan::rendered::{Layer, Rendering};
use scan::{Config, Options, Selection, config};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::SourceText;

/// Most bytes taken from standard input.
const MAX_STDIN: u64 = 256 * 1024 * 1024;

/// The rules of a command when neither its arguments nor the configuration say which.
pub const DEFAULT_PROFILE: &str = "security";

/// Reads the configuration and puts the options together. Arguments win over the configuration.
pub fn prepare(
    input: &InputArgs,
    rules: &RuleArgs,
    framework: Option<&'static Framework>,
) -> Result<Options, String> {
    let mut roots = input.paths.clone();
    if roots.is_empty() {
        roots.push(PathBuf::from("."));
    }
    let wants_stdin = roots.iter().any(|r| r.as_os_str() == "-");
    roots.retain(|r| r.as_os_str() != "-");
    let config = read_config(input.config.as_deref(), &roots)?;
    let profile = rules.profile.as_deref().or(config.scan.profile.as_deref()).unwrap_or(DEFAULT_PROFILE);
    let selection = Selection {
        profiles: config::profiles(profile)?,
        rules: if rules.rules.is_empty() { config.scan.rules.clone() } else { rules.rules.clone() },
        skip: rules.skip.iter().chain(&config.scan.skip).cloned().collect(),
        framework: framework.map(|f| f.id.to_owned()),
    };
    let accepted_gaps = config
        .coverage
        .accept
        .iter()
        .map(|gap| Ok((config::globs([gap.path.as_str()])?, gap.reason.clone())))
        .collect::<Result<_, String>>()?;
    let defaults = Settings::default();
    let settings = Settings {
        pss_version: input
            .pss_version
            .or(config.kubernetes.pss_version.map(|w| w.0))
            .unwrap_or(defaults.pss_version),
        kubernetes_version: input
            .kubernetes_version
            .or(config.kubernetes.version.map(|w| w.0))
            .unwrap_or(defaults.kubernetes_version),
        allowed_registries: config.images.allowed_registries.clone(),
        complete: !input.partial && config.kubernetes.complete.unwrap_or(true),
    };
    let rendering = rendering(&input.rendering, settings.kubernetes_version)?;
    let fail_on = config.scan.fail_on.as_deref().map_or(Ok(Some(Severity::High)), config::threshold)?;
    let exclude = config::globs(input.exclude.iter().chain(&config.scan.exclude).map(String::as_str))?;
    let more = scan::tree::needs_more(&roots, &exclude);
    let around = if more { scan::tree::around(&roots) } else { Vec::new() };
    Ok(Options {
        stdin: wants_stdin.then(read_stdin).transpose()?,
        roots,
        exclude,
        max_file_size: config
            .scan
            .max_file_size
            .map_or(scan::read::MAX_FILE_SIZE, |mib| mib.saturating_mul(1024 * 1024)),
        checks: selection.choose()?,
        settings,
        exceptions: config.accepted,
        accepted_gaps,
        severity: config.scan.severity.map(|w| w.0),
        fail_on,
        framework,
        baseline: None,
        take_baseline: false,
        changed: None,
        today: today(),
        fixes: true,
        rendering,
        around,
        overlay: std::collections::BTreeMap::new(),
    })
}

/// How charts and overlays are rendered. Files of values are read here, before the process gives up what it can
/// read.
fn rendering(args: &RenderingArgs, version: check::KubeVersion) -> Result<Rendering, String> {
    let mut rendering = Rendering { explore: args.helm_explore, ..Rendering::default() };
    let helm = &mut rendering.helm;
    helm.release = args.helm_release.clone().unwrap_or_else(|| helm.release.clone());
    helm.namespace = args.helm_namespace.clone().unwrap_or_else(|| helm.namespace.clone());
    helm.kube_version = args.helm_kube_version.clone().unwrap_or_else(|| format!("v{version}.0"));
    helm.api_versions.clone_from(&args.helm_api_version);
    helm.tests = args.helm_tests;
    rendering.kustomize.load_restrictor_none = args.kustomize_any_path;
    rendering.kustomize.helm = true;
    for path in &args.helm_values {
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("{}: {}", path.display(), scan::walk::plain(&e)))?;
        let source = Arc::new(SourceText::new(path.display().to_string(), text));
        let tree = syntax::yaml::parse(source.clone());
        if let Some(error) = tree.errors().first() {
            let at = source.position(error.span.start);
            return Err(format!("{}:{}:{}: {}", path.display(), at.line, at.column, error.message));
        }
        rendering.layers.push(Layer::File(Arc::new(tree)));
    }
    let set = |value: &String, string, json| Layer::Set {
        path: String::new(),
        value: value.clone(),
        string,
        json,
        place: None,
    };
    rendering.layers.extend(args.helm_set_json.iter().map(|value| set(value, false, true)));
    rendering.layers.extend(args.helm_set.iter().map(|value| set(value, false, false)));
    rendering.layers.extend(args.helm_set_string.iter().map(|value| set(value, true, false)));
    Ok(rendering)
}

fn read_stdin() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_STDIN + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("standard input: {e}"))?;
    if bytes.len() as u64 > MAX_STDIN {
        return Err(format!("standard input has more than {} MiB", MAX_STDIN / 1024 / 1024));
    }
    Ok(bytes)
}

/// The configuration: the file that was named, else the one here, else one in a scanned folder.
fn read_config(named: Option<&Path>, roots: &[PathBuf]) -> Result<Config, String> {
    let candidates: Vec<PathBuf> = match named {
        Some(path) => vec![path.to_path_buf()],
        None => std::iter::once(PathBuf::from(config::FILE_NAME))
            .chain(roots.iter().filter(|r| r.is_dir()).map(|r| r.join(config::FILE_NAME)))
            .filter(|path| path.is_file())
            .take(1)
            .collect(),
    };
    let Some(path) = candidates.first() else { return Ok(Config::default()) };
    let text = std::fs::read_to_string(path)
        .map_err(|e| format!("{}: {}", path.display(), scan::walk::plain(&e)))?;
    Config::parse(&path.display().to_string(), &text)
}

/// Today in UTC, `YYYY-MM-DD`.
pub fn today() -> String {
    now().split('T').next().unwrap_or("").to_owned()
}

/// Now in UTC, `YYYY-MM-DDThh:mm:ss`. `SOURCE_DATE_EPOCH` is honoured, for reproducible reports.
pub fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds: u64 = fixed.unwrap_or_else(|| {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs())
    });
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days.cast_signed());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}

/// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar (H. Hinnant,
/// "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

/// Gives up what the scan does not need. Everything it writes must be open already, or be in `write`.
pub fn confine(input: &InputArgs, options: &Options, write: &[PathBuf]) -> Option<Confinement> {
    let mut read = options.roots.clone();
    read.extend(scan::pipeline::companions(&options.roots));
    read.extend(options.around.iter().cloned());
    let needs = Needs { read, write: write.to_vec() };
    let confinement = (!input.no_confine).then(|| scan::confine::confine(&needs));
    // Threads take over the confinement of the one that starts them, so they are started only now.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(input.threads.unwrap_or(0)).build_global();
    debug_assert!(threads.is_ok(), "the thread pool is set up once");
    confinement
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_to_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(20_780), (2026, 11, 23));
    }
}
