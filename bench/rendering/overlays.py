"""How the small overlays are written down, and the objects most of them are laid over."""

import textwrap

from rendering.charts import as_bytes


class Case:
    """A tree of files, the folder that is built, and what is expected.

    `fails` is `None` if it builds, a pattern that is found in what both tools say if it has to be refused, and
    empty if it only has to be the same for both.
    """

    def __init__(self, name, files, path="o", fails=None):
        self.name, self.files, self.path, self.fails = name, files, path, fails

    def write(self, folder):
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(text))


def text(content):
    return textwrap.dedent(content).lstrip("\n")


OBJECTS = {
    "deployment.yaml": text("""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels: {app: web}
        spec:
          replicas: 1
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              serviceAccountName: runner
              initContainers:
              - name: init
                image: busybox:1.0
              containers:
              - name: web
                image: nginx:1.7.9
                ports:
                - containerPort: 80
                  name: http
                - containerPort: 443
                env:
                - name: FROM_MAP
                  valueFrom: {configMapKeyRef: {name: settings, key: a}}
                - name: PLAIN
                  value: one
                envFrom:
                - configMapRef: {name: settings}
                - secretRef: {name: keys}
                volumeMounts:
                - {name: conf, mountPath: /conf}
                - {name: data, mountPath: /data}
              - name: side
                image: registry.example.com:5000/team/side@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              volumes:
              - name: conf
                configMap: {name: settings}
              - name: sec
                secret: {secretName: keys}
              - name: data
                persistentVolumeClaim: {claimName: store}
              - name: all
                projected:
                  sources:
                  - configMap: {name: settings}
                  - secret: {name: keys}
              imagePullSecrets:
              - name: keys
        """),
    "service.yaml": text("""
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: {app: web}
          ports:
          - {name: http, port: 80, targetPort: 80, protocol: TCP}
          - {name: http-udp, port: 80, protocol: UDP}
        """),
    "configmap.yaml": text("""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          a: "1"
          text: |
            two
            lines
        """),
    "secret.yaml": text("""
        apiVersion: v1
        kind: Secret
        metadata:
          name: keys
        type: Opaque
        data:
          k: dmFsdWU=
        """),
    "account.yaml": text("""
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: runner
        secrets:
        - name: keys
        """),
    "rbac.yaml": text("""
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
        - apiGroups: [""]
          resources: [pods]
          verbs: [get]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: reading
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects:
        - {kind: ServiceAccount, name: runner, namespace: default}
        - {kind: ServiceAccount, name: stranger, namespace: other}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: watcher
        rules:
        - apiGroups: [""]
          resources: [secrets]
          resourceNames: [keys]
          verbs: [get]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: watching
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: watcher}
        subjects:
        - {kind: ServiceAccount, name: runner, namespace: default}
        - {kind: User, name: ada}
        """),
    "ingress.yaml": text("""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: front
        spec:
          tls:
          - hosts: [example.com]
            secretName: keys
          defaultBackend: {service: {name: web, port: {number: 80}}}
          rules:
          - host: example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: web, port: {name: http}}}
        """),
    "stateful.yaml": text("""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
        spec:
          serviceName: web
          replicas: 3
          selector:
            matchLabels: {app: db}
          template:
            metadata:
              labels: {app: db}
            spec:
              containers:
              - name: db
                image: postgres
          volumeClaimTemplates:
          - metadata:
              name: data
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
        """),
    "cron.yaml": text("""
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: nightly
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - name: job
                    image: alpine:3.18
                    env:
                    - name: KEY
                      valueFrom: {secretKeyRef: {name: keys, key: k}}
        """),
    "scaler.yaml": text("""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 1
          maxReplicas: 5
        """),
    "budget.yaml": text("""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          minAvailable: 1
          selector:
            matchLabels: {app: web}
        """),
    "claim.yaml": text("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: store
        spec:
          accessModes: [ReadWriteOnce]
          volumeName: disk
          storageClassName: fast
          resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: disk
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteOnce]
          hostPath: {path: /d}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
        provisioner: example.com/p
        """),
    "policy.yaml": text("""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector:
            matchLabels: {app: web}
          ingress:
          - from:
            - podSelector:
                matchLabels: {app: db}
        """),
    "space.yaml": text("""
        apiVersion: v1
        kind: Namespace
        metadata:
          name: default
        """),
    "custom.yaml": text("""
        apiVersion: example.com/v1
        kind: Widget
        metadata:
          name: widget
        spec:
          image: nginx:1.7.9
          settingsName: settings
          containers:
          - {name: a, image: nginx:1.7.9}
          list: [1, 2, 3]
        """),
    "webhook.yaml": text("""
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: hook
        webhooks:
        - name: a.example.com
          clientConfig: {service: {name: web, namespace: default, path: /v}}
          admissionReviewVersions: [v1]
          sideEffects: None
        """),
    "crd.yaml": text("""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Widget, plural: widgets}
          versions:
          - {name: v1, served: true, storage: true}
        """),
    "job.yaml": text("""
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: once-
          name: once
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - name: job
                image: alpine
        """),
    "daemon.yaml": text("""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: agent
          namespace: kept
          annotations: {note: "before"}
        spec:
          selector:
            matchLabels: {app: agent}
          template:
            metadata:
              labels: {app: agent}
              annotations: {note: inner}
            spec:
              containers:
              - name: agent
                image: quay.io/example/agent:v2
                ports:
                - {containerPort: 9000, protocol: TCP}
        """),
}
ALL = sorted(OBJECTS)


def over(kustomization, *names, **more):
    """A kustomization of some of the objects, or of all, in one folder."""
    names = names or ("deployment.yaml", "service.yaml", "configmap.yaml", "secret.yaml")
    files = {f"o/{name}": OBJECTS[name] for name in names}
    listed = "resources:\n" + "".join(f"- {name}\n" for name in names)
    files["o/kustomization.yaml"] = listed + text(kustomization)
    files.update({f"o/{name}" if not name.startswith("../") else name[3:]: content for name, content in more.get("files", {}).items()})
    return files


def layered(base, overlay, *names, files=None):
    """A base of some objects, or of four, and an overlay `o` of it."""
    names = names or ("deployment.yaml", "service.yaml", "configmap.yaml", "secret.yaml")
    found = {f"base/{name}": OBJECTS[name] for name in names}
    found["base/kustomization.yaml"] = "resources:\n" + "".join(f"- {name}\n" for name in names) + text(base)
    found["o/kustomization.yaml"] = "resources: [../base]\n" + text(overlay)
    found.update(files or {})
    return found
