{{/* Name of the release's objects: the release's, with the chart's unless it is in there. */}}
{{- define "ricochet.fullname" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* Labels that select a component's pods. Takes {root, component}. */}}
{{- define "ricochet.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "ricochet.labels" -}}
{{ include "ricochet.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "ricochet.secretName" -}}
{{- .Values.existingSecret | default (include "ricochet.fullname" .) -}}
{{- end }}

{{/* A password that may stand in a URL as it is. Takes {password, name}. */}}
{{- define "ricochet.password" -}}
{{- $password := required (printf "%s: choose a password, or name an existingSecret" .name) .password -}}
{{- if not (regexMatch "^[A-Za-z0-9._~-]+$" $password) -}}
{{- fail (printf "%s: expected letters, digits and - . _ ~ alone" .name) -}}
{{- end -}}
{{- $password -}}
{{- end }}

{{/* A key of NATS's making. Takes {key, head, name}, head: the letters that its kind begins with. */}}
{{- define "ricochet.nkey" -}}
{{- $key := required (printf "%s: make one by node deploy/new-issuer.cjs, or name an existingSecret" .name) .key -}}
{{- if not (regexMatch (printf "^%s[A-Z2-7]{55,56}$" .head) $key) -}}
{{- fail (printf "%s: expected an nkey of an account, %s…" .name .head) -}}
{{- end -}}
{{- $key -}}
{{- end }}

{{- define "ricochet.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "ricochet.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/*
One of our services: its Deployment, and a Service for its health and metrics.
Takes {root, name, values, env, takesSctp, pagePort}; `env` is the YAML of what it has beside the bus, `takesSctp` opens
E2's port, `pagePort` that of a page.
There is one of each: two would answer every question twice.
*/}}
{{- define "ricochet.service" -}}
{{- $root := .root -}}
{{- $names := dict "root" $root "component" .name -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "ricochet.fullname" $root }}-{{ .name }}
  labels:
    {{- include "ricochet.labels" $names | nindent 4 }}
spec:
  replicas: 1
  strategy:
    type: Recreate
  selector:
    matchLabels:
      {{- include "ricochet.selector" $names | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "ricochet.labels" $names | nindent 8 }}
      {{- if $root.Values.metrics.annotations }}
      annotations:
        prometheus.io/scrape: 'true'
        prometheus.io/path: /metrics
        prometheus.io/port: '8080'
      {{- end }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "ricochet.podSecurity" 1000 | nindent 8 }}
      containers:
        - name: {{ .name }}
          image: {{ printf "%s:%s" $root.Values.image.repository ($root.Values.image.tag | default $root.Chart.AppVersion) }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args: [{{ .name }}]
          env:
            - name: RICOCHET_HTTP
              value: 0.0.0.0:8080
            - name: RICOCHET_NODE_METRICS
              value: {{ $root.Values.metrics.ofNode | quote }}
            - name: RICOCHET_LOG_LEVEL
              value: {{ .values.logLevel | quote }}
            - name: RICOCHET_NATS_URL
              valueFrom:
                secretKeyRef:
                  name: {{ include "ricochet.secretName" $root }}
                  key: nats-url
            {{- .env | nindent 12 }}
          ports:
            - name: http
              containerPort: 8080
            {{- if .takesSctp }}
            - name: e2
              containerPort: 36421
              protocol: SCTP
            {{- end }}
            {{- with .pagePort }}
            - name: page
              containerPort: {{ . }}
            {{- end }}
          livenessProbe:
            httpGet:
              path: /health/live
              port: http
            periodSeconds: 10
            timeoutSeconds: 3
          readinessProbe:
            httpGet:
              path: /health/ready
              port: http
            periodSeconds: 5
            timeoutSeconds: 3
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            {{- include "ricochet.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with .scenarioMap }}
            - name: scenario
              mountPath: /scenario
              readOnly: true
            {{- end }}
      volumes:
        - name: tmp
          emptyDir: {}
        {{- with .scenarioMap }}
        - name: scenario
          configMap:
            name: {{ . }}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "ricochet.fullname" $root }}-{{ .name }}
  labels:
    {{- include "ricochet.labels" $names | nindent 4 }}
spec:
  selector:
    {{- include "ricochet.selector" $names | nindent 4 }}
  ports:
    - name: http
      port: 8080
      targetPort: http
    {{- if .pagePort }}
    - name: page
      port: 80
      targetPort: page
    {{- end }}
{{- end }}

{{/* The variable that says where a RIC's store is. */}}
{{- define "ricochet.databaseVariable" -}}
- name: DATABASE_URL
  valueFrom:
    secretKeyRef:
      name: {{ include "ricochet.secretName" . }}
      key: database-url
{{- end }}
