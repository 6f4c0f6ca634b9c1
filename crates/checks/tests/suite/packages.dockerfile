# rules: apk-cache-kept apk-package-unpinned apt-instead-of-apt-get apt-lists-kept apt-package-unpinned apt-recommends-installed distribution-upgrade gem-package-unpinned go-package-unpinned npm-package-unpinned package-install-prompts package-update-alone pip-cache-kept pip-package-unpinned rpm-cache-kept rpm-package-unpinned
# expect: apt-recommends-installed, apt-lists-kept, apt-package-unpinned
FROM debian:12
RUN apt-get update && apt-get install -y curl
# expect: none
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.* && rm -rf /var/lib/apt/lists/*
# expect: package-install-prompts
FROM debian:12
RUN apt-get update && apt-get install --no-install-recommends curl=7.88 && rm -rf /var/lib/apt/lists/*
# expect: none
FROM debian:12
RUN apt-get update \
 && apt-get install -qq -y \
 # a comment
 --no-install-recommends \
 curl=7.88 \
 && rm -rf /var/lib/apt/lists/*
# expect: none
FROM debian:12
RUN <<EOF
apt-get update
apt-get install -y --no-install-recommends curl=1
rm -rf /var/lib/apt/lists/*
EOF
# expect: apt-package-unpinned
FROM debian:12
RUN <<EOF
apt-get update
apt-get install -y --no-install-recommends curl
rm -rf /var/lib/apt/lists/*
EOF
# expect: none
FROM debian:12
RUN ["apt-get", "install", "-y", "--no-install-recommends", "curl=1"]
# expect: apt-package-unpinned
FROM debian:12
RUN ["apt-get", "install", "-y", "--no-install-recommends", "curl"]
# expect: package-update-alone, apt-lists-kept
FROM debian:12
RUN apt-get update
RUN apt-get install -y --no-install-recommends curl=1
# expect: package-update-alone
FROM debian:12
RUN apk update
# expect: none
FROM debian:12
RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y --no-install-recommends curl=1
# expect: distribution-upgrade, apt-lists-kept
FROM debian:12
RUN apt-get update && apt-get -y dist-upgrade
# expect: distribution-upgrade, apt-lists-kept
FROM debian:12
RUN apt-get update && apt-get upgrade -y
# expect: apt-instead-of-apt-get
FROM debian:12
RUN apt install -y --no-install-recommends curl=1
# expect: none
FROM debian:12
RUN apt-get -y --no-install-recommends install curl=1
# expect: none
FROM debian:12
RUN DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends curl=1
# expect: apk-cache-kept, apk-package-unpinned
FROM debian:12
RUN apk add curl
# expect: apk-package-unpinned
FROM debian:12
RUN apk add --no-cache curl
# expect: none
FROM debian:12
RUN apk --no-cache add curl=8.5.0-r0
# expect: none
FROM debian:12
RUN apk add --no-cache 'curl~=8.5' 'git>2'
# expect: none
FROM debian:12
RUN apk add --no-cache --virtual .deps gcc=1
# expect: pip-package-unpinned, pip-cache-kept
FROM debian:12
RUN pip install flask
# expect: none
FROM debian:12
RUN pip install --no-cache-dir flask==3.0
# expect: none
FROM debian:12
RUN pip3 install --no-cache-dir -r requirements.txt
# expect: pip-package-unpinned
FROM debian:12
RUN python3 -m pip install --no-cache-dir flask
# expect: pip-package-unpinned
FROM debian:12
RUN pip install --no-cache-dir --upgrade pip flask
# expect: none
FROM debian:12
ENV PIP_NO_CACHE_DIR=1
RUN pip install 'flask==3.0'
# expect: none
FROM debian:12
RUN pip install --no-cache-dir .
# expect: npm-package-unpinned
FROM debian:12
RUN npm install express && npm cache clean --force
# expect: none
FROM debian:12
RUN npm install express@4.19.2 && npm cache clean --force
# expect: none
FROM debian:12
RUN npm ci && npm cache clean --force
# expect: npm-package-unpinned
FROM debian:12
RUN npm i -g @angular/cli && npm cache clean --force
# expect: none
FROM debian:12
RUN npm i -g @angular/cli@17.0.0 && npm cache clean --force
# expect: none
FROM debian:12
RUN npm install && npm cache clean --force
# expect: gem-package-unpinned
FROM debian:12
RUN gem install bundler
# expect: none
FROM debian:12
RUN gem install bundler:2.5.1
# expect: none
FROM debian:12
RUN gem install bundler -v 2.5.1
# expect: none
FROM debian:12
RUN gem install bundler --version '2.5.1'
# expect: rpm-package-unpinned, rpm-cache-kept
FROM debian:12
RUN yum install -y curl
# expect: none
FROM debian:12
RUN yum install -y curl-7.1 && yum clean all
# expect: package-install-prompts
FROM debian:12
RUN yum install curl-7.1 && yum clean all
# expect: rpm-package-unpinned, rpm-cache-kept
FROM debian:12
RUN dnf -y install curl
# expect: none
FROM debian:12
RUN dnf install -y curl-7.1 && dnf clean all
# expect: rpm-package-unpinned
FROM debian:12
RUN microdnf install -y curl && microdnf clean all
# expect: rpm-cache-kept, rpm-package-unpinned
FROM debian:12
RUN zypper install -y curl
# expect: none
FROM debian:12
RUN zypper --non-interactive install curl=7.1 && zypper clean
# expect: package-install-prompts
FROM debian:12
RUN zypper install curl=7.1 && zypper clean
# expect: distribution-upgrade
FROM debian:12
RUN apk upgrade --no-cache
# expect: distribution-upgrade, package-update-alone
FROM debian:12
RUN yum -y update && yum clean all
# expect: distribution-upgrade
FROM debian:12
RUN zypper -n dist-upgrade && zypper clean
# expect: go-package-unpinned
FROM debian:12
RUN go install example.com/x@latest
# expect: none
FROM debian:12
RUN go install example.com/x@v1.2.3
