// Bundles the command and the library into dist/. Validators are compiled here, once, instead of at every start.
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { build } from 'esbuild'

const packages = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies)
const schemaSuffix = '.schema.json'
const schemaFolder = new URL('../schemas/', import.meta.url)
const schemaFiles = readdirSync(schemaFolder).filter((file) => file.endsWith(schemaSuffix)).sort()
const schemas = new Map(schemaFiles.map((file) => [file.slice(0, -schemaSuffix.length), JSON.parse(readFileSync(new URL(file, schemaFolder), 'utf8'))]))

/** One validator as a module. The options are those of src/compile-schema.ts. */
function validatorCode(id) {
  const ajv = new Ajv2020({
    strict: true, strictRequired: false, strictTuples: false, allowUnionTypes: true, verbose: true, code: { source: true, esm: true }, schemas: [...schemas.values()],
  })
  addFormats.default(ajv)
  return standaloneCode.default(ajv, ajv.getSchema(schemas.get(id).$id))
}

const compiledSchemas = {
  name: 'compiled-schemas',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]compile-schema\.ts$/ }, () => ({
      contents: `const load = {${[...schemas.keys()].map((id) => `'${id}': () => import('validator:${id}')`).join(', ')}}
        export const compileSchema = async (id) => (await load[id]()).default`,
    }))
    onResolve({ filter: /^validator:/ }, ({ path }) => ({ path: path.slice('validator:'.length), namespace: 'validator' }))
    onLoad({ filter: /.*/, namespace: 'validator' }, ({ path }) => ({ contents: validatorCode(path), resolveDir: import.meta.dirname }))
  },
}

const dist = new URL('../dist', import.meta.url)
const fresh = new URL('../dist.new', import.meta.url)
rmSync(fresh, { recursive: true, force: true })
await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['src/cli/crosswalk.ts', 'src/index.ts'],
  outdir: 'dist.new',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  // What validators need of Ajv is bundled; the other packages stay packages.
  external: packages.filter((name) => !name.startsWith('ajv')),
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [compiledSchemas],
  logLevel: 'warning',
})
// Swapped in whole: a program that runs meanwhile never finds half of it.
rmSync(dist, { recursive: true, force: true })
renameSync(fresh, dist)
