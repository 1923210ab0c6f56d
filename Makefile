# One word per habit. README.md ("Without make") writes each of them out for machines without make.
#
#   WHEELHOUSE=dir make demo    installs from that folder and asks no package index
#   PYTHON=python3.13 make demo takes another interpreter

PYTHON ?= python3
export PYTHON
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet $(if $(WHEELHOUSE),--no-index --find-links "$(WHEELHOUSE)")
PYTEST := $(BIN)/python -m pytest
NODE := .ci/node_modules/.package-lock.json

.DELETE_ON_ERROR:
.PHONY: demo run test check bench fuzz audit lint lock clean

## demo: two recorded days against a portal on this machine; leaves a digest to look at
demo: .venv/.runtime
	@$(BIN)/tracker demo

## run: the weekly job against the real portals, with a home in ./home
run: .venv/.runtime
	@test -f home/profile.yaml || $(BIN)/tracker init home
	@$(BIN)/tracker --home home run

## test: everything that needs Python only, then faults of every kind, then the recorded weeks where they are at hand
test: .venv/.test
	$(PYTEST) -n auto
	$(PYTEST) -n auto -m faults
	$(PYTEST) -m replay

## check: types, layers, manners, packaging, a real mail server, the embedding model, browser, HTML validators
check: .venv/.check .venv/.semantic $(NODE) lint
	@.ci/needs chromium java dovecot
	$(PYTEST) -m install --no-skips
	$(PYTEST) -m imap --no-skips
	PYTHONPATH=.venv/semantic $(PYTEST) -m semantic --no-skips
	$(PYTEST) -m browser --no-skips
	.ci/validate-demo

## lint: the part of check that needs no browser
lint: .venv/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## bench: measures against others in the same run; never judges
bench: .venv/.bench
	$(PYTEST) -m benchmark -s tests/benchmarks

## fuzz: random input for everything that reads scraped text
fuzz: .venv/.test
	$(PYTEST) -m fuzz tests/fuzz

## audit: licences of all that is installed, known holes in all that is locked (asks advisory services)
audit: .venv/.audit .venv/.semantic
	PYTHONPATH=.venv/semantic $(BIN)/python .ci/licences.py
	.venv/audit/bin/pip-audit --disable-pip --require-hashes -r requirements.lock -r .ci/requirements-semantic.lock

## lock: pins again; `make lock UPGRADE=--upgrade` moves to the newest versions
lock: .venv/.lock
	BIN=.venv/lock/bin .ci/lock $(UPGRADE)

clean:
	rm -rf .venv .ci/node_modules .ci/out dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis demo

# ---------------------------------------------------------------- environments; each stamp stands for one lock

.venv/bin/python:
	@.ci/needs python
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: .ci/requirements-test.lock .venv/.runtime
	$(INSTALL) --require-hashes -r $<
	@touch $@

.venv/.check: .ci/requirements-check.lock .venv/.test
	$(INSTALL) --require-hashes -r $<
	@touch $@

.venv/.bench: .ci/requirements-bench.lock .venv/.test
	$(INSTALL) --require-hashes -r $<
	@touch $@

# The extra lies beside the rest, so that every other test runs without it, as on most machines.
.venv/.semantic: .ci/requirements-semantic.lock .venv/.test
	rm -rf .venv/semantic
	$(INSTALL) --require-hashes --target .venv/semantic -r $<
	@touch $@

# pip-audit and uv bring versions of their own: apart from what they look at.
.venv/.audit: .ci/requirements-audit.lock .venv/.runtime
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

.venv/.lock: .ci/requirements-lock.lock | .venv/bin/python
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(NODE): .ci/package-lock.json
	@.ci/needs node
	npm ci --prefix .ci --ignore-scripts --no-audit --no-fund
