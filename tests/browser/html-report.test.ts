import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { largeSet } from '../contract/emitter-sets.js'
import { sampleSet } from '../support/sample-sets.js'
import { findChromium } from './find-chromium.js'
import { findChoice, startReader, type Reader } from './reader.js'

const chromium = findChromium()

function status(page: Page): Promise<string | null> {
  return page.locator('.status').textContent()
}

/** Opens a view by its link. */
function openView(page: Page, name: string): Promise<void> {
  return page.locator('nav').getByText(name, { exact: true }).click()
}

function firstCells(page: Page): Promise<readonly string[]> {
  return page.locator('table.rows tbody tr td:nth-child(1)').allTextContents()
}

describe.skipIf(chromium === undefined)('the report in a browser (skipped where there is no Chromium)', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await startReader(chromium ?? '')
  })
  afterAll(() => reader.close())

  /** The sample set under another framework's name. */
  const other: ResolvedSet = { ...sampleSet(), framework: { id: 'other', name: 'Other', version: '1' } }

  it('shows the counts and the matrix, complains of nothing and asks for nothing', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    expect(await page.locator('h1').textContent()).toBe('AWS 12/12/2024 and Enterprise ATT&CK 16.1')
    expect(await page.locator('.figures dd').allTextContents()).toEqual(['2 of 656', '2 of 3', '654'])
    expect(await page.locator('.counts dd').allTextContents()).toEqual(['5', '3', '1', '1', '3', '2', '3', '2'])
    const cell = page.locator('.tactic', { hasText: 'Initial Access' }).locator('.cell', { hasText: 'T1190' })
    expect(await cell.locator('b').textContent()).toBe('1')
    expect(await status(page)).toBe('5 of 5 rows; 2 techniques of the matrix mapped')
    expect(complaints).toEqual([])
  })

  it('searches ids, names and comments', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    for (const [words, found] of [['GUARDDUTY', 1], ['t1553.002', 2], ['hardware', 1], ['cloudhsm hardware', 1], ['nowhere', 0]] as const) {
      await page.fill('#search', words)
      await page.waitForFunction((text) => document.querySelector('.status')?.textContent?.startsWith(text), `${found} of 5 rows`)
      expect(await page.locator('table.rows tbody tr').count()).toBe(found)
    }
    expect(await page.locator('.place').textContent()).toBe('No row matches.')
    await page.keyboard.press('Escape')
    await page.locator('.chip').click()
    await page.waitForFunction(() => document.querySelector('.status')?.textContent?.startsWith('5 of 5'))
    expect(complaints).toEqual([])
  })

  it('filters by framework, group, score, kind and tactic, and the matrix and the coverage follow', async () => {
    const { page, complaints } = await reader.open([sampleSet(), other])
    const cell = page.locator('.cell', { hasText: 'T1190' }).first().locator('b')
    expect(await cell.textContent()).toBe('2')
    await findChoice(page, 'Framework').selectOption({ index: 2 })
    expect(await status(page)).toMatch(/^5 of 10 rows/)
    expect(await cell.textContent()).toBe('1')
    expect(await page.locator('.chips').textContent()).toContain('Framework: Other 1 and Enterprise ATT&CK 16.1')
    expect(await page.locator('.figures dd').first().textContent()).toBe('2 of 656')
    const category = findChoice(page, 'Score category')
    expect(await category.locator('option').allTextContents()).toEqual(['Category: any', 'detect (2)', 'protect (1)'])
    await category.selectOption('detect')
    expect(await status(page)).toMatch(/^2 of 10 rows/)
    await findChoice(page, 'Score').selectOption('minimal')
    expect(await status(page)).toMatch(/^1 of 10 rows/)
    expect(await cell.textContent()).toBe('0')
    await page.click('text=Clear all')
    await findChoice(page, 'Group').selectOption('AWS CloudHSM')
    await findChoice(page, 'Tactic').selectOption('Defense Evasion')
    expect(await status(page)).toMatch(/^4 of 10 rows/)
    expect(await page.locator('.tactic:visible').count()).toBe(1)
    await openView(page, 'Coverage')
    const covered = page.locator('table.by-tactic tr', { hasText: 'Initial Access' }).locator('td').first()
    expect(await covered.textContent()).toMatch(/^0 of \d+$/)
    await page.click('text=Clear all')
    await findChoice(page, 'Rows').selectOption('unmapped')
    expect(await status(page)).toMatch(/^4 of 10 rows/)
    expect(complaints).toEqual([])
  })

  it('sorts by a column, both ways, and says so', async () => {
    const { page } = await reader.open([sampleSet()], {}, '#mappings')
    const head = page.locator('table.rows th', { hasText: 'Capability' })
    await head.locator('button').click()
    expect((await firstCells(page))[0]).toContain('amazon_guardduty')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await head.locator('button').click()
    expect((await firstCells(page))[0]).toContain('aws_cloudhsm')
    expect((await firstCells(page)).at(-1)).toBe('–')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
  })

  it('shows other numbers, gaps alone, and sub-techniques', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    const cell = page.locator('.cell', { hasText: 'T1190' })
    await page.selectOption('#measure', 'best')
    expect(await cell.locator('b').textContent()).toBe('3')
    expect(await page.locator('#legend-count').isVisible()).toBe(false)
    await page.selectOption('#shown', 'mapped')
    expect(await page.locator('.tactic', { hasText: 'Initial Access' }).locator('.cell:visible').count()).toBe(1)
    await page.selectOption('#shown', 'all')
    const sub = page.locator('.cell', { hasText: 'T1553.002' })
    expect(await sub.isVisible()).toBe(false)
    await page.getByLabel('1/6 sub-techniques of T1553 mapped').click()
    expect(await sub.isVisible()).toBe(true)
    await page.click('#open-all')
    expect(await page.locator('.cell', { hasText: 'T1583.001' }).isVisible()).toBe(true)
    expect(await page.locator('.cell', { hasText: 'T1583.001' }).locator('b').textContent()).toBe('×')
    expect(complaints).toEqual([])
  })

  it('opens details by mouse and by keyboard, goes on to others, back, and closes with Escape', async () => {
    const { page, complaints } = await reader.open([sampleSet()])
    const dialog = page.locator('dialog')
    await page.locator('.cell', { hasText: 'T1190' }).click()
    expect(await dialog.locator('h2').textContent()).toBe('T1190 Exploit Public-Facing Application')
    expect(await dialog.locator('.card').textContent()).toContain('=HYPERLINK("https://example.org") is text')
    await page.keyboard.press('Escape')
    expect(await dialog.isVisible()).toBe(false)

    await openView(page, 'Mappings')
    const capability = page.locator('table.rows button.link', { hasText: 'aws_cloudhsm' }).first()
    await capability.focus()
    await page.keyboard.press('Enter')
    expect(await dialog.locator('h2').textContent()).toBe('aws_cloudhsm AWS CloudHSM')
    const link = dialog.locator('a', { hasText: 'https://example.org/keys' })
    expect([await link.getAttribute('rel'), await link.getAttribute('href')]).toEqual(['noopener noreferrer', 'https://example.org/keys'])
    expect(await dialog.locator('.card').first().textContent()).toContain('sample.txt, line 5')
    await dialog.locator('.card .link').first().click()
    expect(await dialog.locator('h2').textContent()).toBe('T1553.002 Code Signing')
    await dialog.getByText('Back', { exact: true }).click()
    expect(await dialog.locator('h2').textContent()).toBe('aws_cloudhsm AWS CloudHSM')
    await page.keyboard.press('Escape')
    expect(await capability.evaluate((element) => element === document.activeElement)).toBe(true)

    await page.getByLabel('Details of row 1', { exact: true }).click()
    expect(await dialog.textContent()).toContain('Score of the parent technique: T1553')
    await dialog.getByText('Close').click()
    expect(await dialog.isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })

  it('is dark where the system is, and can be turned', async () => {
    const { page } = await reader.open([sampleSet()], { colorScheme: 'dark' })
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await paper()
    await page.click('#theme')
    expect(await paper()).toBe('rgb(255, 255, 255)')
    expect(await page.locator('#theme').textContent()).toBe('Dark')
    await page.click('#theme')
    expect(await paper()).toBe(dark)
    expect(dark).not.toBe('rgb(255, 255, 255)')
  })

  it('prints all that was found, in A4, with gaps unfolded and page numbers', async () => {
    const { page, complaints } = await reader.open([largeSet(250)], {}, '#mappings')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('#gaps details').first().getAttribute('open')).toBe(null)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('table.rows tbody tr').count()).toBe(250)
    expect(await page.locator('#gaps details:not([open])').count()).toBe(0)
    expect(await page.locator('#gaps .names li').first().isVisible()).toBe(true)
    expect(await page.locator('#matrix').isVisible()).toBe(true)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('#gaps details[open]').count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => dispatchEvent(new Event('resize')))
    expect(await page.locator('table.rows tbody:not(.spacer) tr').count()).toBeLessThan(60)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    // 297 by 210 mm in points; fonts are there where there is text.
    expect(pdf).toMatch(/\/MediaBox \[0 0 84[12][.\d]* 59[456]/)
    expect(pdf).toContain('/Font')
    expect(complaints).toEqual([])
  })

  it('says on paper what was searched and chosen, since the form is not printed', async () => {
    const { page, complaints } = await reader.open([sampleSet(), other])
    const printed = page.locator('.printed')
    await page.emulateMedia({ media: 'print' })
    expect(await printed.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await page.fill('#search', 'hardware')
    await findChoice(page, 'Framework').selectOption({ index: 2 })
    await page.waitForFunction(() => document.querySelector('.status')?.textContent?.startsWith('1 of 10'))
    expect(await printed.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await printed.isVisible()).toBe(true)
    expect(await printed.textContent())
      .toBe('Filtered: 1 of 10 rows. Search: hardware; Framework: Other 1 and Enterprise ATT&CK 16.1')
    expect(complaints).toEqual([])
  })

  it('stays small with 5,000 rows, of which only the visible ones are in the document', async () => {
    const { page, complaints } = await reader.open([largeSet(5000)], {}, '#mappings')
    const nodes = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)
    const before = await nodes()
    expect(before).toBeLessThan(12_000)
    const scroller = page.locator('#mappings .scroll')
    const rows = page.locator('table.rows tbody:not(.spacer) tr')
    expect(await page.locator('table.rows').getAttribute('aria-rowcount')).toBe('5001')
    expect(await rows.first().getAttribute('aria-rowindex')).toBe('2')
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await page.waitForFunction(() => document.querySelector('table.rows tbody:not(.spacer) tr:last-child')?.getAttribute('aria-rowindex') === '5001')
    expect(await rows.last().isVisible()).toBe(true)
    expect(await nodes()).toBeLessThan(before + 2000)
    // The head stays, and so does the first column.
    expect(await page.locator('table.rows th').first().evaluate((head) => head.getBoundingClientRect().top)).toBeLessThan(320)
    await page.fill('#search', 'comment 4999')
    await page.waitForFunction(() => document.querySelector('.status')?.textContent?.startsWith('1 of 5,000'))
    expect(await rows.count()).toBe(1)
    await page.keyboard.press('Escape')
    await openView(page, 'Matrix')
    await page.locator('.cell', { hasText: 'T1190' }).first().click()
    expect(await page.locator('dialog .card').count()).toBe(50)
    expect(await nodes()).toBeLessThan(before + 2000)
    expect(complaints).toEqual([])
  })

  it('can be read without its script', async () => {
    const { page, complaints } = await reader.open([sampleSet()], { javaScriptEnabled: false })
    expect(await page.locator('h1').isVisible()).toBe(true)
    expect(await page.locator('.cell', { hasText: 'T1553.002' }).isVisible()).toBe(true)
    expect(await page.locator('table.by-tactic').isVisible()).toBe(true)
    expect(await page.locator('#gaps').isVisible()).toBe(true)
    expect(await page.locator('#about .counts dd').first().isVisible()).toBe(true)
    expect(await page.locator('.needs-script:visible').count()).toBe(0)
    expect(await page.locator('noscript').textContent()).toContain('Without its script')
    expect(complaints).toEqual([])
  })

  it.each(['matrix', 'mappings', 'coverage', 'gaps', 'about', 'notes'])('fits a phone: %s', async (view) => {
    const { page } = await reader.open([sampleSet(), other], { viewport: { width: 320, height: 640 } }, `#${view}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})
