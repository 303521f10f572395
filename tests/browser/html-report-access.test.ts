import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withdrawnSet } from '../contract/emitter-sets.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { sampleSet } from '../support/sample-sets.js'
import { listViolations } from './axe.js'
import { findChromium } from './find-chromium.js'
import { findChoice, startReader, type Reader } from './reader.js'

const chromium = findChromium()

/** The sample set for mobiles, whose matrix is small: axe looks at every cell. */
function mobileSet(): ResolvedSet {
  const ids = new Map([['T1553.002', 'T1626.001'], ['T1190', 'T1664'], ['T1583.001', 'T1630.001']])
  const set = sampleSet()
  const mappings = set.mappings.map((row) =>
    (row.kind === 'unmapped-capability' ? row : { ...row, technique: { id: ids.get(row.technique.id) ?? '' } }))
  return { ...set, mappings, attack: { domain: 'mobile', version: '16.1' } }
}

describe.skipIf(chromium === undefined)('the report for everyone, as axe judges it (skipped where there is no Chromium)', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await startReader(chromium ?? '')
  })
  afterAll(() => reader.close())

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it('breaks no rule as it opens, with everything unfolded, and with a filter', async () => {
      const { page } = await reader.open([mobileSet(), { ...withdrawnSet(), attack: { domain: 'mobile', version: '15.1' } }], { colorScheme, bypassCSP: true })
      expect(await listViolations(page)).toEqual([])
      await page.click('#open-all')
      await page.selectOption('#measure', 'best')
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      expect(await listViolations(page)).toEqual([])
      await findChoice(page, 'Tactic').selectOption({ index: 5 })
      expect(await listViolations(page)).toEqual([])
      await page.selectOption('#measure', 'compare')
      await page.fill('#search', 'code')
      await page.waitForFunction(() => document.querySelector<HTMLElement>('#results')?.hidden === false)
      expect(await listViolations(page)).toEqual([])
    })

    it.each(['mappings', 'coverage', 'gaps', 'about', 'notes'])('breaks no rule in the view %s', async (view) => {
      const { page } = await reader.open([mobileSet(), { ...withdrawnSet(), attack: { domain: 'mobile', version: '15.1' } }], { colorScheme, bypassCSP: true }, `#${view}`)
      await page.click('.menu summary')
      expect(await listViolations(page)).toEqual([])
    })

    it('breaks no rule with a detail open', async () => {
      const { page } = await reader.open([mobileSet()], { colorScheme, bypassCSP: true })
      await page.locator('.cell', { hasText: 'T1664' }).click()
      expect(await listViolations(page)).toEqual([])
    })
  })

  it.each(['matrix', 'mappings'])('breaks no rule on a phone: %s', async (view) => {
    const phone = await reader.open([mobileSet()], { viewport: { width: 375, height: 812 }, bypassCSP: true }, `#${view}`)
    expect(await listViolations(phone.page)).toEqual([])
  })

  it('shows where the focus is, and begins with a way past the head', async () => {
    const { page } = await reader.open([sampleSet()])
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => {
      const { activeElement } = document
      return activeElement ? getComputedStyle(activeElement).outlineStyle : ''
    })).toBe('solid')
  })
})
