//! Renders a chart.

use super::chart::Chart;
use super::coalesce::{Coalesce, Table, Warnings};
use super::instance::{Instance, Sources};
use super::layer::{Layer, user_values};
use super::library::Library;
use super::load::{is_definition, refused};
use super::manifests::{self, Broken};
use super::objects::{self, ChartFiles};
use super::options::{KubeVersion, Options};
use super::secret;
use super::versions;
use crate::context::{Context, Random};
use crate::origin::{FrameId, NO_OFFSET, Origin, OriginId, Origins};
use crate::output::{Output, Problem};
use crate::template::{Engine, Fault, Parsed};
use crate::text::Text;
use crate::value::{Map, Value};
use model::{Location, Pointer, Span, WhyCode};
use std::cmp::Reverse;
use std::sync::Arc;
use syntax::SourceText;

/// Renders a chart as `helm template` does, with layers of values over the chart's own. What was wrong with the
/// chart itself is among [`Chart::problems`], not here. Where Helm would give up, here what can be rendered is.
pub fn render(chart: &Chart, layers: &[Layer], options: &Options, library: &Library) -> Output {
    let mut rendering = Rendering {
        chart,
        options,
        library,
        problems: Vec::new(),
        sources: Sources::new(),
        templates: Vec::new(),
        definitions: Vec::new(),
        values: None,
    };
    if chart.broken {
        return rendering.without_manifests();
    }
    if chart.is_library() {
        rendering.tell("library charts are not installable", WhyCode::Unsupported, false);
        return rendering.without_manifests();
    }
    let user = user_values(layers, &mut rendering.sources, &mut rendering.problems);
    match rendering.prepare(&user) {
        Ok(()) => rendering.execute(),
        Err(why) => {
            rendering.tell(&why, WhyCode::Malformed, true);
            rendering.without_manifests()
        }
    }
}

/// A template with what it sees.
struct Renderable<'a> {
    /// As Helm names it: `web/templates/deployment.yaml`.
    name: Arc<str>,
    source: &'a Arc<SourceText>,
    /// Shared by all templates of a chart.
    data: Map,
    base: Arc<str>,
    parsed: Option<Arc<Parsed>>,
}

struct Rendering<'a> {
    chart: &'a Chart,
    options: &'a Options,
    library: &'a Library,
    problems: Vec<Problem>,
    sources: Sources,
    templates: Vec<Renderable<'a>>,
    /// Files of `crds/`: name, text.
    definitions: Vec<(Arc<str>, Arc<SourceText>)>,
    /// The values of the chart and of all below it.
    values: Option<Value>,
}

/// What all charts of a rendering see alike.
struct Common {
    release: Value,
    capabilities: Value,
}

impl<'a> Rendering<'a> {
    fn without_manifests(self) -> Output {
        Output { manifests: Vec::new(), origins: Arc::new(self.sources.origins), problems: self.problems }
    }

    /// A problem of the chart as a whole.
    fn tell(&mut self, message: &str, code: WhyCode, fatal: bool) {
        let source = self.chart.metadata.tree.source();
        self.problems.push(Problem {
            location: source.location(Span::new(0, 0), Pointer::root()),
            code,
            message: message.to_owned(),
            hint: String::new(),
            fatal,
        });
    }

    /// Everything up to the templates: which charts take part, and with which values.
    fn prepare(&mut self, user: &Table) -> Result<(), String> {
        let mut warnings = Warnings::new();
        let mut root = self.sources.instance(self.chart)?;
        root.process(user, &mut self.sources, &mut warnings)?;
        let kube = KubeVersion::parse(&self.options.kube_version)
            .ok_or_else(|| format!("invalid kube version {:?}", self.options.kube_version))?;
        self.check_kube_version(&kube);
        let values = Coalesce { merge: false, warnings: &mut warnings }.values(&root, user)?;
        self.warn(warnings);
        let common = Common {
            release: objects::release(self.options),
            capabilities: objects::capabilities(&kube, &self.options.api_versions),
        };
        let typed = Map::typed("common.Values");
        for (key, value) in values.map.snapshot() {
            typed.insert(key, value);
        }
        let values = Value::Map(typed, values.origin);
        self.values = Some(values.clone());
        if !super::validate::check(&root, &values, &mut self.sources.origins, &mut self.problems) {
            return Ok(());
        }
        let name: Arc<str> = root.name.as_str().into();
        self.gather(&root, &common, values, &name, true);
        let depth = |name: &str| name.bytes().filter(|byte| *byte == b'/').count();
        self.templates.sort_by_cached_key(|template| Reverse((depth(&template.name), template.name.clone())));
        Ok(())
    }

