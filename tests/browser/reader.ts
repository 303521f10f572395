import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { html } from '../../src/emitters/html/html.js'
import type { Artifact, EmitContext } from '../../src/emitters/emitter.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { emitContext } from '../support/emit-context.js'

/** A report as a reader has it open, and what the browser said and asked for meanwhile. */
interface OpenReport {
  readonly page: Page
  /** Errors and warnings on the console, errors of the script, and requests for anything but the file itself. */
  readonly complaints: string[]
}

/** Opens reports in a headless Chromium. */
export interface Reader {
  /** `fragment` begins with `#`; `more` is what the emitter gets beside the usual context. */
  readonly open: (
    sets: readonly ResolvedSet[], options?: BrowserContextOptions, fragment?: string, more?: Partial<EmitContext>,
  ) => Promise<OpenReport>
  /** Opens a page that was made elsewhere. */
  readonly openPage: (page: Artifact, options?: BrowserContextOptions, fragment?: string) => Promise<OpenReport>
  readonly close: () => Promise<void>
}

/** Starts the browser. Root may not use its sandbox. */
export async function startReader(executablePath: string): Promise<Reader> {
  const browser: Browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-report-'))
  const attack = await loadAttackIndex()
  let files = 0
  const reader: Reader = {
    async open(sets, options = {}, fragment = '', more = {}) {
      const [artifact] = await html.emit(sets, { ...emitContext(attack), ...more }, { palette: 'blue' })
      if (!artifact) throw new Error('There is no report')
      return reader.openPage(artifact, options, fragment)
    },
    async openPage(artifact, options = {}, fragment = '') {
      const file = path.join(folder, `${(files += 1)}.html`)
      await writeFile(file, await artifact.render())
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
      const page = await context.newPage()
      const address = pathToFileURL(file).href
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('request', (request) => {
        if (request.url().split('#')[0] !== address) complaints.push(`asks for ${request.url()}`)
      })
      await page.goto(`${address}${fragment}`)
      return { page, complaints }
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
  return reader
}

/** The list to choose from that has a label in the form of filters. */
export function findChoice(page: Page, label: string): Locator {
  return page.locator('.filters').getByLabel(label, { exact: true })
}
