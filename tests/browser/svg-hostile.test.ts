import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { svg } from '../../src/emitters/picture/pictures.js'
import { hostileSet, hostileTexts } from '../contract/emitter-sets.js'
import { emitContext } from '../support/emit-context.js'
import { hostileSet as rowsOf, unfitTexts } from '../support/hostile-set.js'
import { findChromium } from './find-chromium.js'

const program = findChromium()

const attacks = [
  ...Object.values(hostileTexts),
  '</text></svg><script>window.pwned=1</script>',
  '"><script>window.pwned=1</script><text x="',
  '" onload="window.pwned=1" onmouseover="window.pwned=1',
  '<image href="https://example.org/x.png"/><foreignObject><iframe src="https://example.org"/></foreignObject>',
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  ']]><set attributeName="href" to="javascript:window.pwned=1"/>',
]

const sets = [
  { name: 'each text in every field', sets: attacks.map(hostileSet) },
  { name: 'all texts in one set', sets: [rowsOf([...unfitTexts, ...attacks])] },
]

const options = {
  'picture-size': 'screen', 'picture-techniques': 'all', 'picture-sub-techniques': 'annotated',
  'matrix-score': 'count', 'palette': 'blue',
} as const

describe.skipIf(program === undefined)('a picture of hostile documents in a browser (skipped where there is no Chromium)', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-picture-'))
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  it.each(sets)('is well-formed, runs nothing and asks for nothing: $name', async ({ sets: hostile }) => {
    const [artifact] = await svg.emit(hostile, emitContext(await loadAttackIndex()), options)
    if (!artifact) throw new Error('There is no picture')
    const file = path.join(folder, 'picture.svg')
    await writeFile(file, await artifact.render())
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => complaints.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    expect(complaints).toEqual([pathToFileURL(file).href])
    expect(await page.evaluate(() => document.documentElement.nodeName)).toBe('svg')
    // What Chromium puts in where XML is not well-formed.
    expect(await page.locator('parsererror').count()).toBe(0)
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false)
    const elements = await page.evaluate(() => Array.from(document.querySelectorAll('*'), ({ nodeName }) => nodeName))
    expect(new Set(elements)).toEqual(new Set(['svg', 'title', 'desc', 'rect', 'text', 'g']))
    await page.close()
  })
})
