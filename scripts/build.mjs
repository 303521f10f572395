// Bundles the library and the program into dist/, the program with all of its dependencies. Schema validators are compiled here
// instead of at every start.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { build, transform } from 'esbuild'
import { useCheckKeywords } from './check-keywords.mjs'
import { billOfMaterials } from './sbom.mjs'

const packages = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies)
const { options: schemaOptions, parts } = JSON.parse(readFileSync(new URL('../src/schemas/schema-options.json', import.meta.url), 'utf8'))
const schemaSuffix = '.schema.json'
const schemaFolder = new URL('../schemas/', import.meta.url)
const schemaFiles = readdirSync(schemaFolder).filter((file) => file.endsWith(schemaSuffix)).sort()
const schemas = new Map(schemaFiles.map((file) =>
  [file.slice(0, -schemaSuffix.length), JSON.parse(readFileSync(new URL(file, schemaFolder), 'utf8'))]))

/** Code with short names: of packages and validators, a twentieth of our package. Our own functions keep theirs, for messages about faults. */
async function shorten(code) {
  return (await transform(code, { minify: true, legalComments: 'none', target: 'node20.19' })).code
}

/** ES module with the validator of a schema that explains errors. */
function explainerCode(id) {
  return standalone({}, (ajv) => ajv.getSchema(schemas.get(id).$id))
}

/** ES module with a function that says yes or no, which is a third as long. */
function checkCode(schema) {
  // No text has to be longer than 1, so that counting UTF-16 units, which is faster, accepts nothing that is invalid.
  return standalone({ verbose: false, messages: false, unicode: false, logger: false }, (ajv) => ajv.compile(schema))
}

function standalone(options, choose) {
  const ajv = new Ajv2020({ ...schemaOptions, ...options, code: { source: true, esm: true }, schemas: [...schemas.values()] })
  // Not options of Ajv2020. No schema of ours asks which properties another one has looked at, so validators need not keep lists of them.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false })
  if (options.messages === false) useCheckKeywords(ajv)
  addFormats.default(ajv)
  return standaloneCode.default(ajv, choose(ajv))
}

/**
 * The schemas that are compiled to checks: of whole documents by schema; of documents without the items of their list; of items by schema and
 * `type`, "stix-bundle.relationship", or by schema alone.
 */
function checkSchemas() {
  const found = { whole: new Map(), head: new Map(), item: new Map() }
  for (const [id, schema] of schemas) {
    const part = parts[id]
    if (!part) {
      found.whole.set(id, { $ref: schema.$id })
      continue
    }
    const { $id: _own, ...head } = structuredClone(schema)
    at(head, part.list).items = true
    found.head.set(id, head)
    const types = (at(schema, part.item).allOf ?? []).flatMap((entry, index) => (entry.if ? [[entry.if.properties.type.const, index]] : []))
    for (const [type, index] of types) found.item.set(`${id}.${type}`, { $ref: `${schema.$id}#${part.item}/allOf/${index}/then` })
    const listed = at(schema, part.item).properties?.type?.enum ?? types.map(([type]) => type)
    if (types.map(([type]) => type).sort().join() !== listed.toSorted().join()) throw new Error(`${id}: a type of items has no schema of its own`)
    if (types.length === 0) found.item.set(id, { $ref: `${schema.$id}#${part.item}` })
  }
  return found
}

function at(schema, pointer) {
  return pointer.split('/').slice(1).reduce((parent, name) => parent[name], schema)
}

const checks = checkSchemas()
if ([...schemas.values()].some((schema) => /"minLength":(?!1[,}])/.test(JSON.stringify(schema)))) throw new Error('Checks count UTF-16 units: see checkCode')

