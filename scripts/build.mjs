// Bundles the library and the program into dist/, the program with the packages that it needs. Validators are compiled here,
// once, instead of at every start.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

/** One validator as a module. */
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

/** The script and the style of the HTML report, bundled here with the options that src/emitters/html/report-assets.ts has from source. */
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
 * What hucre does for nothing, in its own text. It asks whether there is a Response, which makes Node load its HTTP client: another class
 * answers as well. It compares the style of every cell with all others in words: ours are the same objects, so each is compared once.
 */
const lightHucre = {
  name: 'light-hucre',
  setup({ onLoad, onEnd }) {
    const wanted = new Map([
      ['typeof Response', 'typeof ReadableStream'],
      ['function addStyle(style) {', 'const known = new WeakMap();function addStyle(style) {if (!known.has(style)) known.set(style, compareStyle(style));return known.get(style)}function compareStyle(style) {'],
    ])
    const found = new Set()
    onLoad({ filter: /[\\/]hucre[\\/]dist[\\/].*\.mjs$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const [text, lighter] of wanted) {
        if (contents.includes(text)) found.add(text)
        contents = contents.replaceAll(text, lighter)
      }
      return { contents }
    })
    onEnd(() => {
      const missing = [...wanted.keys()].filter((text) => !found.has(text))
      return { errors: missing.map((text) => ({ text: `hucre no longer has "${text}": see whether it still has to be made lighter` })) }
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
  plugins: [compiledSchemas, reportAssets],
  metafile: true,
  logLevel: 'warning',
}

/** What the licences of bundled packages ask for: their texts go with the bundle. */
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

/** Packages of the older kind require modules of Node, which modules of the newer kind cannot, unless they are given the means. */
function giveRequire() {
  for (const name of readdirSync(new URL('chunks', fresh))) {
    const file = new URL(`chunks/${name}`, fresh)
    const code = readFileSync(file, 'utf8')
    if (!code.includes('Dynamic require of')) continue
    writeFileSync(file, `import{createRequire}from"node:module";const require=createRequire(import.meta.url);${code}`)
  }
}

const dist = new URL('../dist/', import.meta.url)
const fresh = new URL('../dist.new/', import.meta.url)
rmSync(fresh, { recursive: true, force: true })
const library = await build({
  ...shared,
  entryPoints: ['src/index.ts'],
  // What validators need of Ajv is bundled; the other packages stay packages.
  external: packages.filter((name) => !name.startsWith('ajv')),
})
const program = await build({
  ...shared,
  entryPoints: ['src/cli/crosswalk.ts'],
  // Draws PNG from a file of its package, which has to be there anyway.
  external: ['@resvg/resvg-wasm'],
  // Packages too: Node takes half a millisecond or more for every file of one.
  // For Node, yaml offers a module of the older kind, whose exports a bundle cannot import by name when they are needed.
  alias: { yaml: new URL('../node_modules/yaml/browser/index.js', import.meta.url).pathname },
  plugins: [...shared.plugins, lightHucre],
})
giveRequire()
writeFileSync(new URL('third-party-licenses.txt', fresh), licenceTexts([library.metafile, program.metafile]))
// Swapped in whole: a program that runs meanwhile never finds half of it.
rmSync(dist, { recursive: true, force: true })
renameSync(fresh, dist)
