// Bundles the library and the program into dist/, the program with all of its dependencies. Schema validators are compiled here
// instead of at every start.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { build } from 'esbuild'

const packages = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies)
const schemaOptions = JSON.parse(readFileSync(new URL('../src/schemas/schema-options.json', import.meta.url), 'utf8'))
const schemaSuffix = '.schema.json'
const schemaFolder = new URL('../schemas/', import.meta.url)
const schemaFiles = readdirSync(schemaFolder).filter((file) => file.endsWith(schemaSuffix)).sort()
const schemas = new Map(schemaFiles.map((file) =>
  [file.slice(0, -schemaSuffix.length), JSON.parse(readFileSync(new URL(file, schemaFolder), 'utf8'))]))

/** ES module with the validator of a schema. */
function validatorCode(id) {
  const ajv = new Ajv2020({
    ...schemaOptions,
    code: { source: true, esm: true }, schemas: [...schemas.values()],
  })
  addFormats.default(ajv)
  return standaloneCode.default(ajv, ajv.getSchema(schemas.get(id).$id))
}

const compiledSchemas = {
  name: 'compiled-schemas',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]schemas[\\/]compile-schema\.ts$/ }, () => ({
      contents: `const load = {${[...schemas.keys()].map((id) => `'${id}': () => import('validator:${id}')`).join(', ')}}
        export const compileSchema = async (id) => (await load[id]()).default`,
    }))
    onResolve({ filter: /^validator:/ }, ({ path }) => ({ path: path.slice('validator:'.length), namespace: 'validator' }))
    onLoad({ filter: /.*/, namespace: 'validator' }, ({ path }) => ({ contents: validatorCode(path), resolveDir: import.meta.dirname }))
  },
}