if ([...schemas.values()].some((schema) => /"(?:unevaluated|\$dynamic)/.test(JSON.stringify(schema)))) throw new Error('Validators keep no lists of properties: see standalone')

/** The module src/schemas/compile-schema.ts with what it compiles in it: each is loaded when it is first needed. */
function compiledModule() {
  const entries = (names, form) => `{${[...names].map((name) => `'${name}':()=>import('${form}:${name}')`).join(',')}}`
  return `const explain = ${entries(schemas.keys(), 'explain')}
    const whole = ${entries(checks.whole.keys(), 'whole')}
    const head = ${entries(checks.head.keys(), 'head')}
    const item = ${entries(checks.item.keys(), 'item')}
    const no = () => false
    // Of a CommonJS module, which the program loads, all exports are the default one.
    export const compileSchema = async (id) => { const { default: found } = await explain[id](); return found.default ?? found }
    export const compileCheck = async (id) => (await whole[id]()).default
    export const compileHeadCheck = async (id) => (await head[id]?.())?.default
    export const compileItemCheck = async (id, type) => (await (item[id + '.' + type] ?? item[id])?.())?.default ?? no`
}

const compiledSchemas = {
  name: 'compiled-schemas',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]schemas[\\/]compile-schema\.ts$/ }, () => ({ contents: compiledModule() }))
    onResolve({ filter: /^(?:explain|whole|head|item):/ }, ({ path }) => {
      const [namespace, name] = path.split(':')
      return { path: name, namespace, sideEffects: false }
    })
    const load = async (code) => ({ contents: await shorten(code), resolveDir: import.meta.dirname })
    onLoad({ filter: /.*/, namespace: 'explain' }, ({ path }) => load(explainerCode(path)))
    for (const [namespace, own] of Object.entries(checks)) onLoad({ filter: /.*/, namespace }, ({ path }) => load(checkCode(own.get(path))))
  },
}

/** Makes the data of ATT&CK and of frameworks texts that are parsed as JSON, which takes half the time of objects that are parsed as code. */
const compiledData = {
  name: 'compiled-data',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:attack|frameworks)[\\/]data[\\/].*\.json$/ }, ({ path }) => ({
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
 * Patches places in the source of hucre, which reads workbooks. It tests for `Response`, which makes Node.js load its HTTP client: another
 * class serves the same purpose. It makes an array of each blank row above a cell, which may be a million: one serves for all.
 */
const patchedHucre = {
  name: 'patched-hucre',
  setup({ onLoad, onEnd }) {
    const patches = new Map([
      ['typeof Response', 'typeof ReadableStream'],
      ['while (rows.length <= row) {', 'if (rows.length <= row) rows.length = row + 1; rows[row] ??= []; while (false) {'],
      ['const colCount = maxCol + 1;', 'const colCount = maxCol + 1; const blankRow = Array.from({ length: colCount }, () => null);'],
      ['rows[r] = Array.from({ length: colCount }, () => null);', 'rows[r] = blankRow;'],
    ])
    const found = new Set()
    onLoad({ filter: /[\\/]hucre[\\/]dist[\\/].*\.mjs$/ }, async ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const [text, replacement] of patches) {
        if (contents.includes(text)) found.add(text)
        contents = contents.replaceAll(text, replacement)
      }
      return { contents: await shorten(contents) }
    })
    onEnd(() => {
      const missing = [...patches.keys()].filter((text) => !found.has(text))
      return { errors: missing.map((text) => ({ text: `hucre no longer contains "${text}": check whether this patch is still needed` })) }
    })
  },
}

/** Commander can start other programs as commands. Ours starts none, and loading what could takes Node.js some milliseconds. */
const noOtherPrograms = {
  name: 'no-other-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}' }))
  },
}

const shortPackages = {
  name: 'short-packages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => ({ contents: await shorten(readFileSync(path, 'utf8')) }))
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
  plugins: [compiledSchemas, compiledData, reportAssets],
  metafile: true,
  logLevel: 'warning',
}

/** Puts the address of the worker's file, which is beside the program, in the place of the module that bundles it from source. */
const workerScript = {
  name: 'worker-script',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]io[\\/]worker-script\.ts$/ }, () => ({
      contents: `import { existsSync } from 'node:fs'
        const places = ['./document-worker.js', '../document-worker.js'].map((path) => new URL(path, import.meta.url))
        export const loadWorkerScript = async () => places.find((place) => existsSync(place)) ?? places[0]`,
    }))
  },
}

/** Leaves modules out of a bundle: they are files of their own, or are not loaded by it. */
function outside(filter, place = (name) => name) {
  return { name: 'outside', setup: ({ onResolve }) => onResolve({ filter }, ({ path }) => ({ path: place(path), external: true })) }
}

/** Folders of the bundled packages, such as "node_modules/yaml". */
function bundledPackages(metafiles) {
  const paths = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)))
  return new Set(paths.flatMap((path) => path.match(/node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/) ?? []))
}

/** Licence texts of packages, which must be distributed with the bundle. */
function licenceTexts(folders) {
  return [...folders].sort().map((folder) => {
    const home = new URL(`../${folder}/`, import.meta.url)
    const { name, version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'))
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry))
    if (!file) throw new Error(`${name} has no licence text`)
    return `${name} ${version}\n\n${readFileSync(new URL(file, home), 'utf8').trim()}\n`
  }).join(`\n${'-'.repeat(80)}\n\n`)
}

