# Default: install, build, and convert input/ to output/, with one report of all documents together.
.PHONY: all install build convert web release test test-all bench docs clean

all: convert

# Stamp: newer than the lock file if the locked packages are installed.
node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

install: node_modules/.installed

build: dist/.built

# Stamp: newer than everything that the program is made of, if it was built from that.
dist/.built: node_modules/.installed tsconfig.json tsconfig.build.json $(shell find src schemas scripts -type f)
	npm run --silent build
	@touch $@

# Only if a document or the program is newer than the last conversion. A stamp in output/ is written after one without errors.
convert: build
	@if [ -e output/manifest.json ] && [ -e output/.converted ] && [ -z "$$(find input dist/.built -newer output/.converted)" ]; then \
	  echo 'output/ is up to date'; \
	else \
	  rm -f output/.converted && node dist/crosswalk.cjs convert input --output output --combine && touch output/.converted; \
	fi

# Crosswalk in one file, dist-web/crosswalk.html: for those who may install nothing.
web: build
	npm run --silent build:web

# What a release consists of, in dist-release: the package, the page, and their digests.
release: build web
	rm -rf dist-release && mkdir dist-release
	npm pack --silent --ignore-scripts --pack-destination dist-release
	cp dist-web/crosswalk.html dist-release/
	cd dist-release && sha256sum * > SHA256SUMS && cat SHA256SUMS

# Checks that finish in minutes: types, lint, unused code, and the tests without corpora, end-to-end runs and browsers.
test: build
	npm run --silent types
	npm run --silent lint
	npm run --silent unused
	npm run --silent test

# All tests.
test-all: test
	npm run --silent test:rest

bench: build
	npm run --silent bench

# Generated pages, and pictures of README and docs from input/.
docs: build
	npm run --silent docs
	node scripts/take-pictures.mjs

clean:
	rm -rf dist dist-web dist-release coverage node_modules
	find output -mindepth 1 ! -name .gitkeep -delete