    fn check_kube_version(&mut self, kube: &KubeVersion) {
        let wanted = &self.chart.metadata.kube_version;
        if wanted.is_empty() || versions::fits(wanted, &kube.normal) {
            return;
        }
        let root = self.chart.metadata.tree.roots().next();
        let location = root.map_or_else(Location::default, |root| root.get("kubeVersion").location());
        self.problems.push(Problem {
            location,
            code: WhyCode::Unsupported,
            message: format!(
                "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {}",
                kube.version
            ),
            hint: "say which version of Kubernetes it is rendered for".to_owned(),
            fatal: true,
        });
    }

    fn warn(&mut self, warnings: Warnings) {
        for (origin, message) in warnings {
            let node = self.sources.origins.node_of(origin);
            let location = node.map_or_else(
                || self.chart.metadata.tree.source().location(Span::new(0, 0), Pointer::root()),
                syntax::Node::location,
            );
            let code = WhyCode::Malformed;
            self.problems.push(Problem { location, code, message, hint: String::new(), fatal: false });
        }
    }

    /// What the templates of a chart and of its dependencies see. Gives the chart's own data.
    fn gather(
        &mut self,
        instance: &Instance<'a>,
        common: &Common,
        values: Value,
        path: &str,
        root: bool,
    ) -> Value {
        let data = Map::typed("common.Values");
        let subcharts = Map::default();
        data.insert("Chart", objects::chart(instance, root, &mut self.sources));
        data.insert("Files", ChartFiles::new(&instance.chart.files).value());
        data.insert("Release", common.release.clone());
        data.insert("Capabilities", common.capabilities.clone());
        data.insert("Subcharts", Value::Map(subcharts.clone(), OriginId::NONE));
        if self.options.crds {
            let definitions = instance.chart.files.iter().filter(|(path, _)| is_definition(path));
            for (file, blob) in definitions {
                if let Some(source) = blob.text() {
                    self.definitions.push((format!("{path}/{file}").into(), source.clone()));
                }
            }
        }
        for dependency in &instance.dependencies {
            let inner = values.as_map().and_then(|map| map.get(&dependency.name));
            let inner = inner
                .filter(|value| value.as_map().is_some())
                .unwrap_or_else(|| Value::Map(Map::typed("common.Values"), OriginId::NONE));
            let path = format!("{path}/charts/{}", dependency.name);
            let below = self.gather(dependency, common, inner, &path, false);
            subcharts.insert(dependency.name.as_str(), below);
        }
        data.insert("Values", values);
        let base: Arc<str> = format!("{path}/templates").into();
        for template in &instance.chart.templates {
            // Of a library only the definitions count.
            if instance.chart.is_library() && !is_partial(&template.path) {
                continue;
            }
            let name: Arc<str> = format!("{path}/{}", template.path).into();
            self.templates.retain(|other| other.name != name);
            self.templates.push(Renderable {
                name,
                source: &template.source,
                data: data.clone(),
                base: base.clone(),
                parsed: None,
            });
        }
        Value::Map(data, OriginId::NONE)
    }

