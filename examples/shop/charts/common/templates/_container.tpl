{{/* The image of a container. Takes its values and the registry. */}}
{{- define "common.image" -}}
{{ .registry }}/{{ .values.image }}:{{ .values.tag | default "latest" }}
{{- end -}}

{{/*
The security context of a container. Takes its values.
`default` takes `false` for "not set", so nobody can switch privilege escalation off.
*/}}
{{- define "common.securityContext" -}}
allowPrivilegeEscalation: {{ .allowPrivilegeEscalation | default true }}
privileged: {{ .privileged | default false }}
{{- with .capabilities }}
capabilities:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
