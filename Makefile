# `make help` lists what can be done. Rust (rustup), Node 20 and Python 3.11 or newer are all that is needed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: test-hosts help cli demo test test-core test-cases test-cli lint bench fuzz

CARGO ?= cargo
THUTUC := target/release/thutuc
FUZZ_SECONDS ?= 3600

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

cli: ## Build the command line: target/release/thutuc
	$(CARGO) build --release --locked -p thutuc-cli

demo: cli ## Decide a few real cases in the terminal
	@bindings/cli/demo/cases.sh $(THUTUC)

test: test-core test-cli test-cases ## Pass every test: the workspace, the command line, the worked cases
	@echo "make test: passed"

test-hosts: test-wasm test-node test-python ## The packages for the browser, Node and Python: being built, not yet part of `test`

test-core:
	$(CARGO) test --locked -p thutuc

test-cli:
	$(CARGO) test --locked -p thutuc-cli

test-cases: cli
	$(THUTUC) check
	$(THUTUC) test rules/

lint: ## Clippy on the core and the command line, warnings are errors
	@$(CARGO) clippy --version > /dev/null 2>&1 || rustup component add clippy
	$(CARGO) clippy --locked --all-targets -- -D warnings

bench: ## Benchmarks; WORKLOAD=dir adds the reference workload of that folder
	$(if $(WORKLOAD),THUTUC_WORKLOAD=$(abspath $(WORKLOAD))) $(CARGO) bench --locked -p thutuc

fuzz: ## Look for panics for FUZZ_SECONDS (default 3600)
	$(CARGO) run --profile fuzz --locked -p thutuc --example fuzz -- --seconds $(FUZZ_SECONDS)

include bindings/python/python.mk
include bindings/wasm/wasm.mk
include bindings/node/node.mk
