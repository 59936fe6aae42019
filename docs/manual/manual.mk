# The manual: a site of pages whose examples are run. Included by the Makefile of the repository: `make manual`.
.PHONY: manual test-manual

MANUAL := docs/manual

$(MANUAL)/node_modules/.package-lock.json: $(MANUAL)/package.json $(MANUAL)/package-lock.json
	npm ci --prefix $(MANUAL) --no-audit --no-fund
	@touch $@

manual: cli $(MANUAL)/node_modules/.package-lock.json ## Build the manual: target/manual
	cd $(MANUAL) && THUTUC=$(abspath $(THUTUC)) npm run --silent build

# Every page is built, every command in it is run and what it prints compared. `node docs/manual/test.js --update` writes it anew.
test-manual: manual
	cd $(MANUAL) && THUTUC=$(abspath $(THUTUC)) node --test test.js
