//! How pods are reached and what their service accounts may do.

use check::exposure::{RightKind, RouteKind};
use check::{Content, Exposure, File, Inventory};
use std::fmt::Write as _;
use std::sync::Arc;
use syntax::SourceText;

fn file(yaml: &str) -> File {
    let source = Arc::new(SourceText::new("test.yaml", yaml));
    let tree = syntax::yaml::parse(source.clone());
    assert!(tree.errors().is_empty(), "{:?}", tree.errors());
    File::new(source, Content::Tree(tree))
}

type Facts = (Vec<(RouteKind, String)>, Vec<(RightKind, bool)>);

/// Kinds of routes and rights of the first pod.
fn facts(yaml: &str) -> Facts {
    let file = file(yaml);
    let inventory = Inventory::new([&file]);
    let exposure = Exposure::new(&inventory);
    let reach = inventory.pods().first().map(|pod| exposure.of(pod)).unwrap_or_default();
    assert_eq!(reach.is_exposed(), !reach.routes.is_empty());
    (
        reach.routes.into_iter().map(|r| (r.kind, r.label)).collect(),
        reach.rights.into_iter().map(|r| (r.kind, r.cluster_wide)).collect(),
    )
}

fn pod(spec: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop, labels: {{app: web, tier: front}}}}\n\
         spec:\n  containers: [{{name: web, image: web}}]\n{spec}"
    )
}

fn service(more: &str, selector: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop}}\n\
         spec: {{selector: {{{selector}}}{more}}}\n"
    )
}

fn kinds(yaml: &str) -> Vec<RouteKind> {
    facts(yaml).0.into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn services_open_pods_they_select() {
    let balanced = pod("") + &service(", type: LoadBalancer", "app: web");
    assert_eq!(facts(&balanced).0, [(RouteKind::LoadBalancer, "Service `web` (LoadBalancer)".to_owned())]);
    assert!(kinds(&(pod("") + &service(", type: LoadBalancer", "app: web, tier: back"))).is_empty());
    assert!(kinds(&(pod("") + &service("", "app: web"))).is_empty());
    assert!(kinds(&(pod("") + &service(", type: NodePort", ""))).is_empty(), "no selector selects nothing");
    let both = pod("") + &service(", type: NodePort, externalIPs: [192.0.2.1]", "tier: front");
    assert_eq!(kinds(&both), [RouteKind::NodePort, RouteKind::ExternalIp]);
    let elsewhere = balanced.replacen("namespace: shop", "namespace: other", 1);
    assert!(kinds(&elsewhere).is_empty(), "a Service selects within its namespace");
}

#[test]
fn internal_load_balancers_are_told_apart() {
    let text = pod("")
        + "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n    \
           networking.gke.io/load-balancer-type: Internal\nspec: {type: LoadBalancer, selector: {app: web}}\n";
    assert_eq!(kinds(&text), [RouteKind::InternalLoadBalancer]);
}

#[test]
fn nodes_are_ways_too() {
    assert_eq!(kinds(&pod("  hostNetwork: true\n")), [RouteKind::HostNetwork]);
    let port = pod("").replace("image: web}", "image: web, ports: [{containerPort: 80, hostPort: 8080}]}");
    assert_eq!(facts(&port).0, [(RouteKind::HostPort, "host port 8080".to_owned())]);
}

#[test]
fn ingresses_and_routes_lead_to_services() {
    let base = pod("") + &service("", "app: web");
    let ways = [
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, namespace: shop}, spec: {rules: \
         [{http: {paths: [{path: /, backend: {service: {name: web}}}]}}]}}",
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, namespace: shop}, spec: \
         {defaultBackend: {service: {name: web}}}}",
        "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: i, namespace: shop}, spec: {backend: \
         {serviceName: web}}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: i, namespace: edge}, spec: \
         {rules: [{backendRefs: [{name: web, namespace: shop}]}]}}",
        "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: i, namespace: edge}, spec: \
         {gateways: [edge], http: [{route: [{destination: {host: web.shop.svc.cluster.local}}]}]}}",
        "{apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: i, namespace: shop}, spec: {to: {name: \
         web}}}",
        "{apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: i, namespace: shop}, spec: {routes: \
         [{services: [{name: web}]}]}}",
    ];
    for way in ways {
        assert_eq!(kinds(&format!("{base}---\n{way}\n")), [RouteKind::Ingress], "{way}");
    }
    let mesh = "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: i, namespace: shop}, \
                spec: {http: [{route: [{destination: {host: web}}]}]}}";
    assert!(kinds(&format!("{base}---\n{mesh}\n")).is_empty());
}

const BINDING: &str = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: \
                       {name: b}\nroleRef: {kind: ClusterRole, name: ROLE}\nsubjects: [SUBJECT]\n";

fn bound(role: &str, subject: &str) -> String {
    pod("  serviceAccountName: web\n") + &BINDING.replace("ROLE", role).replace("SUBJECT", subject)
}

