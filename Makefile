# make demo     reads the sample articles into a ledger, prints it, says how to open the page
# make check    formatter, types, every test, the core of the ledger's in PostgreSQL too, on the built and installed package:
#               what CI runs
# make check-postgres   all of the ledger's tests again, every ledger in a PostgreSQL server that is started for them
# make cases    the gold cases' scores          make accuracy    every figure of the model card
# make docs     the documentation as a site in .build/docs, warnings as errors
# make screenshots   docs/images/*.png, by the system's Chromium
# make ledger   the ledger's figures, on parts of the benchmarks' data
# make bench    speed and memory against a peer
# make bench-web   every page at 100,000 statements: server time, weight, first paint (fills a ledger first: half an hour)
# make bench-load   200 people for five minutes at a served ledger of 100,000 statements (the same ledger, filled if need be)
# make bench-ingest   100,000 statements put into a ledger: how many a second, and whether that falls (some five minutes)
# make bench-memory   memory of reading 100,000 articles, made from those of FILE=articles.jsonl (a quarter of an hour)
#
# make coverage   every test again, with the share of lines and branches that they run: fails below 92 in 100
# make thorough   every test again, with all kills, seeds and drawn examples, a part of which `make check` tries
# make mutation   of PLACES=150 alterations in the decoders and as many in the ledger, how many a test fails on (hours)
# make fuzz       readers and decoders on damaged input: FUZZ_SECONDS=1800 of the processor, guided by coverage, then
#                 CASES=100000 of Hypothesis; what was found is in .build/fuzz
#
# make wheel    the wheel in .build/wheel, the same bytes from the same sources, and its SHA-256
# make lock     requirements/*.txt anew where pyproject.toml or requirements/*.in ask for something else; UPGRADE=yes takes
#               for everything the newest release that is a week old (YOUNGEST="1 day": a day, where a hole has to be closed)
# make audit    known holes in what is locked, asked of PyPI (AUDIT=osv: of OSV)
# make sbom     what is installed to run, and what of others ships inside the package: .build/onrecord.cdx.json, CycloneDX
# make licences   docs/reference/licences.md anew
#
# Each sets up what it needs in .venv; nothing else is touched. Python 3.11 or newer with venv, and make, are all they ask for.
# What is installed is locked, release and digest, in requirements/*.txt, for Python 3.11 on Linux, x86_64. Where that is not
# what runs here, or with LOCK= on the command line, it is what pyproject.toml asks for instead, in its newest release.
# Some tests need Chromium, a PostgreSQL server, Java: `make check` installs these where root runs it on Debian; elsewhere,
# without them, the tests are skipped and say so (with CI=true those in a browser fail).

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
BUILD  ?= .build
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md LICENSE NOTICE

ifndef LOCK
LOCK := $(shell $(PYTHON) -c 'import platform as p, sys; \
  here = sys.implementation.name, *sys.version_info[:2], sys.platform, p.machine(); \
  print("yes" if here == ("cpython", 3, 11, "linux", "x86_64") else "")')
endif
export LOCK  # a test asks whether what it runs on has to be what is locked
INSTALL := $(BIN)/python -m pip install --quiet
# The order of the files is that of tests/conftest.py.
SPREAD  := -n auto --dist loadfile --no-loadscope-reorder
LOCKED  := --no-deps --require-hashes --no-build-isolation

.PHONY: demo check check-postgres browser database java docs screenshots cases accuracy ledger clean
.PHONY: bench bench-web bench-load bench-ingest bench-memory coverage thorough mutation fuzz
.PHONY: wheel lock audit sbom licences
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
	$(BIN)/pytest $(SPREAD)

# A server of its own for as long as the tests run, each ledger of theirs in a schema of its own.
check-postgres: $(BUILD)/installed $(BUILD)/tools database
	$(BIN)/python -m tests.postgres.server -- $(BIN)/pytest $(SPREAD) tests/ledger tests/postgres

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
	$(BIN)/python -m benchmarks.accuracy --model small

ledger: $(BUILD)/installed
	$(BIN)/python -m benchmarks.ledger

bench: $(BUILD)/installed
	$(BIN)/python benchmarks/speed.py

bench-web: $(BUILD)/installed $(BUILD)/tools browser
	$(BIN)/python benchmarks/web.py --keep $(BUILD)/scale.db

bench-load: $(BUILD)/installed
	@test -e $(BUILD)/scale.db || $(BIN)/python benchmarks/scale.py --keep $(BUILD)/scale.db
	$(BIN)/python benchmarks/load.py --ledger $(BUILD)/scale.db --clients 200 --minutes 5

bench-ingest: $(BUILD)/installed
	$(BIN)/python benchmarks/ingest.py --statements 100000

bench-memory: $(BUILD)/installed
	$(BIN)/python benchmarks/memory.py $(FILE)

# The processes that tests start write there too, wherever they run.
coverage: export COVERAGE_FILE := $(abspath $(BUILD))/coverage/data
coverage: $(BUILD)/measures browser database java
	rm -rf $(BUILD)/coverage && mkdir -p $(BUILD)/coverage
	$(BIN)/coverage run -m pytest $(SPREAD)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

thorough: $(BUILD)/installed $(BUILD)/tools browser database java
	ONRECORD_TESTS=thorough $(BIN)/pytest $(SPREAD)

