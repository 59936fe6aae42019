# `make help` lists what can be done. Rust (rustup), Node 20 and Python 3.11 or newer are all that is needed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help cli demo demo-terminal test test-arrow test-core test-cases test-cli test-rust vectors test-vectors lint fuzz simulation

CARGO ?= cargo
THUTUC := target/release/thutuc
FUZZ_SECONDS ?= 3600

include bindings/python/python.mk
include bindings/wasm/wasm.mk
include bindings/node/node.mk
include tests/packages/packages.mk
include web-demo/web.mk
include bench/bench.mk
include docs/manual/manual.mk

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

cli: ## Build the command line: target/release/thutuc
	$(CARGO) build --release --locked -p thutuc-cli

demo: demo-web ## Build everything and serve the citizen's form and its backend

demo-terminal: cli ## Decide a few real cases in the terminal
	@bindings/cli/demo/cases.sh $(THUTUC)

test: test-rust test-cases test-wasm test-node test-python test-vectors test-packages test-bench test-manual test-web ## Pass every test: the core, the command line, the worked cases, every host, the form
	@echo "make test: passed"

# One call of cargo for all that is tested in Rust: what they share is compiled once, and nothing waits for another's lock.
test-rust: ## The tests in Rust: the core, tables, the command line, the generated types
	@# rustdoc says of each example that this make has no job server for it.
	env -u MAKEFLAGS -u MFLAGS $(CARGO) test --locked --no-fail-fast -p thutuc -p thutuc-arrow -p thutuc-cli -p thutuc-types --features thutuc-arrow/parquet

test-core:
	$(CARGO) test --locked -p thutuc

test-arrow: ## The tests of tables
	$(CARGO) test --locked -p thutuc-arrow --features parquet

test-cli:
	$(CARGO) test --locked -p thutuc-cli

test-cases: cli
	$(THUTUC) check
	$(THUTUC) test rules/

# The core and the command line run the vectors among their own tests; these are the other four hosts.
test-vectors: wasm node $(PYTHON_WORK)/installed ## Every vector in WebAssembly (Node and Chromium), Node and Python
	$(CARGO) run --quiet --locked -p thutuc --example vectors -- --bundles target/vectors
	node tests/hosts/wasm.js
	CHROMIUM="$(CHROMIUM_PATH)" node tests/hosts/chromium.js
	node tests/hosts/node.js
	$(PYTHON_WORK)/fresh/bin/python tests/hosts/vectors.py target/vectors

# GNU time tells the peak of memory; without it only the time is told.
simulation: cli ## Ten million synthetic residence cases, baseline and reform in one pass: time and peak memory
	@run() { "$(THUTUC)" simulate 1.004222 --population 10000000 --seed 7 --profile examples/reform/population.json \
		--jurisdiction ha_noi --reform examples/reform --as-of 2026-12-03 --lang en; }; \
	if command -v /usr/bin/time > /dev/null; then \
		/usr/bin/time -f 'wall %e s, user %U s, peak memory %M KB' $(SHELL) -c "$$(declare -f run); run"; \
	else time run; fi

vectors: ## Write the answers in tests/vectors anew: on purpose, and with a look at what changes
	$(CARGO) run --quiet --locked -p thutuc --example vectors

# Each host with the features it is built with: together with others it would be another crate.
lint: ## Clippy on the core, the command line and every host, warnings are errors
	@$(CARGO) clippy --version > /dev/null 2>&1 || rustup component add clippy
	@rustup target list --installed | grep -qx $(WASM_TARGET) || rustup target add $(WASM_TARGET)
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked -p thutuc-wasm --target $(WASM_TARGET) -- -D warnings
	$(CARGO) clippy --locked -p thutuc-wasm --target $(WASM_TARGET) --features author -- -D warnings
	$(CARGO) clippy --locked -p thutuc-wasm --target $(WASM_TARGET) --features columns -- -D warnings
	$(CARGO) clippy --locked -p thutuc-node -- -D warnings
	$(CARGO) clippy --locked -p thutuc-python -- -D warnings
	$(CARGO) clippy --locked -p thutuc-arrow --features parquet --all-targets -- -D warnings
	$(CARGO) clippy --locked -p thutuc-bindgen -- -D warnings

fuzz: ## Look for panics for FUZZ_SECONDS (default 3600)
	$(CARGO) run --profile fuzz --locked -p thutuc --example fuzz -- --seconds $(FUZZ_SECONDS)
