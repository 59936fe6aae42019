# The packages as they are published, and the types that are generated. Included by the Makefile of the repository.
.PHONY: types test-types test-packages

PACKAGE_TESTS := tests/packages

types: ## Write the types of hosts (JSON Schema, TypeScript, Python) from core/src/wire
	$(CARGO) run --quiet --locked -p thutuc-types

# A generated file that is stale fails here.
test-types:
	$(CARGO) test --locked -p thutuc-types

$(PACKAGE_TESTS)/node_modules/.package-lock.json: $(PACKAGE_TESTS)/package.json $(PACKAGE_TESTS)/package-lock.json
	npm ci --prefix $(PACKAGE_TESTS) --no-audit --no-fund
	@touch $@

test-packages: cli wasm node python $(PACKAGE_TESTS)/node_modules/.package-lock.json ## Install the packages as published; run their READMEs, type-checked
	cd $(PACKAGE_TESTS) && export THUTUC=$(abspath $(THUTUC)) CHROMIUM="$(CHROMIUM_PATH)" PYTHON=$(PYTHON) && node prepare.js && node --test test/*.test.js
