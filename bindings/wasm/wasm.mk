# The WebAssembly build, its tests and its size. Included by the Makefile of the repository.
.PHONY: wasm test-wasm size

WASM_DIR := bindings/wasm
WASM_DIST := $(WASM_DIR)/js/dist
WASM_TARGET := wasm32-unknown-unknown
WASM_SOURCES := Cargo.toml Cargo.lock core/Cargo.toml $(WASM_DIR)/Cargo.toml $(WASM_DIR)/build.sh $(WASM_DIR)/package-lock.json \
	$(shell find core/src core/derive $(WASM_DIR)/src tools/bindgen -type f)
# A Chromium that is given is used; else the system's, or one that is installed now.
CHROMIUM_PATH = $(or $(CHROMIUM),$(shell tests/hosts/chromium.sh))

$(WASM_DIR)/node_modules/.package-lock.json: $(WASM_DIR)/package-lock.json
	cd $(WASM_DIR) && npm ci --no-audit --no-fund
	@touch $@

# Built again only where the contents of the sources differ from those it was built from.
wasm: $(WASM_DIR)/node_modules/.package-lock.json ## Build the three WebAssembly packages: bindings/wasm/js/dist
	@rustup target list --installed | grep -qx $(WASM_TARGET) || rustup target add $(WASM_TARGET)
	@sum=$$(cat $(sort $(WASM_SOURCES)) | sha256sum); \
	if [ ! -e $(WASM_DIST)/author.wasm ] || [ ! -e $(WASM_DIST)/columns.wasm ] || [ "$$sum" != "$$(cat $(WASM_DIST)/.sum 2>/dev/null)" ]; then \
		$(WASM_DIR)/build.sh && echo "$$sum" > $(WASM_DIST)/.sum; \
	fi
	@$(WASM_DIR)/bundle.sh

test-wasm: cli wasm ## The tests of the package for the browser
	cd $(WASM_DIR) && THUTUC=$(abspath $(THUTUC)) CHROMIUM="$(CHROMIUM_PATH)" node --test

size: cli wasm node python ## Print `name raw gzip brotli` (bytes) of the WebAssembly builds, each package, each procedure; fails above a limit
	$(WASM_DIR)/build.sh size
	node tests/packages/bundles.js $(abspath $(THUTUC))
