# Every target sets up what it needs: a virtual environment in .venv, and Chromium for the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help app dev test test-js check format site bench scale soak docs chromium pyodide

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

app: $(VENV)/ready  ## the app, at http://localhost:8501
	$(BIN)/streamlit run app.py

dev: $(VENV)/ready  ## the app for developers: reload on save, errors shown in the page
	$(BIN)/streamlit run app.py --server.fileWatcherType auto --server.runOnSave true \
		--client.showErrorDetails full --runner.postScriptGC true

test: check chromium pyodide test-js  ## checks and all tests, those in a real browser too
	@command -v redis-server >/dev/null || command -v valkey-server >/dev/null || \
	echo "redis-server is not installed: the tests of rooms in Redis are left out."
	@# In the order of files. Those of few tests, among them the browser's long ones, would come last.
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-js:  ## the browser's modules alone, in Node: no browser and no package is needed
	@if command -v node >/dev/null; then node --test $$(find tests/ui -name '*.test.js'); \
	elif [ "$$CI" = true ]; then echo "Node is not installed, and CI tests the JavaScript." >&2; exit 1; \
	else echo "Node is not installed: the unit tests of the JavaScript are left out."; fi

check: $(VENV)/ready  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready  ## tidy up
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

site: $(VENV)/ready  ## the edition without a server, in site/; PYODIDE= takes another copy
	$(BIN)/python -m ui.site.build --pyodide "$(PYODIDE)"

bench: $(VENV)/ready chromium pyodide  ## print the table of docs/measurements.md
	$(BIN)/python -m benchmarks

scale: $(VENV)/ready  ## two replicas behind nginx with one store: deaths, restarts, a new version
	sh benchmarks/scale/get_servers.sh
	PATH="$$PATH:/usr/sbin" $(BIN)/python -m benchmarks.scale

soak: $(VENV)/ready  ## 20,000 moves, 2,000 visits, 50 rooms: does the server keep its memory?
	$(BIN)/python -m benchmarks.soak

docs: $(VENV)/ready  ## the API pages of bn_core, in build/api
	$(BIN)/python -m docs.make_api

chromium: $(VENV)/ready
	sh tests/browser/get_chromium.sh $(BIN)/python

pyodide: $(VENV)/ready
	$(BIN)/python -m ui.site.pyodide
	$(BIN)/python -m ui.site.codemirror

$(VENV)/ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@
