//! Interfaces for operators, recognised by image or by the name of their Service.

use super::network::image_name;
use check::Pod;
use syntax::Node;

/// Last parts of image names, with what they are.
const IMAGES: &[(&str, &str)] = &[
    ("dashboard", "the Kubernetes dashboard"),
    ("dashboard-web", "the Kubernetes dashboard"),
    ("dashboard-api", "the Kubernetes dashboard"),
    ("kubernetes-dashboard-amd64", "the Kubernetes dashboard"),
    ("argocd", "Argo CD"),
    ("argocli", "Argo Workflows"),
    ("grafana", "Grafana"),
    ("prometheus", "Prometheus"),
    ("alertmanager", "Alertmanager"),
    ("kibana", "Kibana"),
    ("opensearch-dashboards", "OpenSearch Dashboards"),
    ("jenkins", "Jenkins"),
    ("centraldashboard", "Kubeflow"),
    ("phpmyadmin", "phpMyAdmin"),
    ("adminer", "Adminer"),
    ("pgadmin4", "pgAdmin"),
    ("mongo-express", "mongo-express"),
    ("redis-commander", "Redis Commander"),
    ("redisinsight", "Redis Insight"),
    ("rancher", "Rancher"),
    ("scope", "Weave Scope"),
    ("portainer", "Portainer"),
    ("portainer-ce", "Portainer"),
    ("portainer-ee", "Portainer"),
    ("airflow", "Airflow"),
    ("kafka-ui", "Kafka UI"),
    ("akhq", "AKHQ"),
    ("cmak", "CMAK"),
    ("longhorn-ui", "Longhorn"),
    ("kubeview", "KubeView"),
    ("octant", "Octant"),
    ("headlamp", "Headlamp"),
    ("hubble-ui", "Hubble"),
    ("kiali", "Kiali"),
    ("polaris", "Polaris"),
    ("chronograf", "Chronograf"),
    ("flower", "Flower"),
    ("zeppelin", "Zeppelin"),
    ("base-notebook", "Jupyter"),
    ("minimal-notebook", "Jupyter"),
    ("scipy-notebook", "Jupyter"),
    ("datascience-notebook", "Jupyter"),
    ("tensorflow-notebook", "Jupyter"),
    ("pyspark-notebook", "Jupyter"),
    ("k8s-hub", "JupyterHub"),
    ("tiller", "Tiller"),
];

/// Names of Services by which these interfaces are usually reached.
const SERVICES: &[(&str, &str)] = &[
    ("kubernetes-dashboard", "the Kubernetes dashboard"),
    ("kubernetes-dashboard-kong-proxy", "the Kubernetes dashboard"),
    ("kubernetes-dashboard-web", "the Kubernetes dashboard"),
    ("argocd-server", "Argo CD"),
    ("argo-server", "Argo Workflows"),
    ("workflow-controller-metrics", "Argo Workflows"),
    ("grafana", "Grafana"),
    ("prometheus", "Prometheus"),
    ("prometheus-server", "Prometheus"),
    ("prometheus-k8s", "Prometheus"),
    ("alertmanager", "Alertmanager"),
    ("alertmanager-main", "Alertmanager"),
    ("kibana", "Kibana"),
    ("jenkins", "Jenkins"),
    ("centraldashboard", "Kubeflow"),
    ("ml-pipeline-ui", "Kubeflow"),
    ("phpmyadmin", "phpMyAdmin"),
    ("weave-scope-app", "Weave Scope"),
    ("longhorn-frontend", "Longhorn"),
    ("hubble-ui", "Hubble"),
    ("kiali", "Kiali"),
    ("rancher", "Rancher"),
    ("portainer", "Portainer"),
    ("tiller-deploy", "Tiller"),
];

/// What a pod is, with the image that says so. `dashboard` alone names too much: its repository must be that
/// of Kubernetes.
pub fn of_pod<'a>(pod: &Pod<'a>) -> Option<(&'static str, Node<'a>)> {
    pod.containers().filter(check::Container::is_long_running).find_map(|container| {
        let image = container.node.get("image");
        let text = image.scalar()?;
        let name = image_name(text);
        let (_, what) = IMAGES.iter().find(|(known, _)| *known == name)?;
        let generic = name.starts_with("dashboard") || name == "scope";
        let whose =
            text.contains("kubernetesui/") || text.contains("kubernetes") || text.contains("weaveworks");
        (!generic || whose).then_some((*what, image))
    })
}

/// What a Service leads to, by its name.
pub fn of_service(name: &str) -> Option<&'static str> {
    SERVICES.iter().find(|(known, _)| *known == name).map(|(_, what)| *what)
}
