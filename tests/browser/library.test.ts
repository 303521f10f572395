import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/pipeline/manifest.js'
import { createFolder, runCrosswalk } from '../e2e/run-crosswalk.js'
import { serve } from '../support/loopback-server.js'
import { findChromium } from './find-chromium.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const executable = findChromium()

/** Samples of several kinds: text pages, tables with and without metadata. */
const samples = ['CVE-2021-44228.txt', 'intel-vpro.txt']
const formats = ['stix', 'misp-galaxy', 'navigator', 'csv', 'xlsx', 'json', 'yaml', 'parquet', 'markdown', 'html', 'svg', 'png']
const files: Readonly<Record<string, string>> = {
  '/resvg.wasm': 'node_modules/@resvg/resvg-wasm/index_bg.wasm',
  '/regular.woff2': 'node_modules/@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2',
  '/bold.woff2': 'node_modules/@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2',
}

/** What somebody writes who has the library in a page; `openRasteriser` is the one of docs/library.md. */
const page = `
import { convert, createMemoryHost, validate } from 'attack-crosswalk'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

let opened
const openRasteriser = () => opened ??= load()

async function load() {
  await initWasm(fetch('/resvg.wasm'))
  const get = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer())
  const font = { fontBuffers: [await get('/regular.woff2'), await get('/bold.woff2')], defaultFontFamily: 'DejaVu Sans', loadSystemFonts: false }
  return (svg, width) => new Resvg(svg, { fitTo: { mode: 'width', value: width }, font }).render().asPng()
}

globalThis.run = async (documents, formats) => {
  const host = createMemoryHost(documents, { openRasteriser })
  const { diagnostics } = await convert({ emitters: formats, combine: true }, host)
  const kinds = [...host.written].filter(([path]) => /\\.(?:stix|layer)\\.json$|\\.(?:csv|xlsx|html|yaml)$/.test(path))
  const again = await validate({}, createMemoryHost(Object.fromEntries(kinds)))
  return {
    manifest: new TextDecoder().decode(host.written.get('manifest.json')),
    errors: [...diagnostics, ...again.diagnostics].filter(({ severity }) => severity === 'error'),
    valid: again.files.length,
  }
}
globalThis.fail = async () => convert({ emitters: ['cvs'] }, createMemoryHost({})).catch(({ name, code, message }) => ({ name, code, message }))
`

/** What the page returns. */
interface Made {
  readonly manifest: string
  readonly errors: readonly unknown[]
  readonly valid: number
}

/** The artifacts with their digests. */
function listDigests(text: string): readonly string[] {
  const { artifacts }: Manifest = JSON.parse(text)
  return artifacts.map(({ name, sha256 }) => `${sha256} ${name}`)
}

async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: page, resolveDir: root, sourcefile: 'page.js' },
    // As somebody has it who installed the package.
    alias: { 'attack-crosswalk': path.join(root, 'dist/index.js') },
    bundle: true, splitting: true, format: 'esm', platform: 'browser', outdir: '/app', entryNames: 'page', write: false, metafile: true,
    logLevel: 'silent',
  })
  // Shown for files outside node_modules only: esbuild's own chunks import one another for their order.
  expect(warnings.filter(({ id }) => id !== 'ignored-bare-import')).toEqual([])
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports).filter(({ path: name }) => name.startsWith('node:'))
  expect(imports).toEqual([])
  return new Map(outputFiles.map(({ path: name, contents }) => [name, contents]))
}

describe.skipIf(executable === undefined)('the library in a browser (skipped where there is no Chromium)', () => {
  it('bundles without a module of Node.js, and writes the same bytes as the command line', async () => {
    const scripts = await bundle()
    const server = await serve((request, response) => {
      const url = request.url ?? ''
      const named = files[url]
      const script = scripts.get(url)
      if (url === '/') response.setHeader('content-type', 'text/html').end('<!doctype html><title>t</title><script type="module" src="/app/page.js"></script>')
      else if (script) response.setHeader('content-type', 'text/javascript').end(script)
      else if (named) void readFile(path.join(root, named)).then((bytes) => response.setHeader('content-type', url.endsWith('.wasm') ? 'application/wasm' : 'font/woff2').end(bytes))
      else response.writeHead(url === '/favicon.ico' ? 204 : 404).end()
    })
    const browser = await chromium.launch({ ...(executable !== undefined && { executablePath: executable }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    try {
      const context = await browser.newContext({ locale: 'tr-TR', timezoneId: 'Pacific/Kiritimati' })
      const tab = await context.newPage()
      const complaints: string[] = []
      tab.on('console', (message) => complaints.push(message.text()))
      tab.on('pageerror', ({ message }) => complaints.push(message))
      await tab.goto(`${server.address}/`)
      await tab.waitForFunction('globalThis.run !== undefined')
      const documents = Object.fromEntries(await Promise.all(samples.map(async (name) => [name, await readFile(path.join(root, 'input', name), 'utf8')] as const)))
      const made: Made = await tab.evaluate(`globalThis.run(${JSON.stringify(documents)}, ${JSON.stringify(formats)})`)
      expect(made.errors).toEqual([])
      expect(complaints).toEqual([])
      expect(made.valid).toBeGreaterThan(samples.length * 5)

      const folder = await createFolder()
      const { code } = await runCrosswalk(
        ['convert', ...samples.map((name) => path.join(root, 'input', name)), '--to', formats.join(','), '--combine', '-o', 'out'], { cwd: folder })
      expect(code).toBe(0)
      const manifest = await readFile(path.join(folder, 'out/manifest.json'), 'utf8')
      expect(listDigests(made.manifest)).toEqual(listDigests(manifest))
      expect(listDigests(manifest).length).toBeGreaterThan(formats.length * 2)
      expect(listDigests(manifest).filter((line) => line.endsWith('.xlsx')).length).toBe(samples.length + 1)
      expect(await tab.evaluate('globalThis.fail()')).toEqual({
        name: 'RequestError', code: 'unknown-emitter', message: expect.stringContaining('Did you mean "csv"?'),
      })
    } finally {
      await browser.close()
    }
  })
})
