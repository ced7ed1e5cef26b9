# make demo     reads the sample articles into a ledger, prints it, says how to open the page
# make check    formatter, types, every test, on the built and installed package: what CI runs
# make check-postgres   the ledger's tests again, every ledger in a PostgreSQL server that is started for them
# make cases    the gold cases' scores          make accuracy    every figure of the model card
# make docs     the documentation as a site in .build/docs, warnings as errors
# make screenshots   docs/images/*.png, by the system's Chromium
# make ledger   the ledger's figures, on parts of the benchmarks' data
# make bench    speed and memory against a peer
# make bench-web   every page at 100,000 statements: server time, weight, first paint (fills a ledger first: half an hour)
#
# Each sets up what it needs in .venv; nothing else is touched. Python 3.11 or newer with venv, and make, are all they ask for.
# Some tests need Chromium, a PostgreSQL server, Java: `make check` installs these where root runs it on Debian; elsewhere,
# without them, the tests are skipped and say so (with CI=true those in a browser fail).

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
BUILD  ?= .build
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md

.PHONY: demo check check-postgres browser database java docs screenshots cases accuracy ledger bench bench-web clean
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

check: $(BUILD)/installed $(BUILD)/tools browser database java
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

# A server of its own for as long as the tests run, each ledger of theirs in a schema of its own.
check-postgres: $(BUILD)/installed $(BUILD)/tools database
	$(BIN)/python -m tests.postgres.server -- $(BIN)/pytest -n auto --dist loadfile tests/ledger tests/postgres

docs: $(BUILD)/installed $(BUILD)/tools
	$(BIN)/sphinx-build -W --keep-going -q docs $(BUILD)/docs
	@echo "The documentation is $(BUILD)/docs/index.html"

# What tests need of the system, $(1) of it: Debian's packages $(2), $(3) without them.
define of_the_system
if [ "$$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then \
  (export DEBIAN_FRONTEND=noninteractive; apt-get install -qq --no-install-recommends $(2) || \
  (apt-get update -qq && apt-get install -qq --no-install-recommends $(2))) > /dev/null || \
  echo "$(1) could not be installed: $(3)."; \
else echo "No $(1): $(3) (apt-get install $(2))."; fi
endef

browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do \
	  if command -v $$name > /dev/null; then exit 0; fi; done; \
	$(call of_the_system,Chromium,chromium,the tests in a browser are skipped)

database:
	@if ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null; then exit 0; fi; \
	$(call of_the_system,PostgreSQL server,postgresql,the tests of PostgreSQL are skipped)

java:
	@if command -v java > /dev/null; then exit 0; fi; \
	$(call of_the_system,Java,openjdk-17-jre-headless,the tests of Spark are skipped)

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
