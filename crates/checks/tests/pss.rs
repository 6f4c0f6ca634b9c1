//! Levels of workloads and namespaces, as `holdfast pss` reports them.

use check::{Inventory, PssVersion, Settings};
use checks::pss::render::{Style, text};
use checks::pss::{Level, Report, Standing, assess};

fn report(yaml: &str, version: PssVersion) -> Report {
    let file = testkit::parse("yaml", yaml);
    let inventory = Inventory::new([&file]);
    assess(&inventory, &Settings { pss_version: version, ..Settings::default() })
}

fn latest(yaml: &str) -> Report {
    report(yaml, PssVersion::Latest)
}

const GOOD: &str = "
apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop}
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: web
      image: example.com/web:1.0
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: {drop: [ALL]}
---";

const PLAIN: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: plain, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: web
          image: example.com/web:1.0
---";

const BAD: &str = "
apiVersion: batch/v1
kind: Job
metadata: {name: bad, namespace: ops}
spec:
  template:
    spec:
      hostPID: true
      containers:
        - name: web
          image: example.com/web:1.0
---";

fn namespace(labels: &str) -> String {
    format!(
        "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {{{labels}}}
---"
    )
}

#[test]
fn the_strictest_level_is_found() {
    let report = latest(&[GOOD, PLAIN, BAD].concat());
    let [ops, shop] = &report.namespaces[..] else { panic!("{report:?}") };
    assert_eq!(
        (ops.name.as_str(), ops.level, ops.at_least),
        ("ops", Standing::Privileged, Level::Privileged)
    );
    assert_eq!(
        (shop.name.as_str(), shop.level, shop.at_least),
        ("shop", Standing::Baseline, Level::Baseline)
    );
    let levels: Vec<_> = shop.workloads.iter().map(|w| (w.resource.name.as_str(), w.level)).collect();
    assert_eq!(levels, [("plain", Standing::Baseline), ("good", Standing::Restricted)]);
    let blocked: Vec<_> = shop.workloads[0].blocked_by.iter().map(|c| c.control).collect();
    let wanted =
        ["allowPrivilegeEscalation", "capabilities_restricted", "runAsNonRoot", "seccompProfile_restricted"];
    assert_eq!(blocked, wanted);
    assert!(shop.workloads[1].blocked_by.is_empty() && shop.workloads[1].next.is_none());
    let blocked: Vec<_> = ops.workloads[0].blocked_by.iter().map(|c| c.control).collect();
    assert_eq!(blocked, ["hostNamespaces"]);
}

#[test]
fn versions_matter() {
    let old = "
apiVersion: v1
kind: Pod
metadata: {name: old}
spec:
  securityContext: {runAsNonRoot: true}
  containers: [{name: web, image: 'example.com/web:1.0'}]
";
    assert_eq!(report(old, PssVersion::Minor(7)).namespaces[0].level, Standing::Restricted);
    assert_eq!(report(old, PssVersion::Minor(8)).namespaces[0].level, Standing::Baseline);
}

#[test]
fn a_user_namespace_is_enough_for_baseline_but_not_for_restricted() {
    let pod =
        GOOD.replace("runAsNonRoot: true", "runAsUser: 0").replace("spec:\n", "spec:\n  hostUsers: false\n");
    assert_eq!(latest(&pod).namespaces[0].level, Standing::Restricted);
    assert_eq!(report(&pod, PssVersion::Minor(34)).namespaces[0].level, Standing::Baseline);
    let unmasked = pod.replace("capabilities:", "procMount: Unmasked\n        capabilities:");
    assert_eq!(latest(&unmasked).namespaces[0].level, Standing::Baseline);
    assert_eq!(report(&unmasked, PssVersion::Minor(34)).namespaces[0].level, Standing::Privileged);
}

