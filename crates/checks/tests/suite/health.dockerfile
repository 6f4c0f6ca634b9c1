# rules: healthcheck-missing
# expect: none
FROM debian:12
HEALTHCHECK CMD a
USER x
# expect: healthcheck-missing
FROM debian:12
USER x
# expect: healthcheck-missing
FROM a:1 AS x
HEALTHCHECK CMD a
FROM b:1
# expect: none
FROM a:1 AS x
HEALTHCHECK --interval=5s CMD a
FROM x
