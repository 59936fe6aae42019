#!/bin/sh
# Makes of js/src what is published: for browsers and for Node, each entry beside its binary in js/dist and one file that they share.
# White space is not shipped; names are, so that a stack can be read.
set -eu
cd "$(dirname "$0")"
bundle() { # name of the shared file, entries
    shared=$1
    shift
    node_modules/.bin/esbuild "$@" --bundle --splitting --chunk-names="$shared" --format=esm --platform=neutral --target=es2022 \
        --minify-whitespace --minify-syntax --log-level=warning --outdir=js/dist
}
bundle shared js/src/evaluate.js js/src/author.js js/src/columns.js
bundle shared.node js/src/evaluate.node.js js/src/author.node.js js/src/columns.node.js
