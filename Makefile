# make demo     reads the sample articles into a ledger, prints it, says how to open the page
# make check    formatter, types, every test, on the built and installed package: what CI runs
# make cases    the gold cases' scores          make accuracy    every figure of the model card
# make docs     the documentation as a site in .build/docs, warnings as errors
# make screenshots   docs/images/*.png, by the system's Chromium
# make ledger   the ledger's figures, on parts of the benchmarks' data
# make bench    speed and memory against a peer
# make bench-web   every page at 100,000 statements: server time, weight, first paint (fills a ledger first: half an hour)
#
# Each sets up what it needs in .venv; nothing else is touched. Python 3.11 or newer with venv, and make, are all they ask for.
# The tests in a browser need Chromium: `make check` installs it where root runs it on Debian; elsewhere, without one, they
# are skipped and say so (with CI=true they fail).

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
BUILD  ?= .build
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md

.PHONY: demo check browser docs screenshots cases accuracy ledger bench bench-web clean
.DELETE_ON_ERROR:

demo: $(BUILD)/installed
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/onrecord add demo.db samples
	@echo
	@echo "Claims that are disputed:"
	$(BIN)/onrecord claims demo.db --standing disputed
	@echo "How the numbers of the dead and of the soldiers moved:"
	$(BIN)/onrecord series demo.db --about dead --limit 1
	$(BIN)/onrecord series demo.db --about soldiers --limit 3
	@echo "What cannot both be true:"
	$(BIN)/onrecord conflicts demo.db --limit 5
	@echo
	@echo "The ledger is demo.db. To look at all of it in a browser, run"
	@echo "    $(BIN)/onrecord serve demo.db"
	@echo "and open the address it prints."

check: $(BUILD)/installed $(BUILD)/tools browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

docs: $(BUILD)/installed $(BUILD)/tools
	$(BIN)/sphinx-build -W --keep-going -q docs $(BUILD)/docs
	@echo "The documentation is $(BUILD)/docs/index.html"

browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do \
	  if command -v $$name > /dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then \
	  (apt-get install -qq --no-install-recommends chromium || \
	  (apt-get update -qq && apt-get install -qq --no-install-recommends chromium)) > /dev/null || \
	  echo "Chromium could not be installed: the tests in a browser are skipped."; \
	else echo "No Chromium: the tests in a browser are skipped (apt-get install chromium)."; fi

screenshots: $(BUILD)/installed $(BUILD)/tools browser
	$(BIN)/python -m tests.browser.screenshots

cases: $(BUILD)/installed
	$(BIN)/python benchmarks/cases.py

accuracy: $(BUILD)/installed
	$(BIN)/python -m benchmarks.accuracy

ledger: $(BUILD)/installed
	$(BIN)/python -m benchmarks.ledger

bench: $(BUILD)/installed
	$(BIN)/python benchmarks/speed.py

bench-web: $(BUILD)/installed $(BUILD)/tools browser
	$(BIN)/python benchmarks/web.py --keep $(BUILD)/scale.db

clean:
	rm -rf $(VENV) $(BUILD) demo.db demo.db-wal demo.db-shm

# The package is built as a wheel and the wheel is installed, so that what runs is what ships.
$(BUILD)/installed: $(SOURCES) | $(BIN)/python
	@mkdir -p $(BUILD)
	rm -rf $(BUILD)/wheel
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir $(BUILD)/wheel .
	$(BIN)/pip install --quiet --upgrade $(BUILD)/wheel/onrecord-*.whl
	$(BIN)/pip install --quiet --no-deps --force-reinstall $(BUILD)/wheel/onrecord-*.whl
	@touch $@

$(BUILD)/tools: pyproject.toml | $(BUILD)/installed
	$(BIN)/pip install --quiet "$$(ls $(BUILD)/wheel/onrecord-*.whl)[dev]"
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
