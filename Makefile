# Amtsweg. `make start` runs the portal on this machine, `make check test` is what every change must pass.
PYTHON ?= python3
PY := .venv/bin/python
NODE := $(PY) backend/local/bootstrap.py node >/dev/null && PATH="$(CURDIR)/.venv/bin:$$PATH"
export PYTHONPATH := $(CURDIR)

.PHONY: help start prepare prepare-dev browser scanner check format test test-backend test-frontend test-e2e bench lock

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

start: prepare ## run the portal, its worker, its database and a mail catcher until Ctrl-C
	@exec $(PY) -m backend.local.start

prepare: ## install what the portal needs and build it
	@$(PYTHON) backend/local/bootstrap.py start

prepare-dev: ## the same, with everything for tests and checks
	@$(PYTHON) backend/local/bootstrap.py dev

browser: prepare-dev ## install Chromium if there is none
	@$(PY) -m backend.local.browser

scanner: prepare-dev ## install ClamAV if there is none
	@$(PY) -m backend.local.scanner --install

check: prepare-dev ## format, lint, types, import contracts, catalogues, generated files, budgets
	@$(PY) -m backend.local.check

format: prepare-dev ## format all sources
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix . && npx prettier --write --log-level warn frontend/src e2e

test: test-backend test-frontend test-e2e ## all tests

test-backend: scanner ## rules, database, HTTP and architecture; on the embedded and on Debian's PostgreSQL
	@$(PY) -m backend.local.testrun backend

test-frontend: prepare-dev ## units of the portal
	@$(PY) -m backend.local.testrun frontend

test-e2e: browser scanner ## the portal in a real Chromium
	@$(PY) -m backend.local.testrun e2e

bench: browser ## speed and memory as ratios within one run
	@$(PY) -m tests.bench

lock: ## renew the hashed lock files
	@$(PYTHON) backend/local/lock.py