const ACCOUNT: &str = "{kind: ServiceAccount, name: web, namespace: shop}";

#[test]
fn built_in_roles_are_known_by_name() {
    assert_eq!(facts(&bound("cluster-admin", ACCOUNT)).1, [(RightKind::Everything, true)]);
    assert!(facts(&bound("view", ACCOUNT)).1.is_empty());
    let edit = bound("edit", ACCOUNT).replace(
        "kind: ClusterRoleBinding\nmetadata: {name: b}",
        "kind: RoleBinding\nmetadata: {name: b, namespace: shop}",
    );
    let rights = facts(&edit).1;
    assert!(rights.contains(&(RightKind::ReadSecrets, false)), "{rights:?}");
}

#[test]
fn subjects_hold_roles_by_name_and_by_group() {
    let everything = vec![(RightKind::Everything, true)];
    for subject in [
        "{kind: Group, name: 'system:serviceaccounts'}",
        "{kind: Group, name: 'system:serviceaccounts:shop'}",
        "{kind: Group, name: 'system:authenticated'}",
        "{kind: User, name: 'system:serviceaccount:shop:web'}",
    ] {
        assert_eq!(facts(&bound("cluster-admin", subject)).1, everything, "{subject}");
    }
    for subject in [
        "{kind: Group, name: 'system:serviceaccounts:other'}",
        "{kind: ServiceAccount, name: web, namespace: other}",
        "{kind: ServiceAccount, name: web}",
        "{kind: User, name: web}",
    ] {
        assert!(facts(&bound("cluster-admin", subject)).1.is_empty(), "{subject}");
    }
}

#[test]
fn rules_of_roles_in_the_input_count() {
    let role = |rule: &str| {
        bound("mine", ACCOUNT)
            + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: mine}\nrules: ["
            + rule
            + "]\n"
    };
    let kinds = |rule: &str| facts(&role(rule)).1.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds("{apiGroups: [''], resources: [secrets], verbs: [list]}"), [RightKind::ReadSecrets]);
    assert_eq!(kinds("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}"), [RightKind::Everything]);
    assert_eq!(kinds("{apiGroups: [''], resources: [pods/exec], verbs: [create]}"), [RightKind::Exec]);
    assert_eq!(
        kinds("{apiGroups: [apps], resources: [daemonsets], verbs: [create]}"),
        [RightKind::CreatePods]
    );
    assert_eq!(kinds("{apiGroups: [''], resources: [nodes/proxy], verbs: [get]}"), [RightKind::NodesProxy]);
    let named = "{apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get]}";
    assert!(kinds(named).is_empty());
}

#[test]
fn aggregated_rules_are_held_through_the_whole() {
    let file = file(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: part, labels: {a: b}}\n---\n\
         apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: whole}\naggregationRule: \
         {clusterRoleSelectors: [{matchLabels: {a: b}}]}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: \
         ClusterRole\nmetadata: {name: seen, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}\n---\n\
         apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b1}\nroleRef: {kind: \
         ClusterRole, name: whole}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n\
         metadata: {name: b2}\nroleRef: {kind: ClusterRole, name: admin}\n",
    );
    let inventory = Inventory::new([&file]);
    let names = |role: &str| -> Vec<&str> {
        let role = inventory.find("ClusterRole", "", role).unwrap();
        inventory.access().of_role(role).iter().map(|b| b.object.name()).collect()
    };
    assert_eq!(names("part"), ["b1"]);
    assert_eq!(names("whole"), ["b1"]);
    assert_eq!(names("seen"), ["b2"], "view is part of edit, and edit of admin");
}

#[test]
fn aggregation_gives_the_rights_of_its_parts() {
    let text = bound("whole", ACCOUNT)
        + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: whole}\naggregationRule: \
           {clusterRoleSelectors: [{matchLabels: {a: b}}]}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: \
           ClusterRole\nmetadata: {name: part, labels: {a: b}}\nrules: [{apiGroups: [''], resources: [secrets], verbs: \
           [get]}]\n";
    assert_eq!(facts(&text).1, [(RightKind::ReadSecrets, true)]);
}

#[test]
fn many_services_and_pods_take_linear_time() {
    let mut text = String::new();
    for i in 0..3000 {
        let _ = write!(
            text,
            "---\n{{apiVersion: v1, kind: Pod, metadata: {{name: p{i}, labels: {{app: a, n: '{i}'}}}}, spec: \
             {{containers: [{{name: a, image: a}}]}}}}\n---\n{{apiVersion: v1, kind: Service, metadata: {{name: s{i}}}, \
             spec: {{type: NodePort, selector: {{app: a, n: '{i}'}}}}}}\n"
        );
    }
    let file = file(&text);
    let inventory = Inventory::new([&file]);
    let exposure = Exposure::new(&inventory);
    assert!(inventory.pods().iter().all(|p| exposure.of(p).routes.len() == 1));
}
