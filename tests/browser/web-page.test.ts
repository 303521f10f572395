import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitters } from '../../src/emitters/registry.js'
import type { Manifest } from '../../src/pipeline/manifest.js'
import { createFolder, runCrosswalk } from '../e2e/run-crosswalk.js'
import { listViolations } from './axe.js'
import { findChromium } from './find-chromium.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const address = pathToFileURL(path.join(root, 'dist-web/crosswalk.html')).href
const executable = findChromium()
const samples = ['CVE-2021-44228.txt', 'intel-vpro.txt'].map((name) => path.join(root, 'input', name))
const everyFormat = emitters.map(({ id }) => id)
const mappings = path.join(root, '../shared/mappings')

async function convert(page: Page, files: readonly string[], formats: 'all' | 'usual'): Promise<void> {
  if (formats === 'all') for (const box of await page.locator('.formats input').all()) await box.check()
  await page.setInputFiles('#files', [...files])
  await page.locator('#status', { hasText: 'Done.' }).waitFor({ timeout: 110_000 })
}

/** The files of "Download all", with their digests. */
async function download(page: Page): Promise<readonly string[]> {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download all' }).click()])
  const files = unzipSync(await readFile(await saved.path()))
  return Object.entries(files).map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')} ${name}`).toSorted()
}

/** The files that the command line writes from the same documents, with their digests. */
async function byCommandLine(files: readonly string[], formats: readonly string[]): Promise<readonly string[]> {
  const folder = await createFolder()
  await runCrosswalk(['convert', ...files, '--combine', '-o', 'out', ...(formats.length > 0 ? ['--to', formats.join(',')] : [])], { cwd: folder })
  const manifest: Manifest = JSON.parse(await readFile(path.join(folder, 'out/manifest.json'), 'utf8'))
  const own = createHash('sha256').update(await readFile(path.join(folder, 'out/manifest.json'))).digest('hex')
  return [...manifest.artifacts.map(({ name, sha256 }) => `${sha256} ${name}`), `${own} manifest.json`].toSorted()
}

