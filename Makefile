# The one entry point. `make help` lists what it can do.
# Needs Python 3.11 or later and nothing else: no root, no system package. PYTHON=python3.12 chooses an interpreter.

.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
READY := $(VENV)/ready
PYTHON_RUN := $(VENV)/bin/python
REPORTS := build/reports
UV ?= uv

# A virtual environment names its own path in its scripts, so one that was moved or copied along with its checkout
# would run the old checkout's code: make it anew. The same where another Python is asked for than it was made with.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
ANEW := --clear
endif
ifdef PYTHON
ifneq ($(shell $(PYTHON_RUN) -V 2>&1),$(shell "$(PYTHON)" -V 2>&1))
ANEW := --clear
endif
endif

# ensurepip is what Debian leaves out of its plain python3: without it there is no pip in a new environment.
CANDIDATES := $(if $(PYTHON),"$(PYTHON)",python3.11 python3.12 python3.13 python3)
FIND_PYTHON := for python in $(CANDIDATES); do \
	  "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'Python 3.11 or later with venv and pip is needed: none of' $(CANDIDATES) 'is one. Set PYTHON=...' >&2; exit 1; \
	fi

.PHONY: help setup corpus test lint types imports unit flow check embeddings bench figures docs schemas specimens lock clean anew

help:  ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: $(READY)  ## set up ./.venv (every other target does it when needed)

# --no-deps: the lock is complete, and pip then has nothing to resolve; `pip check` confirms that it is. --no-compile:
# Python compiles what it imports, which is a small part of what is installed.
$(READY): pyproject.toml requirements.lock $(if $(ANEW),anew)
	@rm -f $(READY)
	@$(FIND_PYTHON); echo "setting up $(VENV) with $$python"; "$$python" -m venv $(ANEW) $(VENV)
	@$(PYTHON_RUN) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	@$(PYTHON_RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PYTHON_RUN) -m pip check
	@pwd -P > $@

corpus: $(READY)  ## build the corpus of the shipped specimens into outputs/corpus
	@$(VENV)/bin/unbitext build

test: lint types unit flow  ## style, types, import direction and all fast tests

lint: $(READY)  ## ruff: style and format
	$(PYTHON_RUN) -m ruff check .
	$(PYTHON_RUN) -m ruff format --check .

types: $(READY)  ## mypy --strict
	$(PYTHON_RUN) -m mypy

imports: $(READY)  ## import-linter: schemas <- parsers <- unbitext <- flows (the unit tests do it too)
	$(VENV)/bin/lint-imports

unit: $(READY)  ## the tests that start no server
	$(PYTHON_RUN) -m pytest -n 2 -m 'not flow and not slow and not embeddings' --junit-xml=$(REPORTS)/unit.xml

# Two processes, each with an embedded Prefect server that its tests share: its start is what costs.
flow: $(READY)  ## the tests that start Prefect's embedded server
	$(PYTHON_RUN) -m pytest -n 2 --dist worksteal -m 'flow and not slow' --junit-xml=$(REPORTS)/flow.xml

check: $(READY)  ## the slow tests: TEI All, jing, long runs
	$(PYTHON_RUN) -m pytest -m slow --junit-xml=$(REPORTS)/slow.xml

# Beside the environment, not in it: what the extra needs is not in the lock, and takes a gigabyte and more.
# TORCH=torch==2.13.0+cpu, where the index has such, takes the build without the libraries of graphics cards.
TORCH ?= torch
embeddings: $(READY)  ## install the extra `embeddings` into build/embeddings and run its tests (torch: a gigabyte)
	@$(PYTHON_RUN) -m pip install --quiet --disable-pip-version-check --upgrade --target build/embeddings \
	  'sentence-transformers>=6' '$(TORCH)'
	PYTHONPATH=$(CURDIR)/build/embeddings $(PYTHON_RUN) -m pytest -m embeddings

bench: $(READY)  ## measure speed and accuracy, and print the figures
	$(PYTHON_RUN) -m benchmarks
	$(PYTHON_RUN) -m benchmarks.catalogue
	$(PYTHON_RUN) -m benchmarks.ingest

LARGEST ?= 200000
SHARED := $(if $(UNBITEXT_SHARED),$(UNBITEXT_SHARED),../shared)
figures: $(READY)  ## measure anew and refresh the tables and plots of README.md and docs/alignment.md (an idle machine)
	$(PYTHON_RUN) -m benchmarks.alignment $(SHARED) --write
	$(PYTHON_RUN) -m benchmarks.reliability $(SHARED) --write
	$(PYTHON_RUN) -m benchmarks.growth $(SHARED) --largest $(LARGEST) --write
	$(PYTHON_RUN) -m unbitext.release.accuracy docs/alignment.md

docs: $(READY)  ## generate docs/findings.md from the list of finding codes
	$(PYTHON_RUN) -m unbitext.findings_page > docs/findings.md

schemas: $(READY)  ## generate the .rng grammars from their .rnc sources
	$(PYTHON_RUN) -m schemas.tei.generate

# Needs what nothing else does: the extra `specimens`, and the Debian packages fonts-liberation and fonts-noto-cjk.
specimens: $(READY)  ## write the specimens anew from their sources (needs the extra `specimens` and fonts)
	$(PYTHON_RUN) data/specimens/source/render.py
	$(PYTHON_RUN) data/specimens/source/publish.py

lock:  ## resolve requirements.lock anew (needs uv: UV=... names it)
	$(UV) pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-strip-extras \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade --output-file requirements.lock pyproject.toml

clean:  ## remove the environment, caches, reports and outputs/corpus (downloads and state stay)
	rm -rf $(VENV) build outputs/corpus .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
