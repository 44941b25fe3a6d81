# Every target works on a fresh machine with Python 3.11+, Node ^20.19 or >=22.12 (tools.py looks) and make.
SHELL := /bin/bash
PYTHON ?= python3
CLIENT_PORT ?= 5173
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make

export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export PIPENV_VERBOSITY := -1
# Without bytecode each start of Python would compile what it loads, and pytest rewrite all tests.
unexport PYTHONDONTWRITEBYTECODE

# Who has the page built needs no Node.
TOOLS := python $(if $(wildcard $(STAMPS)/client-build),,node)

.PHONY: tools port start dev test test-server test-everywhere test-client check format hooks bench fuzz faults faults-planted walk audit screenshots scenes animation reference client install clean
.DEFAULT_GOAL := start

# What cannot work is said before anything is installed, which takes minutes, or written.
start: tools port $(STAMPS)/python $(STAMPS)/client-build
	@$(BIN)/python seed.py --if-empty
	@exec $(BIN)/python -m server

# For who changes the program: the server begins anew after each change of its sources, the page follows its own at once.
# Open http://localhost:$(CLIENT_PORT), which passes on what is for the server. One that ends ends the other.
dev: tools port $(STAMPS)/python $(STAMPS)/node | client/dist/index.html
	@$(BIN)/python seed.py --if-empty
	@trap 'kill $$(jobs -p) 2>/dev/null' EXIT; \
	$(BIN)/watchfiles --filter python --sigint-timeout 20 '$(BIN)/python -m server' server & \
	(cd client && SPOTTER_SERVER="http://localhost:$${PORT:-5555}" exec node_modules/.bin/vite --port $(CLIENT_PORT) --strictPort) & \
	wait -n

tools:
	@$(PYTHON) tools.py $(TOOLS)

port: tools
	@$(PYTHON) -I server/port_binding.py "$${HOST:-127.0.0.1}" "$${PORT:-5555}"

