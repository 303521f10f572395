// Makes dist-web/crosswalk.html: the library of dist/ with a page around it, in one file that needs no network. The same bytes everywhere.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { gzipSync } from 'fflate'
import { convert, createMemoryHost, emitters } from '../dist/index.js'

const root = new URL('..', import.meta.url)
const read = (path) => readFileSync(new URL(path, root))

/** The library as it was built: with compiled schemas, and the same bytes of artifacts as the command line's. */
const builtLibrary = {
  name: 'built-library',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: new URL('dist/index.js', root).pathname }))
  },
}

async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    absWorkingDir: root.pathname, entryPoints: [`src/web/${entry}`], bundle: true, minify: true, write: false, format: 'iife', platform: 'browser',
    target: 'es2023', charset: 'utf8', legalComments: 'none', logLevel: 'error', plugins: [builtLibrary], ...options,
  })
  return outputFiles[0].text.trim()
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The scripts and styles that reports may have: a report in a frame is bound by the policy of this page too. */
async function reportHashes() {
  const { palette } = emitters.find(({ id }) => id === 'html').options
  const found = new Set()
  for (const value of palette.values) {
    const host = createMemoryHost({ 'a.csv': 'capability_id,technique\nA-1,T1078\n' })
    await convert({ emitters: { html: { palette: value } } }, host)
    const [page] = [...host.written].filter(([name]) => name.endsWith('.html')).map(([, bytes]) => new TextDecoder().decode(bytes))
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)
    for (const directive of policy.replaceAll('&#39;', "'").split(';')) {
      const [name, ...sources] = directive.trim().split(/\s+/)
      if (name === 'script-src' || name === 'style-src' || name === 'img-src') for (const source of sources) found.add(`${name} ${source}`)
    }
  }
  return (name) => [...found].filter((one) => one.startsWith(`${name} `)).map((one) => one.slice(name.length + 1))
}

const [script, style, worker, ofReports] = await Promise.all([
  bundle('main.ts'), bundle('page.css'), bundle('worker.ts'), reportHashes(),
])
/** The licences of what is in the page: of the library, and of the packages around it. */
function licences() {
  const own = ['@fontsource/dejavu-sans', '@resvg/resvg-wasm', 'fflate'].map((name) => {
    const folder = `node_modules/${name}/`
    const { version, license, repository } = JSON.parse(read(`${folder}package.json`))
    const file = readdirSync(new URL(folder, root)).find((entry) => /^licen[cs]e/i.test(entry))
    // A package without the text names its licence and its source, which is what the Mozilla Public License asks for.
    const text = file ? read(folder + file).toString('utf8').trim() : `${license}. Source: ${repository.url ?? repository}`
    return `${name} ${version}\n\n${text}\n`
  })
  return [read('LICENSE').toString('utf8').trim(), read('NOTICE').toString('utf8').trim(), read('dist/third-party-licenses.txt').toString('utf8'), ...own].join(`\n${'-'.repeat(80)}\n\n`)
}

const parts = {
  licences: Buffer.from(licences()),
  worker: Buffer.from(worker),
  wasm: read('node_modules/@resvg/resvg-wasm/index_bg.wasm'),
  regular: read('node_modules/@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2'),
  bold: read('node_modules/@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2'),
}
// By fflate, whose bytes do not depend on the engine.
const pack = (bytes) => Buffer.from(gzipSync(bytes, { level: 9, mtime: 1 })).toString('base64')
const images = ofReports('img-src')
const policy = [
  "default-src 'none'",
  `script-src ${[hash(script), ...ofReports('script-src')].join(' ')} 'wasm-unsafe-eval'`,
  `style-src ${[hash(style), ...ofReports('style-src')].join(' ')}`,
  ...(images.length > 0 ? [`img-src ${images.join(' ')}`] : []),
  'worker-src blob:', "base-uri 'none'", "form-action 'none'",
].join('; ')
const values = {
  policy, style, script,
  parts: Object.entries(parts).map(([name, bytes]) => `<script type="text/plain" id="part-${name}">${pack(bytes)}</script>`).join('\n'),
}
const page = read('src/web/page.html').toString('utf8').replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name])
if (/<\/script/i.test(script) || /<\/style/i.test(style)) throw new Error('script or style would close its element')

mkdirSync(new URL('dist-web/', root), { recursive: true })
writeFileSync(new URL('dist-web/crosswalk.html.new', root), page)
renameSync(new URL('dist-web/crosswalk.html.new', root), new URL('dist-web/crosswalk.html', root))
process.stdout.write(`dist-web/crosswalk.html: ${(page.length / 1024 / 1024).toFixed(1)} MB (worker ${(worker.length / 1024 / 1024).toFixed(1)} MB unpacked)\n`)
