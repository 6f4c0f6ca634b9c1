# rules: account-password-set add-instead-of-copy base-platform-fixed cd-instead-of-workdir copy-from-own-stage copy-several-to-file exposed-port-invalid maintainer-deprecated package-signature-unchecked pipefail-missing remote-add remote-script-run secret-in-build-variable several-cmd several-entrypoint several-healthcheck ssh-server-in-image stage-name-duplicate sudo-used tls-verification-off wget-and-curl workdir-relative
# expect: remote-script-run, pipefail-missing
FROM debian:12
RUN curl -sSL https://example.com/i.sh | bash
# expect: remote-script-run, pipefail-missing
FROM debian:12
RUN wget -qO- https://example.com/i.sh | sh -s -- -y
# expect: remote-script-run
FROM debian:12
RUN bash -c "$(curl -fsSL https://example.com/i.sh)"
# expect: remote-script-run
FROM debian:12
RUN bash <(curl -s https://example.com/i.sh)
# expect: remote-script-run
FROM debian:12
RUN curl -o i.sh https://example.com/i.sh && sh i.sh
# expect: none
FROM debian:12
RUN curl -fsSLo /tmp/x.tgz https://example.com/x.tgz && echo 'abc  /tmp/x.tgz' > s && sha256sum -c s
# expect: pipefail-missing
FROM debian:12
RUN cat a | grep b
# expect: none
FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat a | grep b
# expect: none
FROM debian:12
RUN set -o pipefail && cat a | grep b
# expect: remote-add
FROM debian:12
ADD https://example.com/a.tgz /a
# expect: none
FROM debian:12
ADD --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa https://example.com/a.tgz /a
# expect: add-instead-of-copy
FROM debian:12
ADD src /src
# expect: none
FROM debian:12
ADD a.tar.gz /a
# expect: none
FROM debian:12
COPY src /src
# expect: add-instead-of-copy
FROM debian:12
ADD ["src", "/src"]
# expect: none
FROM debian:12
ADD a.tar.xz b.tgz /a/
# expect: secret-in-build-variable
FROM debian:12
ENV DB_PASSWORD=hunter2kk9
# expect: secret-in-build-variable
FROM debian:12
ENV DB_PASSWORD hunter2kk9
# expect: secret-in-build-variable
FROM debian:12
ARG API_TOKEN=ghp_16C7e42F292c6912E7710c838347Ae178B4a
# expect: secret-in-build-variable
FROM debian:12
ENV A=1 \
  AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXzzzzzzzKEY
# expect: none
FROM debian:12
ENV PASSWORD_FILE=/run/secrets/p
# expect: none
FROM debian:12
ENV LOG_LEVEL=debug
# expect: none
FROM debian:12
RUN --mount=type=secret,id=t cat /run/secrets/t
# expect: sudo-used
FROM debian:12
RUN sudo make install
# expect: none
FROM debian:12
RUN make install
# expect: sudo-used
FROM debian:12
RUN a && sudo b
# expect: ssh-server-in-image
FROM debian:12
EXPOSE 22
# expect: ssh-server-in-image
FROM debian:12
EXPOSE 80 22/tcp
# expect: none
FROM debian:12
EXPOSE 80 8022
# expect: exposed-port-invalid
FROM debian:12
EXPOSE 80000
# expect: none
FROM debian:12
EXPOSE 53/udp
# expect: workdir-relative
FROM debian:12
WORKDIR app
# expect: none
FROM debian:12
WORKDIR /app
# expect: none
FROM debian:12
WORKDIR "/app"
# expect: none
FROM debian:12
ENV D=/a
WORKDIR ${D}
# expect: workdir-relative
FROM debian:12
WORKDIR /a
WORKDIR b
# expect: cd-instead-of-workdir
FROM debian:12
RUN cd /app
# expect: maintainer-deprecated
FROM debian:12
MAINTAINER me
# expect: several-cmd
FROM debian:12
CMD a
CMD b
# expect: several-entrypoint
FROM debian:12
ENTRYPOINT ["a"]
ENTRYPOINT ["b"]
# expect: several-healthcheck
FROM debian:12
HEALTHCHECK CMD a
HEALTHCHECK CMD b
# expect: none
FROM a:1 AS x
ENTRYPOINT ["a"]
FROM b:1
ENTRYPOINT ["b"]
# expect: stage-name-duplicate
FROM a:1 AS x
FROM b:1 AS x
# expect: copy-from-own-stage
FROM a:1 AS x
COPY --from=x /a /b
# expect: copy-several-to-file
FROM debian:12
COPY a b /c
# expect: none
FROM debian:12
COPY a b /c/
# expect: wget-and-curl
FROM debian:12
RUN wget -q https://example.com/a && curl -O https://example.com/b
# expect: tls-verification-off
FROM debian:12
RUN curl -k https://example.com/a -o /a
# expect: tls-verification-off
FROM debian:12
RUN wget --no-check-certificate https://example.com/a
# expect: tls-verification-off
FROM debian:12
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
# expect: tls-verification-off
FROM debian:12
RUN pip install --trusted-host pypi.org x==1
# expect: tls-verification-off
FROM debian:12
RUN git config --global http.sslVerify false
# expect: package-signature-unchecked
FROM debian:12
RUN apt-get install -y --allow-unauthenticated x=1
# expect: package-signature-unchecked
FROM debian:12
RUN yum install -y --nogpgcheck x-1
# expect: package-signature-unchecked
FROM debian:12
RUN apk add --no-cache --allow-untrusted x=1
# expect: account-password-set
FROM debian:12
RUN echo 'root:hunter2' | chpasswd
# expect: base-platform-fixed
FROM --platform=linux/amd64 a:1
# expect: none
FROM --platform=$BUILDPLATFORM a:1 AS b
FROM scratch
COPY --from=b /a /a
# expect: none
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["pwsh", "-Command"]
RUN Get-Item a | Write-Output
# expect: none
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["cmd", "/S", "/C"]
RUN type a | find "b"
# expect: none
FROM mcr.microsoft.com/windows/servercore:ltsc2022
WORKDIR C:\\app
# expect: none
FROM mcr.microsoft.com/windows/servercore:ltsc2022
WORKDIR c:/app
# expect: pipefail-missing
FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat a | grep b
SHELL ["/bin/sh", "-c"]
RUN cat a | grep b
# expect: none
FROM debian:12
RUN cat <<EOF | tee /x
a
EOF
# expect: secret-in-build-variable
FROM debian:12
ENV GREETING=hi \
    # a comment inside
    PASSWORD="hunter2kk9"
# expect: sudo-used
FROM debian:12
RUN <<EOF
set -e
sudo make install
EOF
# expect: remote-script-run, pipefail-missing
FROM debian:12
RUN ["bash", "-c", "curl -sSL https://example.com/i.sh | bash"]
# expect: remote-script-run, pipefail-missing, sudo-used
FROM debian:12
RUN curl -sL https://deb.example.com/setup_18.x | sudo -E bash -
# expect: several-cmd
FROM debian:12
CMD ["a"]
cmd ["b"]
# expect: stage-name-duplicate
FROM a:1 AS x
FROM b:1 as X
# expect: tls-verification-off
FROM debian:12
RUN npm config set strict-ssl false
# expect: tls-verification-off
FROM debian:12
RUN curl --insecure -sSf https://example.com/a -o /a
# expect: tls-verification-off
FROM debian:12
ENV PYTHONHTTPSVERIFY 0
# expect: remote-add
FROM debian:12
ADD http://example.com/a.txt /a
# expect: none
FROM debian:12
ADD https://github.com/a/b.git#0123456789abcdef0123456789abcdef01234567 /src
