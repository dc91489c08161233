#!/bin/sh
# Makes an egg of this checkout and hands it to a Scrapyd: deploy/scrapyd/deploy.sh [URL [VERSION]]
# Needs scrapyd-client. Nothing is written into the checkout; beside its pyproject.toml, setuptools would not hear of
# the entry point that Scrapyd looks for.
set -eu
checkout=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for part in bayegan crawler pipelines spiders deploy/scrapyd/setup.py; do
    cp -R "$checkout/$part" "$place"
done
cd "$place"
cat >scrapy.cfg <<CFG
[settings]
default = crawler.settings

[deploy]
url = ${1:-http://127.0.0.1:6800/}
project = bayegan
CFG
scrapyd-deploy --version "${2:-$(date -u +%Y%m%d%H%M%S)}"
