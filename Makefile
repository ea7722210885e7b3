# Python 3.11+ and make are all this needs. `make` prints the targets.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help run demo test spark lint types bench mutants screenshots docs lock clean

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
DATA := $(if $(CASEMGR_DATA),$(CASEMGR_DATA),$(CURDIR)/.local)
# pytest takes more words from here: make test PYTEST_ARGS="-k origins"
PYTEST_ARGS ?=
# the benchmarks too: make bench BENCH_ARGS=--quick
BENCH_ARGS ?=
# and the mutants, names of them: make mutants MUTANTS="'casemgr.apa.grade.*'"
MUTANTS ?=

help: ## print the targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /|/' | awk -F'|' '{printf "make %-11s %s\n", $$1, $$2}'

run: .venv/.run .assets/.built ## start everything on this machine, with the demonstration docket; Ctrl-C stops it
	@$(PY) -m config.local run

demo: .venv/.run ## print the demonstration docket's assessment in the terminal and exit
	@$(PY) manage.py docket assess casemgr/demo/adversarial-distillation.yaml --format text
	@$(PY) manage.py docket press casemgr/demo/adversarial-distillation.yaml \
	  --case DEMO-EL-DEEPSEEK --gap adequate

test: .venv/.dev .assets/.built lint types ## lint, types, import contracts and the whole suite on real servers
	@CASEMGR_DATA="$(DATA)/test" $(PY) -m config.local with -- $(PY) -m pytest -n 2 $(PYTEST_ARGS)

spark: .venv/.spark ## the figures on Apache Spark too; needs Java 17, fetches 435 MiB once
	@CASEMGR_DATA="$(DATA)/test" $(PY) -m pytest -p no:xdist tests/evidence/figures/test_figures_on_spark.py

lint: .venv/.dev ## style, format and import contracts
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports

types: .venv/.dev ## static types
	@.venv/bin/mypy

bench: .venv/.dev ## every benchmark, each against a bare baseline of the same run
	@PYTHONPATH=. CASEMGR_DATA="$(DATA)/bench" $(PY) -m config.local with -- \
	  sh -ec 'for file in benchmarks/bench_*.py; do echo "== $$file"; $(PY) "$$file" $(BENCH_ARGS); done'

mutants: .venv/.dev ## change the engine line by line and see which changes no test notices
	@rm -rf mutants
	@$(PY) -m tests.mutants $(MUTANTS)

screenshots: .venv/.dev .assets/.built ## take the pictures of docs/pages.md from the demonstration docket
	@CASEMGR_DATA="$(DATA)/test" DJANGO_SETTINGS_MODULE=config.settings $(PY) -m config.local with -- \
	  $(PY) -m tests.e2e.pages

docs: .venv/.run ## write the OpenAPI document to docs/openapi.yaml
	@$(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

lock: .venv/.dev ## compile every requirements*.in into hashed lock files
	@for part in requirements requirements-dev requirements-assets requirements-spark; do \
	  .venv/bin/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --output-file=$$part.txt $$part.in || exit 1; done

clean: ## remove the environment and caches; the data in .local stay
	rm -rf .venv .assets .assets.new .assets-venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache staticfiles mutants
	find . -name __pycache__ -not -path './.local/*' -prune -exec rm -rf {} +

# The environment. A stamp is newer than the lock file it was made from, so a second run is free.

.venv/bin/python:
	@for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "casemgr: making the environment with $$name"; \
	    $$name -m venv .venv && exit 0; \
	    rm -rf .venv; \
	    echo "casemgr: $$name could not make a virtual environment; install its venv module" >&2; \
	    echo "         (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; \
	  fi; \
	done; \
	echo "casemgr: Python 3.11 or later is needed; found $$(python3 --version 2>&1)" >&2; exit 1

.venv/.run: requirements.txt | .venv/bin/python
	@echo "casemgr: installing the locked packages"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt .venv/.run
	@echo "casemgr: installing the locked test tools"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Spark is large and few need it, so it comes when it is asked for.
.venv/.spark: requirements-spark.txt .venv/.dev
	@echo "casemgr: installing Spark"
	@$(PIP) install --require-hashes -r requirements-spark.txt
	@touch $@

# What the pages load: the design system by its lock file, compiled with the product's settings.
# Node is large and needed for this alone, so its environment does not stay.
.assets/.built: package-lock.json .npmrc requirements-assets.txt access/theme/uswds.scss \
    config/assets.py | .venv/bin/python
	@echo "casemgr: fetching and building style sheets and fonts"
	@$(PY) -m venv .assets-venv
	@.assets-venv/bin/python -m pip --disable-pip-version-check --quiet install \
	  --require-hashes -r requirements-assets.txt
	@.assets-venv/bin/python -I config/assets.py
	@rm -rf .assets-venv
	@touch $@