PLACES ?= 150
mutation: $(BUILD)/measures
	$(BIN)/python -m benchmarks.mutation --places $(PLACES) --folder $(BUILD)/mutation

FUZZ_SECONDS ?= 1800
CASES ?= 100000
fuzz: $(BUILD)/measures
	$(BIN)/python -m tests.fuzz all --seconds $(FUZZ_SECONDS) --keep $(BUILD)/fuzz
	$(BIN)/python -m tests.fuzz.searched --cases $(CASES)

clean:
	rm -rf $(VENV) $(BUILD) demo.db demo.db-wal demo.db-shm

wheel: $(BUILD)/wheel/built
	@$(BIN)/python -m pip hash $(BUILD)/wheel/onrecord-*.whl

YOUNGEST ?= 7 days
COMPILE = $(BUILD)/supply/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 \
  --python-platform x86_64-manylinux_2_28 --exclude-newer "$(YOUNGEST)" --custom-compile-command "make lock" \
  $(if $(UPGRADE),--upgrade)

# What tests and users run is one set of releases: the smaller locks hold what the largest holds.
lock: $(BUILD)/supply/made
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/check.txt
	$(COMPILE) pyproject.toml --constraint requirements/check.txt --output-file requirements/run.txt
	$(COMPILE) requirements/build.in --constraint requirements/check.txt --output-file requirements/build.txt
	$(COMPILE) requirements/measure.in --constraint requirements/check.txt --output-file requirements/measure.txt
	$(COMPILE) requirements/supply.in --output-file requirements/supply.txt

# Strict: what the service does not know is a failure, too.
AUDIT ?= pypi
audit: $(BUILD)/supply/made
	@for lock in build run check measure supply; do \
	  echo "requirements/$$lock.txt" && $(BUILD)/supply/bin/pip-audit --strict --disable-pip --require-hashes \
	    --progress-spinner off --vulnerability-service $(AUDIT) --requirement requirements/$$lock.txt || exit 1; done

# In an environment that holds nothing else, not even pip.
sbom: $(BUILD)/supply/made $(BUILD)/wheel/built
	rm -rf $(BUILD)/sbom
	$(PYTHON) -m venv --without-pip $(BUILD)/sbom
	$(BIN)/python -m pip --python $(BUILD)/sbom install --quiet --no-deps --require-hashes -r requirements/run.txt \
	  --report $(BUILD)/sbom/report.json
	$(BIN)/python -m pip --python $(BUILD)/sbom install --quiet --no-deps $(BUILD)/wheel/onrecord-*.whl
	$(BUILD)/supply/bin/cyclonedx-py environment --output-reproducible --spec-version 1.6 \
	  --pyproject pyproject.toml --output-file $(BUILD)/sbom/installed.json $(BUILD)/sbom/bin/python
	$(BUILD)/supply/bin/python -m supply.sbom $(BUILD)/sbom $(BUILD)/wheel/onrecord-*.whl > $(BUILD)/onrecord.cdx.json
	@echo "The bill of materials is $(BUILD)/onrecord.cdx.json"

licences: $(BUILD)/installed $(BUILD)/tools
	$(BIN)/python -m supply.licences > $(BUILD)/licences.md
	mv $(BUILD)/licences.md docs/reference/licences.md

# The package is built as a wheel and the wheel is installed, so that what runs is what ships.
$(BUILD)/installed: $(BUILD)/wheel/built requirements/run.txt
ifeq ($(LOCK),)
	@echo "Without the lock: the newest releases that pyproject.toml allows."
	$(INSTALL) --upgrade $(BUILD)/wheel/onrecord-*.whl
else
	$(INSTALL) $(LOCKED) -r requirements/run.txt
endif
	$(INSTALL) --no-deps --force-reinstall $(BUILD)/wheel/onrecord-*.whl
	@touch $@

$(BUILD)/tools: pyproject.toml requirements/check.txt | $(BUILD)/installed
ifeq ($(LOCK),)
	$(INSTALL) "$$(ls $(BUILD)/wheel/onrecord-*.whl)[dev]"
else
	$(INSTALL) $(LOCKED) -r requirements/check.txt
	$(BIN)/python -m pip check
endif
	@touch $@

$(BUILD)/measures: $(if $(LOCK),requirements/measure.txt,requirements/measure.in) | $(BUILD)/tools
	$(INSTALL) $(if $(LOCK),$(LOCKED) -r requirements/measure.txt,-r requirements/measure.in)
	@touch $@

$(BUILD)/wheel/built: $(SOURCES) $(BUILD)/builders
	rm -rf $(BUILD)/wheel
	$(BIN)/python -m hatchling build --target wheel --directory $(BUILD)/wheel
	@touch $@

# Pure Python, so that this lock serves everywhere.
$(BUILD)/builders: requirements/build.txt | $(BIN)/python
	@mkdir -p $(BUILD)
	$(INSTALL) --no-deps --require-hashes -r requirements/build.txt
	@touch $@

$(BUILD)/supply/made: $(if $(LOCK),requirements/supply.txt,requirements/supply.in)
	$(PYTHON) -m venv $(BUILD)/supply
	$(BUILD)/supply/bin/python -m pip install --quiet $(if $(LOCK),--no-deps --require-hashes) -r $<
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
