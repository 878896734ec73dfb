# make run: the demonstration on a make-believe province.  make test: everything that CI checks.
# .venv holds the runtime packages alone, .venv-test the same versions and the test tools beside them.

.DELETE_ON_ERROR:
.PHONY: help install install-test run up test check lint types walls bench fuzz locks clean

PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo "$$name"; break; fi; done)
TEST_PROCESSES ?= 2
LOCK = .venv-test/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe \
	--strip-extras --build-deps-for editable

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed ## prepare .venv with the runtime packages

install-test: .venv-test/installed ## prepare .venv-test with the runtime packages and the test tools

.venv/installed: requirements.lock pyproject.toml
	@$(call prepare,.venv,requirements.lock)

.venv-test/installed: requirements-test.lock pyproject.toml
	@$(call prepare,.venv-test,requirements-test.lock)

# A folder of packages made new, or brought up to its lock; pip refuses a file whose hash the lock does not know.
define prepare
	if [ -z "$(PYTHON)" ]; then echo "make: Python 3.11 or newer is needed; none of python3.13, python3.12, python3.11, python3 is one" >&2; exit 1; fi; \
	if [ ! -x $(1)/bin/python ] || ! $(1)/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		rm -rf $(1); "$(PYTHON)" -m venv $(1) || { echo "make: $(PYTHON) cannot make a virtual environment: install its venv package (on Debian: python3-venv)" >&2; exit 1; }; \
	fi; \
	echo "installing the packages of $(2) into $(1)"; \
	$(1)/bin/python -m pip install --quiet --require-hashes -r $(2) && \
	$(1)/bin/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e . && \
	touch $(1)/installed
endef

run: install ## the demonstration: crawls a make-believe province, then serves it at PORT
	@.venv/bin/python -m webapp.cli demo --port $(PORT)

up: install ## the real thing: node, schedule and site at PORT
	@.venv/bin/python -m webapp.cli up --port $(PORT)

test: install-test lint types walls ## lint, types, import walls, all tests
	@sh .ci/system
	@.venv-test/bin/python -m pytest -n $(TEST_PROCESSES) --dist loadgroup --no-loadscope-reorder

check: install-test lint types walls ## lint, types and import walls only

lint: install-test
	@.venv-test/bin/ruff check .
	@.venv-test/bin/ruff format --check .

types: install-test
	@.venv-test/bin/mypy

walls: install-test
	@.venv-test/bin/lint-imports

bench: install-test ## benchmarks against stated limits
	@.venv-test/bin/python -m bench

fuzz: install-test ## 10,000 broken files through the readers; FROM=5001 goes on there
	@.venv-test/bin/python -m tests.fuzz --from $(or $(FROM),1)

# With the oldest Python that is supported (a .venv-test made by it): a newer one may choose packages that it cannot take.
locks: ## write both lock files anew from pyproject.toml
	@test -x .venv-test/bin/pip-compile || $(MAKE) install-test
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --extra test --constraint requirements.lock --output-file requirements-test.lock pyproject.toml

clean: ## remove what was built; data folders stay
	rm -rf .venv .venv-test .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
