# The main job: a fresh clone is installed, built, and converts input/ into output/.
.PHONY: all install build convert test bench docs clean

all: convert

# A stamp newer than the lock file means that the installed packages are the locked ones.
node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

install: node_modules/.installed

build: install
	npm run --silent build

convert: build
	node dist/crosswalk.js convert input --output output

test: build
	npm run --silent types
	npm run --silent lint
	npm run --silent unused
	npm run --silent test

bench: build
	npm run --silent bench

# The generated pages, and the pictures of README and docs, from input/.
docs: build
	npm run --silent docs
	node scripts/take-pictures.mjs

clean:
	rm -rf dist coverage node_modules
	find output -mindepth 1 ! -name .gitkeep -delete
