// Bundles tests/fuzz/main.ts and runs it: `npm run fuzz -- --minutes N --seed S --out FOLDER` (docs/testing.md).
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url)
const outfile = new URL('dist/fuzz.js', root)

/** Keeps the address of each module, by which tests find their files. */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:src|tests)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts',
    }))
  },
}

await build({
  absWorkingDir: root.pathname,
  entryPoints: ['tests/fuzz/main.ts'],
  outfile: outfile.pathname,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  plugins: [ownAddresses],
  logLevel: 'warning',
})
process.setSourceMapsEnabled(true)
await import(outfile.href)
