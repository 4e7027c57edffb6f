# Two commands are enough: make book, make test. "make help" names the rest.
# Needs git, make and Python 3.11 or newer. Everything else lands in .venv and frontend/node_modules.

PORT ?= 8000
SEED := $(or $(SEED),$(shell date +%s))
VENV := .venv
RUN := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
MODULES := frontend/node_modules/.installed

# What we install comes first: Node for KaTeX and the bundler, the kernel for the notebooks.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export JUPYTER_PREFER_ENV_PATH := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1

SITE := _build/html/index.html
PACKAGE := $(shell find deconvviz -type f ! -name '*.pyc' 2>/dev/null)
PAGES := $(shell find book notebooks _config.yml _toc.yml -type f ! -path '*/.ipynb_checkpoints/*' 2>/dev/null)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help book site notebooks test lint frontend unit exhaustive fuzz browser bench bundle golden chromium clean

help:
	@echo "make book       build the book and serve it on localhost (PORT=8000)"
	@echo "make test       run every check and test, from lint to browser"
	@echo "make notebooks  open the notebooks in JupyterLab"
	@echo ""
	@echo "make site       build the book into _build/html"
	@echo "make lint       ruff and mypy"
	@echo "make frontend   type check, Node tests, freshness of the bundles"
	@echo "make unit       Python tests without a browser"
	@echo "make exhaustive many more draws of those that draw; SEED=1 repeats them"
	@echo "make fuzz       100,000 odd things for every door; SEED=1 repeats them"
	@echo "make browser    tests in Chromium, on the built book"
	@echo "make bundle     rebuild deconvviz/static from frontend/src"
	@echo "make golden     rewrite tests/golden, which Python and JavaScript both answer to"
	@echo "make bench      run the benchmarks and print their tables"
	@echo "make clean      remove what was built; rm -r .venv removes what was installed"

book: $(SITE)
	@$(RUN) -m tools.serve _build/html --port $(PORT)

site: $(SITE)

notebooks: $(STAMPS)/book
	$(RUN) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks # served from here: links reach book/, too

test: lint frontend unit browser
	@echo "All checks and tests passed."

# --- what is installed, once ---------------------------------------------------------------------

$(STAMPS)/venv:
	@python=$$(for name in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	        && echo "$$name" && break; done); \
	if [ -z "$$python" ]; then \
	    echo "No Python 3.11 or newer with venv found. Install one (Debian: apt-get install python3-venv)," >&2; \
	    echo "or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; fi; \
	echo "Making $(VENV) with $$python ..."; \
	"$$python" -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/book: $(STAMPS)/venv pyproject.toml requirements.txt tools/node.py
	@echo "Installing what the book needs (two to five minutes the first time) ..."
	$(RUN) -m pip install --disable-pip-version-check -r requirements.txt
	@$(RUN) -m tools.node
	@touch $@

$(STAMPS)/test: $(STAMPS)/book requirements-test.txt
	@echo "Installing what the tests need ..."
	$(RUN) -m pip install --disable-pip-version-check -r requirements-test.txt
	@touch $@

$(MODULES): $(STAMPS)/book frontend/package.json frontend/package-lock.json
	@echo "Installing what the front-end is built and tested with ..."
	cd frontend && npm ci
	@touch $@

chromium: $(STAMPS)/test
	@$(RUN) -m tools.chromium

# --- what is built -------------------------------------------------------------------------------

# After a failure Sphinx must read every page again, or it would not repeat its warnings and pass.
$(SITE): $(STAMPS)/book $(PAGES) $(PACKAGE)
	@echo "Building the book (half a minute the first time) ..."
	$(VENV)/bin/jupyter-book build . -W -n --keep-going || { rm -rf _build/.doctrees; exit 1; }
	@cp -R book/_static/. _build/html/_static # where no page has changed, Sphinx copies no style
	@touch $@

bundle: $(MODULES)
	cd frontend && npm run --silent build

golden: $(STAMPS)/book
	$(RUN) -m tools.golden

# --- what is checked, fast things first ----------------------------------------------------------

lint: $(STAMPS)/test
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

frontend: $(MODULES)
	cd frontend && npm run --silent check
	cd frontend && NODE_OPTIONS=--test-reporter=dot npm test --silent
	cd frontend && npm run --silent build -- --check

unit: $(STAMPS)/test
	$(RUN) -m pytest --ignore tests/browser --numprocesses auto --dist loadfile

exhaustive: chromium $(MODULES)
	@echo "make exhaustive SEED=$(SEED) draws the same again."
	$(RUN) -m pytest tests -m exhaustive --numprocesses auto \
	    --hypothesis-profile exhaustive --hypothesis-seed $(SEED)

fuzz: chromium
	@echo "make fuzz SEED=$(SEED) hands over the same again."
	$(RUN) -m pytest tests -m fuzz --numprocesses auto --hypothesis-show-statistics \
	    --hypothesis-profile exhaustive --hypothesis-seed $(SEED)

browser: chromium $(MODULES) $(SITE)
	$(RUN) -m pytest tests/browser --numprocesses 2 --dist worksteal

bench: $(STAMPS)/test
	$(RUN) -m benchmarks

clean:
	rm -rf _build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
