# The Python package: `make python` leaves a wheel in target/wheels, `make test-python` tests it in a fresh environment.
# Building and installing are done again only when what they are made of has changed. The tests take the libraries of tables
# too (polars, pandas, pyarrow, duckdb, pyspark with Java 17 or newer: 800 MB); the package itself needs none of them.

PYTHON ?= python3
PYTHON_DIR := bindings/python
PYTHON_WORK := target/python-host
PYTHON_SOURCES := $(shell find core/src core/derive bindings/arrow/src $(PYTHON_DIR)/src $(PYTHON_DIR)/python -type f -not -path '*/__pycache__/*') \
	Cargo.lock Cargo.toml core/Cargo.toml bindings/arrow/Cargo.toml $(PYTHON_DIR)/Cargo.toml $(PYTHON_DIR)/pyproject.toml $(PYTHON_DIR)/README.md

.PHONY: python test-python
python: $(PYTHON_WORK)/wheel ## Build the Python wheel: target/wheels

test-python: $(PYTHON_WORK)/installed ## The tests of the Python package, installed in a fresh environment
	cd $(PYTHON_DIR) && $(CURDIR)/$(PYTHON_WORK)/fresh/bin/python -m pytest -q -p no:cacheprovider

# The stamp holds the hash of the sources: a checkout that only touches files builds nothing.
$(PYTHON_WORK)/wheel: $(PYTHON_SOURCES) | $(PYTHON_WORK)/tools/bin/maturin
	@hash=$$(cat $(sort $(PYTHON_SOURCES)) | sha256sum); \
	if [ "$$(cat $@ 2>/dev/null)" = "$$hash" ]; then touch $@; else \
		rm -rf $(PYTHON_WORK)/dist && \
		$(PYTHON_WORK)/tools/bin/maturin build --quiet --manifest-path $(PYTHON_DIR)/Cargo.toml -i $(PYTHON) --out $(PYTHON_WORK)/dist && \
		mkdir -p target/wheels && cp $(PYTHON_WORK)/dist/*.whl target/wheels/ && echo "$$hash" > $@; \
	fi
	@ls $(PYTHON_WORK)/dist/*.whl

$(PYTHON_WORK)/tools/bin/maturin:
	$(PYTHON) -m venv $(PYTHON_WORK)/tools
	$(PYTHON_WORK)/tools/bin/pip install --quiet --disable-pip-version-check 'maturin>=1.10,<2'

$(PYTHON_WORK)/installed: $(PYTHON_WORK)/wheel
	@if cmp -s $< $@; then touch $@; else \
		rm -rf $(PYTHON_WORK)/fresh && \
		$(PYTHON) -m venv $(PYTHON_WORK)/fresh && \
		$(PYTHON_WORK)/fresh/bin/pip install --quiet --disable-pip-version-check \
			"$$(ls $(PYTHON_WORK)/dist/*.whl)[charts,duckdb,pandas,polars,report,spark]" pytest mypy pydantic pyyaml types-PyYAML nbformat nbclient ipykernel && \
		cp $< $@; \
	fi