$(STAMPS)/pipenv: | tools
	@mkdir -p $(STAMPS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check pipenv
	@touch $@

$(STAMPS)/python: $(STAMPS)/pipenv Pipfile Pipfile.lock
	$(BIN)/pipenv install --deploy --dev
	@touch $@

$(STAMPS)/node: client/package.json client/packages/realtime/package.json client/package-lock.json | tools
	@mkdir -p $(STAMPS)
	@$(PYTHON) tools.py node
	cd client && npm ci --no-audit --no-fund
	@touch $@

CLIENT_SOURCES := $(shell find client/src client/packages/*/src client/public -type f 2>/dev/null) \
	client/index.html client/compress.ts client/served-page.ts client/vite.config.ts client/tsconfig.json server/seeds/moves.json

$(STAMPS)/client-build: $(STAMPS)/node $(CLIENT_SOURCES)
	cd client && npm run --silent build
	@touch $@

client: $(STAMPS)/client-build

# Any build will do: the server writes into its page what the one from the sources takes from there (client/served-page.ts).
client/dist/index.html: | $(STAMPS)/node
	cd client && npm run --silent build

# All that `python -m server` needs.
install: $(STAMPS)/python $(STAMPS)/client-build

# Everything that a change must pass. One half after the other: each keeps two cores busy, and beside each other all would
# wait for a processor, browsers and servers for one another.
test: check $(STAMPS)/client-build test-server test-client

check: $(STAMPS)/python $(STAMPS)/node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd client && npm run --silent check

# What check would only complain of.
format: $(STAMPS)/python $(STAMPS)/node
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd client && npm run --silent format

# Each commit is checked from now on (.pre-commit-config.yaml), with the tools of `make install`.
hooks: $(STAMPS)/python $(STAMPS)/node
	$(PYTHON) -m venv $(STAMPS)/hooks
	$(STAMPS)/hooks/bin/pip install --quiet --disable-pip-version-check pre-commit
	$(STAMPS)/hooks/bin/pre-commit install

test-server: $(STAMPS)/python $(STAMPS)/client-build
	$(BIN)/pytest -n 4 -q

# All tests of the contract on all kinds of server (tests/support/kinds.py); `make test` runs some of them on some.
test-everywhere: $(STAMPS)/python $(STAMPS)/client-build
	$(BIN)/pytest -n 4 -q --kinds all

test-client: $(STAMPS)/python $(STAMPS)/client-build
	cd client && npm run --silent test
	cd client && npm run --silent test:browser

bench: $(STAMPS)/python
	$(BIN)/python -m bench.run $(ARGS)

# 100,000 random inputs; `make test` tries a few of them.
fuzz: $(STAMPS)/python
	FUZZ_INPUTS=100000 $(BIN)/pytest tests/fuzz -q -n 2 --timeout 0

# Everything that may happen to a server and its clients, for hours, and a checker of what is promised (docs/reliability.md).
# `make test` does a little of each kind. It goes on where it was ended; ARGS names kinds, a seed, another number of times.
faults: $(STAMPS)/python
	PYTHONPATH=clients/python $(BIN)/python -m tests.faults.campaign --out .faults $(ARGS)

# Whether the campaign finds what is planted for it to find.
faults-planted: $(STAMPS)/python
	PYTHONPATH=clients/python $(BIN)/python -m tests.faults.campaign --out .faults --planted all

# docs/operations.md, from its first line to its last on a fresh Debian 12 that boots in a folder of /var/tmp: as root, with
# Debian's debootstrap, systemd-container and slirp4netns, in ten to twenty minutes.
walk:
	PYTHONPATH=. $(PYTHON) -m tests.walk /var/tmp/spotter-walk

# Known vulnerabilities of what is installed. The program that looks for them has packages of its own, and stays apart:
# engineio imports some of them where it finds them, and every start of the server would take a tenth longer.
audit: $(STAMPS)/python $(STAMPS)/node
	$(PYTHON) -m venv $(STAMPS)/audit
	$(STAMPS)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	$(STAMPS)/audit/bin/pip-audit --progress-spinner off \
		--path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	cd client && npm audit --audit-level=low

# Pictures of the client for the README, of the server that runs on this machine (`make start`).
screenshots: $(STAMPS)/node
	cd client && npm run --silent screenshots -- ../docs/images

# Pictures of every page and dialog at five widths in both schemes, to look at, of servers that run (client/scenes/servers.mjs says which).
scenes: $(STAMPS)/node
	cd client && node scenes.mjs ../.scenes $(ARGS)

# Reference of what others import, in docs/reference: of the server what a resource is made of, and the two client libraries.
# typedoc reads TypeScript 6 at the newest, and stays apart.
PYTHON_API := server.extensions server.fields server.realtime.resource.resource server.realtime.resource.rules spotter
TYPESCRIPT_API := $(addprefix src/,index.ts react/index.ts records.ts tanstack-db/index.ts react-admin/index.ts testing/index.ts)
reference: $(STAMPS)/python $(STAMPS)/node
	PYTHONPATH=clients/python $(BIN)/python -m pdoc --docformat markdown --no-show-source \
		--output-directory docs/reference/python $(PYTHON_API)
	npm install --silent --no-audit --no-fund --no-save --prefix $(STAMPS)/typedoc typedoc@0.28 typescript@6.0
	cd client/packages/realtime && $(CURDIR)/$(STAMPS)/typedoc/node_modules/.bin/typedoc --tsconfig tsconfig.build.json \
		--entryPoints $(TYPESCRIPT_API) --readme README.md --excludePrivate --validation.notExported false \
		--out $(CURDIR)/docs/reference/typescript

# The one that moves: what joins the frames has packages of its own.
animation: $(STAMPS)/node
	$(PYTHON) -m venv $(STAMPS)/animation
	$(STAMPS)/animation/bin/pip install --quiet --disable-pip-version-check pillow
	cd client && node animation.mjs ../$(STAMPS)/frames
	$(STAMPS)/animation/bin/python client/animation.py $(STAMPS)/frames docs/images/live.webp

clean:
	rm -rf $(VENV) $(STAMPS) client/node_modules client/dist client/packages/*/dist
