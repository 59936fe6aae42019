# The WebAssembly build, its tests and its size. For the Makefile at the root: `include bindings/wasm/wasm.mk`.
.PHONY: wasm test-wasm size

WASM_DIR := bindings/wasm
CHROMIUM ?= /usr/bin/chromium

$(WASM_DIR)/node_modules: $(WASM_DIR)/package-lock.json
	cd $(WASM_DIR) && npm ci --no-audit --no-fund
	touch $@

wasm: $(WASM_DIR)/node_modules
	rustup target add wasm32-unknown-unknown
	$(WASM_DIR)/build.sh

# The system's Chromium; installed if there is none.
$(CHROMIUM):
	apt-get update && apt-get install -y chromium

test-wasm: wasm $(CHROMIUM)
	cd $(WASM_DIR) && CHROMIUM=$(CHROMIUM) node --test

size: wasm
	$(WASM_DIR)/build.sh size
