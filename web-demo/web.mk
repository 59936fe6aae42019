# The citizen's form, its site and its backend. For the Makefile at the root: `include web-demo/web.mk`.
# Wants the targets `cli`, `wasm`, `node` and CHROMIUM_PATH of the root and of the bindings, included before.
.PHONY: web test-web test-web-pictures demo-web bench-web

WEB := web-demo
WEB_PORT ?= 8080

$(WEB)/node_modules/.package-lock.json: $(WEB)/package.json $(WEB)/package-lock.json
	npm ci --prefix $(WEB) --no-audit --no-fund
	@touch $@

web: cli wasm node $(WEB)/node_modules/.package-lock.json ## Build the form, its site and its backend: web-demo/dist
	cd $(WEB) && node build.mjs

test-web: web ## Browser and backend tests; WEB_TESTS=journeys narrows them
	cd $(WEB) && npm run --silent check
	cd $(WEB) && CHROMIUM="$(CHROMIUM_PATH)" npx playwright test $(WEB_TESTS)

# After a change of how a screen looks: makes the pictures anew that the tests compare with.
test-web-pictures: web
	cd $(WEB) && CHROMIUM="$(CHROMIUM_PATH)" npx playwright test pictures --update-snapshots

demo-web: web ## Serve the form and its backend; ends with an address (WEB_PORT=8080)
	cd $(WEB) && exec node dist/server/main.js --port $(WEB_PORT)

# Reported, not asserted: from a key press to the decision, submissions a second.
bench-web: web ## From a key press to the decision, submissions a second
	cd $(WEB) && node bench/backend.mjs
	cd $(WEB) && data=$$(mktemp -d) && { node dist/server/main.js --port 8096 --data $$data > /dev/null & server=$$!; sleep 2; \
		CHROMIUM="$(CHROMIUM_PATH)" node bench/keypress.mjs http://localhost:8096; kill $$server; wait $$server || true; rm -rf $$data; }