/** Defines `require` in ES modules with CommonJS packages that require modules of Node.js: they do not have it. */
function defineRequire(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.js')) continue
    const file = join(entry.parentPath, entry.name)
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
  plugins: [...shared.plugins, patchedHucre, shortPackages, workerScript],
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
  // The worker shares their chunks too: it is loaded for large documents only.
  entryPoints: ['src/index.ts', 'src/node.ts', 'src/io/document-worker.ts'],
  platform: 'neutral',
  mainFields: ['module', 'main'],
  // The parts of Ajv that validators need are bundled, and hucre as the program has it; other packages stay external.
  external: ['node:*', ...packages.filter((name) => !name.startsWith('ajv') && name !== 'hucre')],
  plugins: [...shared.plugins, patchedHucre, shortPackages, workerScript],
})
const commandOptions = { ...programOptions, plugins: [noOtherPrograms, ...programOptions.plugins.filter((plugin) => plugin !== patchedHucre)] }
// The command line is one script with the code that V8 compiled for it; see scripts/launcher.cjs. What explains errors, or reads workbooks and
// YAML, is loaded apart: most runs do neither.
const program = await build({
  ...commandOptions,
  format: 'cjs',
  splitting: false,
  entryPoints: [{ in: 'src/cli/crosswalk.ts', out: 'program' }],
  outExtension: { '.js': '.cjs' },
  banner: { js: '(function(require,importMetaUrl){"use strict";const module={exports:{}};' },
  footer: { js: 'return module.exports})' },
  define: { 'import.meta.url': 'importMetaUrl' },
  // V8 does not know who loads modules for code that it compiled before.
  supported: { 'dynamic-import': false },
  plugins: [
    outside(/^explain:/, (name) => `./explain/${name.replace('explain:', '')}.cjs`),
    outside(/^(?:hucre|yaml)(?:\/|$)/, (name) => `./packages/${name.split('/')[0]}.cjs`),
    ...commandOptions.plugins,
  ],
})
const apart = await build({
  ...programOptions, outdir: 'dist.new/packages', splitting: false, format: 'cjs', outExtension: { '.js': '.cjs' }, entryPoints: ['hucre', 'yaml'],
})
const help = await build({
  ...commandOptions, splitting: false, format: 'cjs', outExtension: { '.js': '.cjs' }, entryPoints: [{ in: 'src/cli/crosswalk.ts', out: 'help' }],
  plugins: [outside(/^\.\/commands\/|\/request-error\.js$|\/io\/files\.js$/), ...commandOptions.plugins],
})
await build({
  ...shared, outdir: 'dist.new/explain', splitting: false, format: 'cjs', outExtension: { '.js': '.cjs' },
  entryPoints: [...schemas.keys()].map((id) => ({ in: `explain:${id}`, out: id })),
})
defineRequire(fresh)
await build({
  ...shared, bundle: false, splitting: false, format: 'cjs', outExtension: { '.js': '.cjs' }, plugins: [],
  entryPoints: [{ in: 'scripts/launcher.cjs', out: 'crosswalk' }],
})
// The name of before, which scripts that start the program of a checkout know.
writeFileSync(new URL('crosswalk.js', fresh), "#!/usr/bin/env node\nimport './crosswalk.cjs'\n", { mode: 0o755 })
const programFile = fileURLToPath(new URL('program.cjs', fresh))
const samples = ['T1078.004-cloud-accounts.txt', 'CVE-2021-44228.txt', 'intel-vpro.txt'].map((name) => fileURLToPath(new URL(`../input/${name}`, import.meta.url)))
execFileSync(process.execPath, [fileURLToPath(new URL('cache-code.mjs', import.meta.url)), programFile, ...samples], { stdio: 'inherit' })
const bundled = bundledPackages([library, program, apart, help].map(({ metafile }) => metafile))
writeFileSync(new URL('third-party-licenses.txt', fresh), licenceTexts(bundled))
writeFileSync(new URL('sbom.cdx.json', fresh), billOfMaterials(bundled))
writeFileSync(new URL('crosswalk.1', fresh), execFileSync(process.execPath, [new URL('crosswalk.cjs', fresh).pathname, 'man']))
// Replaced as a whole, so that a running program never finds half of it.
rmSync(dist, { recursive: true, force: true })
renameSync(fresh, dist)