/** Makes the data of ATT&CK a text that is parsed as JSON, which takes half the time of an object that is parsed as code. */
const attackData = {
  name: 'attack-data',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]attack[\\/]data[\\/].*\.json$/ }, ({ path }) => ({
      contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))))})`,
    }))
  },
}

/** Bundles script and style of the HTML report, with the options that src/emitters/html/report-assets.ts uses when run from source. */
const reportAssets = {
  name: 'report-assets',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]html[\\/]report-assets\.ts$/ }, async ({ path }) => {
      const { entryPoints, options } = JSON.parse(readFileSync(path.replace(/\.ts$/, '.json'), 'utf8'))
      const bundles = await Promise.all(entryPoints.map((entry) =>
        build({ ...options, absWorkingDir: join(dirname(path), 'browser'), entryPoints: [entry], write: false })))
      const [script, style] = bundles.map(({ outputFiles }) => JSON.stringify(outputFiles[0].text.trim()))
      return { contents: `export const loadReportAssets = async () => ({ script: ${script}, style: ${style} })` }
    })
  },
}

/**
 * Patches three places in the source of hucre. It does not count the levels of folded columns in the format of a sheet, without which Excel
 * shows no buttons to unfold them (ECMA-376 part 1, section 18.3.1.81). It tests for `Response`, which makes Node.js load its HTTP client:
 * another class serves the same purpose. It serialises the style of every cell to compare it with all others: our cells share style objects,
 * so that each is compared only once.
 */
const patchedHucre = {
  name: 'patched-hucre',
  setup({ onLoad, onEnd }) {
    const patches = new Map([
      [
        '"sheetFormatPr", { defaultRowHeight: 15 }',
        '"sheetFormatPr", { defaultRowHeight: 15, ...(sheet.columns?.some(({ outlineLevel }) => outlineLevel) && { outlineLevelCol: 1 }) }',
      ],
      ['typeof Response', 'typeof ReadableStream'],
      ['function addStyle(style) {', 'const known = new WeakMap();function addStyle(style) {if (!known.has(style)) known.set(style, compareStyle(style));return known.get(style)}function compareStyle(style) {'],
    ])
    const found = new Set()
    onLoad({ filter: /[\\/]hucre[\\/]dist[\\/].*\.mjs$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const [text, replacement] of patches) {
        if (contents.includes(text)) found.add(text)
        contents = contents.replaceAll(text, replacement)
      }
      return { contents }
    })
    onEnd(() => {
      const missing = [...patches.keys()].filter((text) => !found.has(text))
      return { errors: missing.map((text) => ({ text: `hucre no longer contains "${text}": check whether this patch is still needed` })) }
    })
  },
}

const shared = {
  absWorkingDir: new URL('..', import.meta.url).pathname,
  outdir: 'dist.new',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  plugins: [compiledSchemas, attackData, reportAssets],
  metafile: true,
  logLevel: 'warning',
}

/** Puts the address of the worker's file, which is beside the program, in the place of the module that bundles it from source. */
const workerScript = {
  name: 'worker-script',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]io[\\/]worker-script\.ts$/ }, () => ({
      contents: `import { existsSync } from 'node:fs'
        const places = ['./foreign-workbook-worker.js', '../foreign-workbook-worker.js'].map((path) => new URL(path, import.meta.url))
        export const loadWorkerScript = async () => places.find((place) => existsSync(place)) ?? places[0]`,
    }))
  },
}

/** Licence texts of the bundled packages, which must be distributed with the bundle. */
function licenceTexts(metafiles) {
  const paths = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)))
  const folders = new Set(paths.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))
  return [...folders].sort().map((folder) => {
    const home = new URL(`../${folder}/`, import.meta.url)
    const { name, version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'))
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry))
    if (!file) throw new Error(`${name} has no licence text`)
    return `${name} ${version}\n\n${readFileSync(new URL(file, home), 'utf8').trim()}\n`
  }).join(`\n${'-'.repeat(80)}\n\n`)
}

/** Defines `require` in chunks with CommonJS packages that require modules of Node.js: ES modules do not have it. */
function defineRequire(folder) {
  for (const name of readdirSync(new URL('chunks', folder))) {
    const file = new URL(`chunks/${name}`, folder)
    const code = readFileSync(file, 'utf8')
    if (!code.includes('Dynamic require of')) continue
    writeFileSync(file, `import{createRequire}from"node:module";const require=createRequire(import.meta.url);${code}`)
  }
}

/** Options of what runs as the program does, with all of its dependencies. */
const programOptions = {
  ...shared,
  // Loads a WebAssembly file of its package, which must be installed anyway.
  external: ['@resvg/resvg-wasm'],
  // Packages are bundled too: Node.js takes half a millisecond or more for every file.
  // For Node.js, yaml is a CommonJS module, whose named exports cannot be imported lazily from a bundle.
  alias: { yaml: new URL('../node_modules/yaml/browser/index.js', import.meta.url).pathname },
  plugins: [...shared.plugins, patchedHucre, workerScript],
}

// `build.mjs bench FOLDER` bundles the benchmarks alone.
if (process.argv[2] === 'bench') {
  const folder = pathToFileURL(`${resolve(process.argv[3])}/`)
  await build({ ...programOptions, outdir: fileURLToPath(folder), entryPoints: ['bench', 'floor', 'stages'].map((name) => `tests/bench/${name}.ts`) })
  defineRequire(folder)
  process.exit()
}

const dist = new URL('../dist/', import.meta.url)
const fresh = new URL('../dist.new/', import.meta.url)
rmSync(fresh, { recursive: true, force: true })
// Pure and for Node.js: they share chunks, so that both know the same classes. What the pure one loads has no module of Node.js in it
// (tests/browser/library.test.ts).
const library = await build({
  ...shared,
  entryPoints: ['src/index.ts', 'src/node.ts'],
  platform: 'neutral',
  mainFields: ['module', 'main'],
  // The parts of Ajv that validators need are bundled, and hucre as the program has it, so that workbooks are the same; other packages stay
  // external.
  external: ['node:*', ...packages.filter((name) => !name.startsWith('ajv') && name !== 'hucre')],
  plugins: [...shared.plugins, patchedHucre, workerScript],
})
const program = await build({ ...programOptions, entryPoints: ['src/cli/crosswalk.ts', 'src/io/foreign-workbook-worker.ts'] })
defineRequire(fresh)
writeFileSync(new URL('third-party-licenses.txt', fresh), licenceTexts([library.metafile, program.metafile]))
writeFileSync(new URL('crosswalk.1', fresh), execFileSync(process.execPath, [new URL('crosswalk.js', fresh).pathname, 'man']))
// Replaced as a whole, so that a running program never finds half of it.
rmSync(dist, { recursive: true, force: true })
renameSync(fresh, dist)
