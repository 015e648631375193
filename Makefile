# Every target sets up what it needs: a virtual environment in .venv, and Chromium for the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: app dev test check format bench chromium

app: $(VENV)/ready
	$(BIN)/streamlit run app.py

# For developers: reload on save, errors shown in the page.
dev: $(VENV)/ready
	$(BIN)/streamlit run app.py --server.fileWatcherType auto --server.runOnSave true \
		--client.showErrorDetails full --runner.postScriptGC true

test: check chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/ready chromium
	$(BIN)/python -m benchmarks

chromium: $(VENV)/ready
	sh tests/browser/get_chromium.sh $(BIN)/python

$(VENV)/ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@
