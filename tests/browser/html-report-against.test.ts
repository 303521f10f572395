import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diffPage } from '../../src/analyses/diff/diff-page.js'
import { describeDiff } from '../../src/analyses/diff/describe-diff.js'
import { diffReport } from '../../src/analyses/diff/diff-report.js'
import { diffSets, pairSets } from '../../src/analyses/diff/diff-sets.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import type { Artifact } from '../../src/emitters/emitter.js'
import { sampleAgainst } from '../support/sample-adversaries.js'
import { sampleSet } from '../support/sample-sets.js'
import { listViolations } from './axe.js'
import { findChromium } from './find-chromium.js'
import { findChoice, type Reader, startReader } from './reader.js'

const chromium = findChromium()
const against = { against: sampleAgainst() }

async function diffOfSamples(): Promise<Artifact> {
  const attack = await loadAttackIndex()
  const set = sampleSet()
  const pairing = pairSets([{ ...set, mappings: set.mappings.slice(0, 2) }], [set])
  const diffs = pairing.pairs.map(([old, fresh]) => describeDiff(diffSets(old, fresh), attack))
  const [page] = await diffPage({ analysis: diffReport(diffs, pairing), pairing }, { attack, report: () => undefined, diagnostics: [] })
  if (!page) throw new Error('There is no page')
  return page
}

describe.skipIf(chromium === undefined)('adversaries and comparisons in the report (skipped where there is no Chromium)', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await startReader(chromium ?? '')
  })
  afterAll(() => reader.close())

  it('shows only the techniques of an adversary, what is not mapped prominently, in figures and heads too', async () => {
    const { page, complaints } = await reader.open([sampleSet()], {}, '', against)
    const choice = findChoice(page, 'Adversary')
    expect(await choice.locator('option').allTextContents()).toEqual([
      'Adversary: any', 'Fancy <b>Sloth</b> (G9001) (4)', 'Fancy <b>Sloth</b> (G9001) and its software (4)', 'Hammock (S9001) (0)',
    ])
    await choice.selectOption({ index: 1 })
    expect(await page.locator('.figures dd').allTextContents()).toEqual(['2 of 4', '2 of 3', '2'])
    const visible = page.locator('.cell:visible')
    expect((await visible.locator('.id').allTextContents()).toSorted()).toEqual(['T1059', 'T1059.001', 'T1190', 'T1553', 'T1553.002', 'T1583', 'T1583.001'])
    expect(await page.locator('.cell.open').locator('.id').allTextContents()).toEqual(['T1059.001'])
    expect(await page.locator('#legend-count .for-adversary').isVisible()).toBe(true)
    expect(await page.locator('.tactic', { hasText: 'Execution' }).first().locator('.head p').textContent()).toBe('0 of 1')
    await page.selectOption('#shown', 'gaps')
    expect((await visible.locator('.id').allTextContents()).toSorted()).toEqual(['T1059', 'T1059.001', 'T1583', 'T1583.001'])
    await page.locator('nav').getByText('Coverage').click()
    expect(await page.locator('table.by-tactic tfoot td').allTextContents()).toEqual(['1 of 1', '1 of 3', '50%', ''])
    const address = new URL(page.url()).hash
    expect(address).toContain('against=Fancy+%3Cb%3ESloth%3C%2Fb%3E+%28G9001%29')
    await page.reload()
    expect(await page.locator('.chips').textContent()).toContain('Adversary: Fancy <b>Sloth</b> (G9001)')
    expect(complaints).toEqual([])
  })

  it('finds an adversary by an alias, and opens it from its table and in a detail', async () => {
    const { page, complaints } = await reader.open([sampleSet()], {}, '', against)
    await page.focus('#search')
    await page.keyboard.type('slow bear')
    // The results of the first letters are the same.
    await page.waitForFunction(() => location.hash.includes('q=slow+bear'))
    await page.locator('#results .group', { hasText: 'Adversaries: 1' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toMatch(/^#matrix\?against=Fancy/)
    expect(await page.inputValue('#search')).toBe('')
    await page.locator('.cell.open').first().click()
    expect(await page.locator('dialog').innerText()).toContain('Used by Fancy <b>Sloth</b> (G9001): itself; software Hammock (S9001)')
    expect(await page.locator('dialog').innerText()).toContain('Platforms: Windows')
    await page.keyboard.press('Escape')
    await page.locator('.chip').click()
    await page.locator('nav').getByText('Adversaries').click()
    await page.getByRole('link', { name: 'Show in the matrix' }).first().click()
    expect(await page.locator('.cell:visible').count()).toBe(7)
    expect(complaints).toEqual([])
  })

  it('keeps the techniques on a platform', async () => {
    const { page } = await reader.open([sampleSet()], {}, '#matrix?platform=PRE')
    const heads = await page.locator('.tactic').evaluateAll((tactics) => tactics.map((tactic) => `${tactic.querySelector('h4')?.textContent} ${tactic.querySelector('.head p')?.textContent}`))
    expect(heads.slice(0, 3)).toEqual(['Reconnaissance 0 of 44', 'Resource Development 0 of 47', 'Initial Access \u2013'])
    expect(await findChoice(page, 'Platform').locator('option').allTextContents()).toEqual(expect.arrayContaining(['PRE (1)', 'Windows (3)']))
  })

  it('opens a comparison with old and new side by side', async () => {
    const { page, complaints } = await reader.openPage(await diffOfSamples())
    expect(await page.locator('#compared').textContent()).toBe('Techniques: 0 only in A, 1 only in B, 1 in both: 0 better in A, 0 better in B')
    expect(await page.locator('.cell', { hasText: 'T1190' }).locator('b').textContent()).toBe('B')
    await page.selectOption('#measure', 'count')
    expect(new URL(page.url()).hash).toBe('#matrix?colour=count')
    await page.locator('nav').getByText('Changes').click()
    expect(await page.locator('#changes').innerText()).toContain('Rows added: 3')
    expect(complaints).toEqual([])
  })

  describe.each(['light', 'dark'] as const)('breaks no rule of axe, %s', (colorScheme) => {
    it.each(['#matrix?against=Hammock+%28S9001%29', '#matrix?against=~0', '#adversaries'])('%s', async (fragment) => {
      const { page } = await reader.open([sampleSet()], { colorScheme, bypassCSP: true }, fragment, against)
      expect(await listViolations(page)).toEqual([])
    })

    it.each(['', '#changes'])('a comparison%s', async (fragment) => {
      const { page } = await reader.openPage(await diffOfSamples(), { colorScheme, bypassCSP: true }, fragment)
      expect(await listViolations(page)).toEqual([])
    })
  })
})
