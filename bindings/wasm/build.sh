#!/bin/sh
# Builds the package in js/: ./build.sh        the three builds into js/dist
#                            ./build.sh size   prints `name raw gzip brotli` in bytes; fails above the budget
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
dist=$here/js/dist

# Relocations tell thutuc-bindgen what is not reached once panics have no words; it removes them. SHA-256 is a loop instead of
# its rounds written out.
all='-C link-arg=--emit-relocs --cfg sha2_backend_soft="compact"'
# A function is inlined where it is short, also where it asks to be (most of the standard library does): where verdicts need more,
# the core says `inline(always)`.
small='-C llvm-args=-inline-threshold=25 -C llvm-args=-inlinehint-threshold=60'
# Four numbers at a time, as all browsers can.
fast='-C target-feature=+simd128'

# What one other function calls is inlined where it is short (`-ocimfs`): code that looks alike stays so, and is packed the better.
build() { # name, cargo's further arguments
    name=$1
    shift
    (cd "$root" && RUSTFLAGS="${RUSTFLAGS:-} $all ${BUILD_FLAGS:-$small}" cargo build --quiet --locked -p thutuc-wasm --profile wasm --target wasm32-unknown-unknown "$@")
    "$target/debug/thutuc-bindgen" "$target/wasm32-unknown-unknown/wasm/thutuc_wasm.wasm" "$dist" "$name"
    "$here/node_modules/.bin/wasm-opt" ${WASM_OPT:--O3 --dae-optimizing --converge -ocimfs 100} ${WASM_FEATURES:-} --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
        --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue --strip-debug --strip-producers \
        "$dist/$name.wasm" -o "$dist/$name.opt.wasm"
    mv "$dist/$name.opt.wasm" "$dist/$name.wasm"
}

if [ "${1:-}" = size ]; then
    exec node "$here/size.js"
fi
[ -d "$here/node_modules" ] || (cd "$here" && npm ci --no-audit --no-fund)
(cd "$root" && cargo build --quiet --locked -p thutuc-bindgen)
# The border itself only hands on what the core does.
build evaluate --config 'profile.wasm.package.thutuc-wasm.opt-level="z"'
# An analyst's page waits for millions of cases: fast before small.
(
    export CARGO_PROFILE_WASM_OPT_LEVEL=3 BUILD_FLAGS="$fast" WASM_OPT='-O3' WASM_FEATURES='--enable-simd'
    build columns --features columns
)
# An editor waits for no verdict: small before fast, nothing is inlined that makes it larger.
export CARGO_PROFILE_WASM_OPT_LEVEL=z BUILD_FLAGS='-C llvm-args=-inline-threshold=0 -C llvm-args=-inlinehint-threshold=0'
export WASM_OPT="${WASM_OPT:--Oz --dae-optimizing --converge -ocimfs 20}"
build author --features author