describe.skipIf(executable === undefined)('crosswalk.html, opened as a file (skipped where there is no Chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['scripts/build-web.mjs'], { cwd: root })
    browser = await chromium.launch({ ...(executable !== undefined && { executablePath: executable }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  })
  afterAll(() => browser.close())

  interface Opened {
    readonly page: Page
    /** What the page said on the console, and what it asked of a network. */
    readonly complaints: readonly string[]
  }

  async function open(options: Parameters<Browser['newContext']>[0] = {}, from = address): Promise<Opened> {
    const context = await browser.newContext({ locale: 'tr-TR', timezoneId: 'Pacific/Kiritimati', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => {
      if (!/^(?:file|blob):/.test(request.url())) complaints.push(request.url())
    })
    await page.goto(from)
    await page.waitForSelector('body.ready')
    return { page, complaints }
  }

  it('makes the same bytes of every format as the command line, without a request or a message', async () => {
    const { page, complaints } = await open()
    await convert(page, samples, 'all')
    const made = await download(page)
    expect(made).toEqual(await byCommandLine(samples, everyFormat))
    expect(made.length).toBeGreaterThan(30)
    expect(complaints).toEqual([])
    expect(await page.frames()[1]?.title()).toContain('ATT&CK')
  })

  it.skipIf(!existsSync(mappings))('makes the same bytes of all mapping files (skipped without the shared data)', async () => {
    const files = (await readdir(mappings)).filter((name) => name.endsWith('.json')).map((name) => path.join(mappings, name))
    const { page, complaints } = await open()
    await page.locator('.formats input').nth(0).uncheck()
    await page.locator('.formats input').nth(4).uncheck()
    await convert(page, files, 'usual')
    expect(await download(page)).toEqual(await byCommandLine(files, ['navigator', 'csv', 'html']))
    expect(complaints).toEqual([])
  })

  it.skipIf(!existsSync(mappings))('makes the same bytes of every format from mapping files of every domain (skipped without the shared data)', async () => {
    const files = ['aws-12.12.2024_attack-16.1-enterprise.json', 'kev-02.13.2025_attack-15.1-mobile.json', 'veris-1.3.7_attack-12.1-ics.json'].map((name) => path.join(mappings, name))
    const { page, complaints } = await open()
    await convert(page, files, 'all')
    expect(await download(page)).toEqual(await byCommandLine(files, everyFormat))
    expect(complaints).toEqual([])
  })

  it('takes other limits, as an error names them, and says what is wrong with one', async () => {
    const table = path.join(await createFolder(), 'three.csv')
    await writeFile(table, 'capability_id,technique\nA-1,T1078\nA-2,T1110\nA-3,T1190\n')
    const { page } = await open()
    await page.locator('summary', { hasText: 'Settings' }).click()
    await page.locator('input[name="limits"]').fill('--max rows=2')
    await convert(page, [table], 'usual')
    expect(await page.locator('.messages.error').innerText()).toContain('exceeds the limit of 2 rows')
    await page.locator('input[name="limits"]').fill('rows=10')
    await page.getByRole('button', { name: 'Convert' }).click()
    await page.locator('.answer', { hasText: '3 mappings' }).waitFor()
    await page.locator('input[name="limits"]').fill('rosw=10')
    await page.getByRole('button', { name: 'Convert' }).click()
    await page.locator('#status', { hasText: 'Did you mean "rows"?' }).waitFor()
  })

  it('opens a large report only when it is asked for', async () => {
    const table = path.join(await createFolder(), 'large.csv')
    const comment = 'x'.repeat(2000)
    await writeFile(table, `capability_id,technique,comments\n${Array.from({ length: 9000 }, (_, row) => `C-${row},T1078,${row} ${comment}`).join('\n')}\n`)
    const { page, complaints } = await open()
    for (const box of await page.locator('.formats label', { hasNotText: 'HTML' }).locator('input').all()) await box.uncheck()
    await convert(page, [table], 'usual')
    expect(await page.locator('iframe').count()).toBe(0)
    await page.getByRole('button', { name: /^Show the report \(\d+\.\d MB\)$/ }).click()
    await page.frameLocator('iframe').locator('.status', { hasText: '9,000 of 9,000 rows' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('has the report in use: its views, filters, details and Back work in their frame', async () => {
    const { page, complaints } = await open()
    await convert(page, samples.slice(1), 'usual')
    const report = page.frameLocator('iframe')
    await report.locator('nav a', { hasText: 'Mappings' }).click()
    await report.locator('table.rows tbody:not(.spacer) tr').first().waitFor()
    await report.locator('#filter-tactic').selectOption({ index: 5 })
    expect(await report.locator('.chip').innerText()).toContain('Tactic')
    await report.locator(':root').evaluate(() => history.back())
    await report.locator('.chip').waitFor({ state: 'detached' })
    await report.locator('nav a', { hasText: 'Matrix' }).click()
    await report.locator('.cell').first().click()
    expect(await report.locator('dialog h2').innerText()).toContain('Active Scanning')
    expect(complaints).toEqual([])
  })

  it('says what it could not read, with the place, and converts the rest', async () => {
    const folder = await createFolder()
    await writeFile(path.join(folder, 'bad.json'), '{"a": [1,\n2,,]}')
    const { page } = await open()
    await convert(page, [path.join(folder, 'bad.json'), ...samples.slice(1)], 'usual')
    expect(await page.locator('.messages.error').innerText()).toContain('bad.json:2:')
    expect(await page.locator('.answer').innerText()).toContain('2 mappings')
  })

  it('reads a dropped folder as the command line does: its documents by path, others said', async () => {
    const folder = await createFolder()
    await mkdir(path.join(folder, 'set/inner'), { recursive: true })
    await writeFile(path.join(folder, 'set/inner/one.csv'), 'capability_id,technique\nAC-2,T1078\n')
    await writeFile(path.join(folder, 'set/photo.jpg'), 'x')
    const { page } = await open()
    await page.setInputFiles('#folder', path.join(folder, 'set'))
    await page.locator('#status', { hasText: 'Done.' }).waitFor()
    expect(await page.locator('#chosen').innerText()).toBe('inner/one.csv')
    expect(await page.locator('#skipped').innerText()).toContain('photo.jpg was skipped')
  })

  it('stops, and converts again', async () => {
    const { page } = await open()
    const rows = Array.from({ length: 40_000 }, (_, index) => `C-${index},T1078`)
    const big = path.join(await createFolder(), 'big.csv')
    await writeFile(big, `capability_id,technique\n${rows.join('\n')}\n`)
    await page.setInputFiles('#files', big)
    await page.getByRole('button', { name: 'Stop' }).click()
    expect(await page.locator('#status').innerText()).toBe('Stopped. Nothing was made.')
    await convert(page, samples, 'usual')
    expect(await page.locator('.answer').innerText()).toContain('5 mappings')
  })

  it('leaves out a document that is read for too long, says so, and converts the others', async () => {
    const folder = await createFolder()
    const text = await readFile(fileURLToPath(address), 'utf8')
    await writeFile(path.join(folder, 'crosswalk.html'), text.replace('data-max-seconds="60"', 'data-max-seconds="1"'))
    const rows = Array.from({ length: 99_000 }, (_, index) => `C-${index},T1078; T1110; T1003.001 and T1552`)
    await writeFile(path.join(folder, 'big.csv'), `capability_id,technique\n${rows.join('\n')}\n`)
    const { page } = await open({}, pathToFileURL(path.join(folder, 'crosswalk.html')).href)
    await convert(page, [path.join(folder, 'big.csv'), ...samples], 'usual')
    expect(await page.locator('.messages.error').innerText()).toContain('Reading big.csv was stopped at the limit of 1 second')
    expect(await page.locator('.answer').innerText()).toContain('5 mappings')
    expect((await download(page)).length).toBeGreaterThan(5)
  })

  it.each(['light', 'dark'] as const)('breaks no rule of axe, %s', async (colorScheme) => {
    const { page } = await open({ colorScheme, bypassCSP: true })
    await convert(page, samples, 'usual')
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    expect(await listViolations(page, { iframes: false })).toEqual([])
  })

  it('has the licences of all that is in it', async () => {
    const { page, complaints } = await open()
    await page.getByText('Licences of what is in this page').click()
    await page.locator('#licences pre', { hasText: 'hyparquet-writer' }).waitFor()
    const text = await page.locator('#licences pre').innerText()
    for (const part of ['Apache License', 'MITRE', 'hucre', 'fflate', '@fontsource/dejavu-sans', 'MPL-2.0']) expect(text).toContain(part)
    expect(complaints).toEqual([])
  })

  it('is used with the keyboard alone', async () => {
    const { page } = await open()
    const reached: string[] = []
    for (let nth = 0; nth < 16; nth++) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate("document.activeElement.id || document.activeElement.textContent.trim() || document.activeElement.parentElement.textContent.trim()"))
    }
    expect(reached).toEqual(expect.arrayContaining(['files', 'folder', 'STIX 2.1 bundle', 'Settings']))
  })
})
