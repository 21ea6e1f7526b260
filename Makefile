# The index of commands: `make` alone prints it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help install run live ui board test test-all test-rest fuzz check format imports figures kills docs lock bench \
  wheel clean ruff mypy sqlfluff definitions reference

help: ## this index
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; found " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

install: $(READY) ## the locked dependencies into .venv

run: $(READY) ## the whole line on simulated boards: two days of captures, a table, a digest
	$(BIN)/fengkou run

live: $(READY) ## the whole line once on the real boards; exit 3: some failed, 4: none answered
	$(BIN)/fengkou run --live

ui: $(READY) ## the Dagster UI on port 3000, on the home used last; SCHEDULES=on starts collecting by cadence
	FENGKOU_SCHEDULES=$(SCHEDULES) $(BIN)/fengkou ui

board: $(READY) ## the pages of what is hot, of stories, desks, lists and words, on port 8700
	$(BIN)/fengkou board

# Workers, and the programs that tests start, share the bytecode that the first of them writes.
test test-all test-rest: export PYTHONDONTWRITEBYTECODE =

test: $(READY) ## the quick tests, offline
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow" --hypothesis-profile quick

test-all: $(READY) ## every test, offline: kills, crawls, learning and a browser too
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-rest: $(READY) ## what make test left out of every test: the slow ones, properties with all examples
	$(BIN)/python -m pytest -n 2 --dist loadgroup --beyond-quick

fuzz: $(READY) ## try every reader of pages, values and files with what nobody would write; SECONDS=600 in all
	$(BIN)/python -m fuzzing --seconds $(or $(SECONDS),600)

format: $(READY) ## the code as it is written here
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

imports: $(READY) ## who may import whom
	$(BIN)/lint-imports

figures: $(READY) ## measure what README tells of time and tests, into docs/figures.json
	$(BIN)/python -m benchmarks.figures

kills: $(READY) ## kill every process of the line at instants spread over it, run it again, and compare; ten minutes
	$(BIN)/python -m benchmarks.kills

# Each alone too, so that make -j2 has something to do beside the types.
check: mypy sqlfluff ruff imports definitions reference ## the gates: format, lint, types, imports, definitions, generated docs

ruff: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

mypy: $(READY)
	$(BIN)/mypy

sqlfluff: $(READY)
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse

definitions: $(READY)
	VIRTUAL_ENV=$(abspath $(VENV)) DAGSTER_DISABLE_TELEMETRY=yes $(BIN)/dg check defs

reference: $(READY)
	$(BIN)/python -m fengkou.reference --check

# The wheel must carry the SQL, the word lists and the templates, and run without the source beside it.
wheel: $(READY) ## the whole line again, from a wheel in an environment of its own
	wheel=$$(mktemp -d) && trap 'rm -rf "$$wheel"' EXIT && \
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir "$$wheel" && \
	$(BIN)/python -m venv "$$wheel/venv" && \
	$(BIN)/uv pip sync --quiet --python "$$wheel/venv/bin/python" --require-hashes requirements.lock && \
	$(BIN)/uv pip install --quiet --python "$$wheel/venv/bin/python" --no-deps "$$wheel"/*.whl && \
	cd "$$wheel" && FENGKOU_HOME="$$wheel/home" venv/bin/fengkou run --language en

docs: $(READY) ## docs/reference and the figures in README, from the code and docs/figures.json
	$(BIN)/python -m fengkou.reference

lock: ## requirements.lock from pyproject.toml, hashed, naming no index
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --output-file requirements.lock

bench: $(READY) ## speed and quality beside their peers; ARCHIVES=folder for real data, LABELS=folder of labels
	$(BIN)/python -m benchmarks $(if $(ARCHIVES),--archives $(ARCHIVES)) $(if $(LABELS),--labels $(LABELS))

clean: ## forget the environment; state under FENGKOU_HOME stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
