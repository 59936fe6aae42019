# The reference workload in every host. Included by the Makefile of the repository: `make bench`.
# WORKLOAD=dir names a folder with the peers' versions and graphs: then they run beside it.
.PHONY: bench bench-core test-bench

BENCH := bench
BENCH_OUT := target/bench
BENCH_PYTHON := $(BENCH_OUT)/python
# What tables are compared with; Spark wants Java 17 or newer.
BENCH_TABLES := numpy pandas polars pyarrow pyspark

# Each part writes its records; all are one table and one list at the end.
bench: cli wasm node $(PYTHON_WORK)/wheel ## The reference workload in Rust, Node, WebAssembly and Python, as ratios: target/bench.json; WORKLOAD=dir adds peers
	@mkdir -p $(BENCH_OUT)
	$(THUTUC) bundle --rules tests/workload/rules -o $(BENCH_OUT)/workload.thutuc
	$(if $(WORKLOAD),$(BENCH)/peers/prepare.sh $(abspath $(WORKLOAD)) $(BENCH_OUT))
	$(CARGO) bench --locked -p thutuc --bench ratios -- --json > $(BENCH_OUT)/rust.jsonl
	$(CARGO) bench --locked -p thutuc --bench columns -- --json > $(BENCH_OUT)/rust_columns.jsonl
	THUTUC=$(abspath $(THUTUC)) node $(BENCH)/node.js $(BENCH_OUT)/workload.thutuc $(if $(WORKLOAD),$(BENCH_OUT)) > $(BENCH_OUT)/node.jsonl
	node $(BENCH)/columns.js $(BENCH_OUT)/workload.thutuc > $(BENCH_OUT)/node_columns.jsonl
	node $(BENCH)/cases.js 1000 > $(BENCH_OUT)/cases.jsonl
	@[ -x $(BENCH_PYTHON)/bin/python ] || $(PYTHON) -m venv $(BENCH_PYTHON)
	$(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(PYTHON_WORK)/dist/*.whl
	$(if $(WORKLOAD),$(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check zen-engine || echo "bench: no ZEN for Python" >&2)
	$(BENCH_PYTHON)/bin/python $(BENCH)/python_host.py $(BENCH_OUT)/workload.thutuc $(BENCH_OUT)/cases.jsonl $(if $(WORKLOAD),$(BENCH_OUT)) > $(BENCH_OUT)/python.jsonl
	$(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check $(BENCH_TABLES)
	$(if $(WORKLOAD),$(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check "$$($(BENCH)/peers/openfisca.sh $(abspath $(WORKLOAD)))" || echo "bench: no OpenFisca" >&2)
	$(BENCH_PYTHON)/bin/python $(BENCH)/python_columns.py --rust "$(CARGO) bench --quiet --locked -p thutuc --bench columns -- --paced" --spark $(if $(WORKLOAD),--openfisca) > $(BENCH_OUT)/python_columns.jsonl
	node $(BENCH)/report.js target/bench.json $(foreach host,rust node python,$(BENCH_OUT)/$(host).jsonl $(BENCH_OUT)/$(host)_columns.jsonl)

bench-core: ## Benchmarks of the core alone: tables, bundles, one decision
	$(CARGO) bench --locked -p thutuc

# One round of each: that they run and that every answer is the one by hand. No time is asserted.
test-bench: cli wasm node $(PYTHON_WORK)/installed
	@mkdir -p $(BENCH_OUT)
	$(THUTUC) bundle --rules tests/workload/rules -o $(BENCH_OUT)/workload.thutuc
	node $(BENCH)/cases.js 200 > $(BENCH_OUT)/cases.jsonl
	THUTUC=$(abspath $(THUTUC)) THUTUC_BENCH_ROUNDS=1 node $(BENCH)/node.js $(BENCH_OUT)/workload.thutuc > $(BENCH_OUT)/smoke.jsonl
	THUTUC_BENCH_ROUNDS=1 node $(BENCH)/columns.js $(BENCH_OUT)/workload.thutuc 30000 >> $(BENCH_OUT)/smoke.jsonl
	$(CARGO) test --quiet --locked -p thutuc --bench columns -- --test --json workload | grep '^{' > $(BENCH_OUT)/smoke_columns.jsonl
	THUTUC_BENCH_ROUNDS=1 $(PYTHON_WORK)/fresh/bin/python $(BENCH)/python_host.py $(BENCH_OUT)/workload.thutuc $(BENCH_OUT)/cases.jsonl >> $(BENCH_OUT)/smoke.jsonl
	$(PYTHON_WORK)/fresh/bin/python $(BENCH)/python_columns.py --rows 30000 --rounds 1 --rust "$(CARGO) test --quiet --locked -p thutuc --bench columns -- --test --paced" --spark >> $(BENCH_OUT)/smoke.jsonl
	@node $(BENCH)/report.js $(BENCH_OUT)/smoke.json $(BENCH_OUT)/smoke.jsonl $(BENCH_OUT)/smoke_columns.jsonl | tail -1
