# rules: image-runs-as-root
# expect: image-runs-as-root
FROM debian:12
CMD ["a"]
# expect: image-runs-as-root
FROM debian:12
USER root
# expect: image-runs-as-root
FROM debian:12
USER 0
# expect: image-runs-as-root
FROM debian:12
USER 0:0
# expect: image-runs-as-root
FROM debian:12
USER root:root
# expect: none
FROM debian:12
USER app
# expect: none
FROM debian:12
USER 1001
# expect: none
FROM debian:12
USER 1001:0
# expect: image-runs-as-root
FROM debian:12
USER app
RUN a
USER root
RUN b
# expect: none
FROM debian:12
USER root
RUN a
USER app
# expect: image-runs-as-root
FROM debian:12 AS a
USER app
FROM debian:12
COPY --from=a /x /x
# expect: none
FROM debian:12 AS a
USER app
FROM a
RUN x
# expect: none
FROM debian:12
ARG U=app
USER $U
# expect: image-runs-as-root
FROM debian:12
ARG U=root
USER ${U}
# expect: image-runs-as-root
FROM debian:12
ENV U=0
USER ${U}
# expect: image-runs-as-root
FROM debian:12
USER "root"
# expect: none
FROM debian:12
user app
# expect: image-runs-as-root
FROM debian:12
# USER app
# expect: none
FROM debian:12 AS a
RUN x
FROM debian:12
USER 10001
# expect: image-runs-as-root
FROM debian:12
USER 00
# expect: none
FROM debian:12
RUN useradd -u 1001 app \
  && true
USER \
  app