#[test]
fn templates_leave_the_level_open() {
    let report = latest(&GOOD.replace("runAsNonRoot: true", "runAsNonRoot: '{{ .Values.nonRoot }}'"));
    let workload = &report.namespaces[0].workloads[0];
    assert_eq!((workload.level, workload.at_least), (Standing::Unknown, Level::Baseline));
    assert_eq!(workload.blocked_by[0].control, "runAsNonRoot");
    assert!(!workload.blocked_by[0].gaps.is_empty());
    let report = latest(&GOOD.replace(
        "      securityContext:\n        allow",
        "      securityContext: $CONTEXT\n      x:\n        allow",
    ));
    assert_eq!(report.namespaces[0].workloads[0].at_least, Level::Privileged);
    assert_eq!(report.namespaces[0].workloads[0].level, Standing::Unknown);
}

#[test]
fn labels_are_compared_at_their_own_version() {
    let prefix = "pod-security.kubernetes.io/";
    let labels = format!(
        "{prefix}enforce: restricted, {prefix}warn: restricted, {prefix}warn-version: v1.0, {prefix}audit: high"
    );
    let report = latest(&[&namespace(&labels), PLAIN].concat());
    let shop = &report.namespaces[0];
    assert!(shop.declared);
    let [enforce, audit, warn] = &shop.labels[..] else { panic!("{shop:?}") };
    assert_eq!(enforce.breaks.len(), 1);
    assert!(audit.mistake.is_some());
    assert_eq!((warn.version.as_str(), warn.breaks.len()), ("v1.0", 1));
    let advice = shop.advice.as_ref().unwrap();
    assert_eq!(advice.enforce, Level::Baseline);
    assert_eq!(advice.labels["pod-security.kubernetes.io/warn"], "restricted");
    let fine = latest(&[&namespace(&format!("{prefix}enforce: restricted")), GOOD].concat());
    assert!(fine.namespaces[0].advice.is_none());
    let loose = latest(&[&namespace(&format!("{prefix}enforce: baseline")), GOOD].concat());
    assert_eq!(loose.namespaces[0].advice.as_ref().unwrap().enforce, Level::Restricted);
}

#[test]
fn pods_of_a_controller_that_is_there_do_not_count_twice() {
    let pod = GOOD.replace(
        "namespace: shop}",
        "namespace: shop, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly, controller: true}]}",
    );
    let job = BAD.replace("name: bad, namespace: ops", "name: nightly, namespace: shop");
    assert_eq!(latest(&pod).namespaces[0].workloads.len(), 1);
    assert_eq!(latest(&[pod.as_str(), &job].concat()).namespaces[0].workloads.len(), 1);
}

#[test]
fn the_text_fits_and_says_what_counts() {
    let report = latest(&[GOOD, PLAIN, BAD].concat());
    let plain = text(&report, Style { width: 70, color: false, all: false });
    assert!(plain.lines().all(|line| line.chars().count() <= 70 || line.contains("pod-security")), "{plain}");
    assert!(
        plain.ends_with("3 workloads in 2 namespaces: 1 restricted, 1 baseline, 1 privileged\n"),
        "{plain}"
    );
    assert!(plain.contains("hostNamespaces breaks baseline"), "{plain}");
    assert!(!plain.contains('\u{1b}'));
    assert!(
        text(&report, Style { width: 100, color: true, all: true }).contains("\u{1b}[31mprivileged\u{1b}[0m")
    );
    assert!(text(&latest("{}"), Style { width: 80, color: false, all: true }).contains("No workloads"));
    assert!(serde_json::to_string(&report).unwrap().contains("\"at_least\":\"baseline\""));
}

#[test]
fn a_patch_is_not_blamed_for_what_it_leaves_out() {
    let patch = PLAIN.replace(
        "          image: example.com/web:1.0\n",
        "          securityContext: {procMount: Default}\n",
    );
    let report = latest(&patch);
    let workload = &report.namespaces[0].workloads[0];
    assert_eq!((workload.level, workload.at_least), (Standing::Unknown, Level::Baseline));
    let bad = latest(&patch.replace("Default", "Unmasked"));
    assert_eq!(bad.namespaces[0].level, Standing::Privileged);
}