    fn execute(mut self) -> Output {
        let mut context = Context::new(self.options.now);
        context.origins = std::mem::take(&mut self.sources.origins);
        context.random = Random::new(&format!("{}/{}", self.options.release, self.chart.name()));
        let mut engine = Engine::new(context);
        let mut templates = std::mem::take(&mut self.templates);
        let values = self.values.take();
        for template in &mut templates {
            match self.library.template(template.source, &template.name) {
                Ok(parsed) => {
                    engine.add(&template.name, &parsed);
                    template.parsed = Some(parsed);
                }
                Err(fault) => self.fault(template, &fault),
            }
        }
        let (mut objects, mut hooks) = (Vec::new(), Vec::new());
        // Helm renders in one order and prints in another.
        let mut rendered = Vec::new();
        let mut pool = engine.context.budget;
        for template in templates.iter().filter(|t| t.parsed.is_some() && !is_partial(&t.name)) {
            template.data.insert(
                "Template",
                Value::map([
                    ("Name".into(), Value::str(&*template.name)),
                    ("BasePath".into(), Value::str(&*template.base)),
                ]),
            );
            let data = Value::Map(template.data.clone(), OriginId::NONE);
            // What one template spends is not there for the others, but one can't spend it all.
            let before = pool.share();
            engine.context.budget = before;
            let result = engine.execute(&template.name, &data);
            pool.spend(before, engine.context.budget);
            match result {
                Ok(text) => rendered.push((template, text)),
                Err(fault) => self.fault(template, &fault),
            }
        }
        rendered.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        for (template, text) in rendered {
            if template.name.ends_with("NOTES.txt") {
                continue;
            }
            let text = manifests::without_no_value(text);
            for broken in manifests::collect(&template.name, &text, &mut objects, &mut hooks) {
                let problem = broken_yaml(template, &broken, &engine.context.origins);
                self.problems.push(problem);
            }
        }
        let mut manifests = self.definitions(&mut engine.context.origins);
        manifests.extend(manifests::ordered(objects, hooks, self.options.tests));
        if !self.problems.is_empty()
            && let Some(values) = &values
        {
            secret::hide(values, &mut engine.context.origins);
        }
        let origins = Arc::new(std::mem::take(&mut engine.context.origins));
        let mut output = Output { manifests, origins, problems: Vec::new() };
        for mut problem in self.problems {
            problem.message = output.redact(&problem.message);
            output.problems.push(problem);
        }
        output
    }

    fn definitions(&mut self, origins: &mut Origins) -> Vec<crate::output::Manifest> {
        let definitions = std::mem::take(&mut self.definitions);
        let made = definitions.into_iter().map(|(name, source)| {
            let file = origins.add_text(source.clone());
            let origin = origins.intern(Origin::Literal { file, frame: FrameId::ROOT });
            manifests::definition(name, &Text::new(source.text(), origin, 0))
        });
        made.collect()
    }

    fn fault(&mut self, template: &Renderable<'_>, fault: &Fault) {
        let location = match &fault.source {
            Some(source) => source.location(fault.span, Pointer::root()),
            None => template.source.location(Span::new(0, 0), Pointer::root()),
        };
        let missing = &self.chart.missing;
        let hint = if missing.is_empty() {
            String::new()
        } else {
            format!("the chart is rendered without {}, which it depends on", missing.join(", "))
        };
        let limit = fault.message.contains("the rendering takes too many steps")
            || fault.message.contains("the rendering makes too much text");
        self.problems.push(Problem {
            location,
            code: if limit {
                WhyCode::Limit
            } else if missing.is_empty() {
                WhyCode::Malformed
            } else {
                WhyCode::MissingInput
            },
            message: shortened(&fault.message),
            hint,
            fatal: true,
        });
    }
}

/// A message without its middle, if it is very long: templates that include themselves repeat their names.
fn shortened(message: &str) -> String {
    const MOST: usize = 1200;
    const PART: usize = 500;
    if message.chars().count() <= MOST {
        return message.to_owned();
    }
    let head: String = message.chars().take(PART).collect();
    let tail: Vec<char> = message.chars().rev().take(PART).collect();
    format!("{head} ... {}", tail.into_iter().rev().collect::<String>())
}

/// True for a file that only holds definitions.
fn is_partial(name: &str) -> bool {
    name.rsplit('/').next().unwrap_or(name).starts_with('_')
}

fn broken_yaml(template: &Renderable<'_>, broken: &Broken, origins: &Origins) -> Problem {
    let place = broken.run.and_then(|(run, within)| match origins.get(run.origin) {
        Origin::Literal { file, .. } if run.offset != NO_OFFSET => {
            let at = run.offset + within;
            Some(origins.location(*file, Span::new(at, at)))
        }
        Origin::Written { file, span, .. } => Some(origins.location(*file, *span)),
        _ => None,
    });
    let location = place.unwrap_or_else(|| template.source.location(Span::new(0, 0), Pointer::root()));
    let mut problem = refused("", format!("YAML parse error on {}: {}", template.name, broken.error));
    problem.location = location;
    problem.hint.clone_from(&broken.error.hint);
    problem.code = broken.error.code;
    problem
}
