import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { sampleSet } from '../support/sample-sets.js'
import { findChromium } from './find-chromium.js'
import { findChoice, startReader, type Reader } from './reader.js'

const chromium = findChromium()

function fragment(page: Page): string {
  return new URL(page.url()).hash
}

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.querySelector('.id')?.textContent)
}

/** Saves something, and returns the name and the text of the file. */
async function save(page: Page, item: string): Promise<readonly [name: string, bytes: Buffer]> {
  await page.click('.menu summary')
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu').getByText(item, { exact: true }).click()])
  return [download.suggestedFilename(), await readFile(await download.path())]
}

describe.skipIf(chromium === undefined)('the report in use (skipped where there is no Chromium)', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await startReader(chromium ?? '')
  })
  afterAll(() => reader.close())

  const other: ResolvedSet = { ...sampleSet(), framework: { id: 'other', name: 'Other', version: '1' } }

  it('shows figures and all fourteen tactics at once at 1440 x 900', async () => {
    const { page } = await reader.open([sampleSet()], { viewport: { width: 1440, height: 900 } })
    const heads = await page.locator('.tactic').evaluateAll((tactics) => tactics.map((tactic) => tactic.getBoundingClientRect()).map(({ left, right }) => [left, right]))
    expect(heads.length).toBe(14)
    expect(heads.every(([left = -1, right = 2000]) => left >= 0 && right <= 1440)).toBe(true)
    expect(await page.locator('.cell').first().evaluate((cell) => cell.getBoundingClientRect().top)).toBeLessThan(300)
    // Heads stay while the matrix scrolls in its own area; the page does not.
    await page.locator('.board').evaluate((board) => board.scrollTo(0, 500))
    expect(await page.locator('.tactic h4').first().isVisible()).toBe(true)
    expect(await page.locator('.tactic .head').first().evaluate((head) => head.getBoundingClientRect().top)).toBeGreaterThan(150)
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900)
  })

  it('moves through the matrix by keys as through a grid', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    await page.locator('.cell').first().focus()
    const path: unknown[] = []
    for (const key of ['ArrowDown', 'End', 'Home', 'ArrowRight', 'Control+End', 'Control+Home', 'ArrowUp', ' ', 'ArrowDown']) {
      await page.keyboard.press(key)
      path.push(await focused(page))
    }
    expect(path).toEqual(['T1592', 'T1594', 'T1595', 'T1650', 'T1529', 'T1595', 'T1595', 'T1595', 'T1595.001'])
    expect(await page.locator('#readout').textContent()).toContain('T1595.001 Scanning IP Blocks: 0 capabilities')
    expect(await page.locator('.cell[tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('Enter')
    expect(await page.locator('dialog h2').textContent()).toBe('T1595.001 Scanning IP Blocks')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('T1595.001')
    expect(complaints).toEqual([])
  })

  it('shows the whole name of a cut one under the focus', async () => {
    const { page } = await reader.open([sampleSet()], { viewport: { width: 1440, height: 900 } })
    const label = page.locator('.cell', { hasText: 'T1190' }).locator('.label')
    const isCut = (): Promise<boolean> => label.evaluate((element) => element.scrollHeight > element.clientHeight + 1)
    expect(await isCut()).toBe(true)
    await page.locator('.cell', { hasText: 'T1190' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await isCut()).toBe(false)
  })

  it('lists techniques, capabilities and comments beneath the search, by keyboard alone', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    await page.focus('#search')
    await page.keyboard.type('hard')
    // A slow machine shows results of the first letters.
    await page.waitForFunction(() => location.hash.includes('q=hard') && document.querySelector<HTMLElement>('#results')?.hidden === false)
    const results = page.locator('#results')
    expect(await results.locator('.group').allTextContents()).toEqual(['Techniques: 4', 'Comments: 1'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const first = await page.evaluate(() => document.activeElement?.textContent)
    await page.keyboard.press('Enter')
    expect(await page.locator('dialog h2').textContent()).toBe(first)
    await page.keyboard.press('Escape')
    await page.focus('#search')
    await page.keyboard.press('Enter')
    expect(fragment(page)).toBe('#mappings?q=hard')
    expect(await page.locator('table.rows tbody tr').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it.each([
    ['a result is chosen', (list: HTMLElement) => list.querySelector('button')?.click(), 'hard'],
    ['the list is closed', (list: HTMLElement) => list.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })), 'hardw'],
  ] as const)('opens no list again when %s just after a letter was typed', async (_, act, words) => {
    const { page } = await reader.open([sampleSet()])
    await page.fill('#search', 'hard')
    await page.waitForFunction(() => location.hash.includes('q=hard') && document.querySelector<HTMLElement>('#results')?.hidden === false)
    await page.evaluate(`(() => {
      const box = document.querySelector('#search')
      box.value = 'hardw'
      box.dispatchEvent(new Event('input'))
      ;(${act.toString()})(document.querySelector('#results'))
    })()`)
    await page.waitForTimeout(300)
    expect(await page.locator('#results').isVisible()).toBe(false)
    expect(new URLSearchParams(fragment(page).split('?')[1]).get('q')).toBe(words)
    expect(await page.inputValue('#search')).toBe(words)
  })

  it('keeps the focus in the search while a result is pressed', async () => {
    const { page } = await reader.open([sampleSet()])
    await page.fill('#search', 'hard')
    await page.locator('#results button').first().hover()
    await page.mouse.down()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search')
    await page.mouse.up()
    expect(await page.locator('dialog').isVisible()).toBe(true)
  })

  it('keeps what is shown in its address, from where Back, reload and a link restore it', async () => {
    const { page, complaints } = await reader.open([sampleSet(), other])
    await findChoice(page, 'Tactic').selectOption('Initial Access')
    await page.locator('nav').getByText('Mappings').click()
    await page.locator('th', { hasText: 'Technique' }).locator('button').click()
    await page.click('#theme')
    expect(fragment(page)).toBe('#mappings?tactic=Initial+Access&sort=technique&theme=dark')
    await page.getByLabel('Details of row 3', { exact: true }).click()
    expect(fragment(page)).toContain('detail=row+3')
    await page.reload()
    expect(await page.locator('dialog h2').textContent()).toBe('Row 3')
    expect(await page.locator('.status').textContent()).toMatch(/^2 of 10 rows/)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    expect(await page.locator('th[aria-sort]').textContent()).toBe('Technique')
    await page.goBack()
    expect(await page.locator('dialog').isVisible()).toBe(false)
    await page.goBack()
    expect(await page.locator('th[aria-sort]').count()).toBe(0)
    await page.goBack()
    expect(await page.locator('#matrix').isVisible()).toBe(true)
    await page.goBack()
    expect(await page.locator('.status').textContent()).toMatch(/^10 of 10 rows/)
    expect(complaints).toEqual([])

    const linked = await reader.open([sampleSet(), other], {}, '#coverage?framework=Other+1+and+Enterprise+ATT%26CK+16.1&score=nonsense&x=y')
    expect(await linked.page.locator('.chips').textContent()).toContain('Framework: Other 1')
    expect(await linked.page.locator('table.by-set tbody tr').first().locator('td').last().textContent()).toBe('0')
    await linked.page.locator('.chip').click()
    expect(await linked.page.locator('table.by-set tbody tr').first().locator('td').last().textContent()).toBe('5')
    expect(linked.complaints).toEqual([])
  })

  it('takes a search back in one step, not letter by letter', async () => {
    const { page } = await reader.open([sampleSet()])
    await page.focus('#search')
    await page.keyboard.type('cloud', { delay: 120 })
    await page.waitForFunction(() => location.hash === '#matrix?q=cloud')
    await page.goBack()
    expect(await page.inputValue('#search')).toBe('')
    expect(await page.locator('.status').textContent()).toMatch(/^5 of 5 rows/)
  })

  it('compares two frameworks in one matrix, and lists the rows of a technique by framework', async () => {
    const fewer: ResolvedSet = { ...other, mappings: other.mappings.filter((_row, index) => index !== 2) }
    const { page, complaints } = await reader.open([sampleSet(), fewer])
    await page.selectOption('#measure', 'compare')
    expect(await page.locator('#compared').textContent()).toBe('Techniques: 1 only in A, 0 only in B, 1 in both: 0 better in A, 0 better in B')
    const cell = page.locator('.cell', { hasText: 'T1190' })
    expect(await cell.locator('b').textContent()).toBe('A')
    await page.selectOption('#set-a', '1')
    await page.selectOption('#set-b', '0')
    expect(await cell.locator('b').textContent()).toBe('B')
    expect(fragment(page)).toMatch(/^#matrix\?colour=compare&a=Other\+1\S+&b=AWS/)
    expect(await page.locator('#legend-compare').isVisible()).toBe(true)
    await page.selectOption('#measure', 'count')
    await page.click('#open-all')
    await page.locator('.cell', { hasText: 'T1553.002' }).click()
    expect(await page.locator('dialog h3').allTextContents()).toEqual([
      'Technique', 'AWS 12/12/2024 and Enterprise ATT&CK 16.1: 2 rows', 'Other 1 and Enterprise ATT&CK 16.1: 2 rows',
    ])
    expect(complaints).toEqual([])
  })

  it('saves what is shown as table, picture and layer', async () => {
    const { page, complaints } = await reader.open([sampleSet()], { acceptDownloads: true }, '#matrix?category=detect')
    const [csvName, csv] = await save(page, 'Rows as CSV')
    expect(csvName).toBe('aws-12-12-2024-and-enterprise-att-ck-16-1.csv')
    expect(csv.toString().split('\r\n').length).toBe(4)
    const [, svg] = await save(page, 'Matrix as SVG')
    expect(svg.toString()).toContain('Filtered: Score category: detect')
    expect(svg.toString()).toMatch(/T1190 Exploit Public-Facing Application: 1<\/title><rect [^>]*fill="#[0-9a-f]{6}"/)
    const [pngName, png] = await save(page, 'Matrix as PNG')
    expect(pngName.endsWith('.png')).toBe(true)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.length).toBeGreaterThan(50_000)
    const [layerName, layer] = await save(page, 'Navigator layer')
    expect(layerName.endsWith('.layer.json')).toBe(true)
    const { techniques, gradient } = JSON.parse(layer.toString())
    expect(techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID)).toEqual(['T1190', 'T1553', 'T1553.002'])
    expect(gradient.colors[0]).toBe('#c6dbef')
    expect(complaints.filter((text) => !text.includes('blob:'))).toEqual([])
  })

  it('shows rows as cards on a phone, with the filters folded', async () => {
    const { page } = await reader.open([sampleSet()], { viewport: { width: 390, height: 844 } }, '#mappings')
    const row = page.locator('table.rows tbody:not(.spacer) tr').first()
    expect(await row.evaluate((card) => getComputedStyle(card).display)).toBe('grid')
    const { width = 0, height = 0 } = await row.boundingBox() ?? {}
    expect([width <= 390, height < 200]).toEqual([true, true])
    expect(await findChoice(page, 'Tactic').isVisible()).toBe(false)
    await page.getByText('Filters', { exact: true }).click()
    expect(await findChoice(page, 'Tactic').isVisible()).toBe(true)
  })
})
