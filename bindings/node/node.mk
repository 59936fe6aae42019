# The npm package @thutuc/node. Included by the Makefile of the repository: `make node`, `make test-node`.

NODE_BINDING := bindings/node
NODE_DIST := $(NODE_BINDING)/dist
NODE_LIBRARY := $(if $(filter Darwin,$(shell uname -s)),libthutuc_node.dylib,libthutuc_node.so)
NODE_SOURCES := Cargo.toml Cargo.lock core/Cargo.toml $(NODE_BINDING)/Cargo.toml $(NODE_BINDING)/build.rs $(shell find core/src core/derive $(NODE_BINDING)/src -name '*.rs')

# One file of JavaScript in a format: Node reads it several times as fast as a handful of modules. White space is not shipped; names are,
# so that a stack can be read.
node-bundle = $(NODE_BINDING)/node_modules/.bin/esbuild $(NODE_BINDING)/js/index.mjs --bundle --platform=node --target=node20 \
	--minify-whitespace --minify-syntax --format=$(1) $(3) --log-level=warning --outfile=$(NODE_DIST)/$(2)

.PHONY: node test-node

# Built again only where the contents of the sources differ from those it was built from.
node: $(NODE_BINDING)/node_modules/.package-lock.json ## Build the package for Node: bindings/node/dist
	@mkdir -p $(NODE_DIST)
	@sum=$$(cat $(sort $(NODE_SOURCES)) | sha256sum); \
	if [ ! -e $(NODE_DIST)/thutuc.node ] || [ "$$sum" != "$$(cat $(NODE_DIST)/.sum 2>/dev/null)" ]; then \
		cargo build --locked --package thutuc-node --profile hosted && \
		cp $${CARGO_TARGET_DIR:-target}/hosted/$(NODE_LIBRARY) $(NODE_DIST)/thutuc.node && \
		echo "$$sum" > $(NODE_DIST)/.sum; \
	fi
	@$(call node-bundle,esm,thutuc.mjs)
	@$(call node-bundle,cjs,thutuc.cjs,--define:import.meta.dirname=__dirname)
	@for name in index wire; do sed 's#\./wire\.js#./wire.cjs#' $(NODE_BINDING)/$$name.d.ts > $(NODE_BINDING)/$$name.d.cts; done

$(NODE_BINDING)/node_modules/.package-lock.json: $(NODE_BINDING)/package.json $(NODE_BINDING)/package-lock.json
	npm ci --prefix $(NODE_BINDING) --no-audit --no-fund
	@touch $@

test-node: cli node ## The tests of the package for Node
	cd $(NODE_BINDING) && THUTUC=$(abspath $(THUTUC)) node --test test/*.test.mjs
