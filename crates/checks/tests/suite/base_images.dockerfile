# rules: base-image-tag-latest
# expect: base-image-tag-latest
FROM nginx
# expect: base-image-tag-latest
FROM nginx:latest
# expect: none
FROM nginx:1.27
# expect: none
FROM nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# expect: none
FROM nginx:1.27@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# expect: none
FROM scratch
# expect: base-image-tag-latest
FROM registry.example.com:5000/nginx
# expect: none
FROM registry.example.com:5000/nginx:1.0
# expect: base-image-tag-latest
FROM registry.example.com:5000/a/nginx:latest AS x
# expect: base-image-tag-latest
ARG TAG=latest
FROM nginx:${TAG}
# expect: none
ARG TAG=1.2
FROM nginx:$TAG
# expect: none
ARG TAG
FROM nginx:${TAG}
# expect: base-image-tag-latest
ARG IMG=nginx
FROM ${IMG}
# expect: none
ARG IMG=nginx:1.0
FROM $IMG AS a
FROM a
# expect: none
FROM golang:1.22 AS build
RUN go build
FROM build AS test
FROM build
# expect: base-image-tag-latest
FROM golang AS build
FROM scratch
COPY --from=build /a /a
# expect: base-image-tag-latest
FROM --platform=linux/amd64 nginx
# expect: base-image-tag-latest
from nginx:latest
# expect: none
FROM golang:1.22 AS Build
FROM build
# expect: none
ARG TAG
FROM nginx:${TAG:-1.2}
# expect: base-image-tag-latest
ARG TAG
FROM nginx:${TAG:-latest}
# expect: none
FROM nginx:1.27
COPY --from=busybox:1.36 /bin/sh /sh
