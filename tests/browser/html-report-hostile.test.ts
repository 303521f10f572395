import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileSet, hostileTexts } from '../contract/emitter-sets.js'
import { findChromium } from './find-chromium.js'
import { startReader, type Reader } from './reader.js'

const chromium = findChromium()

const attacks: Readonly<Record<string, string>> = {
  ...hostileTexts,
  'a picture that fails': '<img src=x onerror="window.pwned=1">',
  'a script': '</script></title></style><script>window.pwned=1</script>',
  'a drawing': '<svg onload="window.pwned=1"><a href="javascript:window.pwned=1">x</a></svg>',
  'an address that runs': 'javascript:window.pwned=1//https://example.org',
  'an attribute': '" autofocus onfocus="window.pwned=1" x="',
  'a comment that hides a script': '<!--<script>window.pwned=1</script>',
  'line separators': 'a\u2028window.pwned=1\u2029b',
}

function isPwned(page: Page): Promise<boolean> {
  return page.evaluate(() => 'pwned' in globalThis)
}

describe.skipIf(chromium === undefined)('a report of hostile documents (skipped where there is no Chromium)', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await startReader(chromium ?? '')
  })
  afterAll(() => reader.close())

  it('runs nothing, whatever is opened', async () => {
    const { page, complaints } = await reader.open(Object.values(attacks).map(hostileSet), {}, '#mappings')
    // As for paper: with all rows in the document.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('table.rows tbody tr').count()).toBe(Object.keys(attacks).length * 4)
    const opened = await page.evaluate(() => {
      const dialog = document.querySelector('dialog')
      const seen = new Set<string>()
      for (const button of document.querySelectorAll<HTMLElement>('table.rows tbody button')) {
        const name = button.ariaLabel ?? button.textContent
        if (seen.has(name)) continue
        seen.add(name)
        button.click()
        for (const more of dialog?.querySelectorAll<HTMLElement>('.content button:not(.link)') ?? []) more.click()
        dialog?.close()
      }
      return seen.size
    })
    expect(opened).toBeGreaterThan(100)
    await page.fill('#search', '<img')
    await page.waitForFunction(() => !document.querySelector('.status')?.textContent?.startsWith('84'))
    expect(await isPwned(page)).toBe(false)
    expect(await page.locator('a:not([href^="#"]):not([href^="https://"])').count()).toBe(0)
    // The heights of spacers are the only styles that the script sets.
    expect(await page.locator('img, iframe, object, embed, link, [style]:not(.spacer td)').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('shows what is very long shortened, and all of it when asked', async () => {
    const long = hostileTexts['40,000 characters'] ?? ''
    const { page } = await reader.open([hostileSet(long)], {}, '#mappings')
    await page.getByLabel('Details of row 1', { exact: true }).click()
    const text = page.locator('dialog .text').first()
    expect((await text.textContent())?.length).toBeLessThan(2100)
    await text.locator('button').click()
    expect(await text.textContent()).toBe(long)
  })

  it('keeps text that is turned round to itself', async () => {
    const { page } = await reader.open([hostileSet('\u202eevil\u2066 text')])
    const loose = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      let count = 0
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode
        if (textContent?.includes('\u202e') === true && parentElement?.closest('bdi, script, option') === null) count += 1
      }
      return count
    })
    expect(loose).toBe(0)
  })

  it('has a policy that stops scripts, handlers and styles put in later', async () => {
    const { page, complaints } = await reader.open([hostileSet('x')])
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.pwned = 1'
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.pwned = 1')
      const box = document.createElement('p')
      box.setAttribute('style', 'color: red')
      const picture = document.createElement('img')
      picture.src = 'https://example.org/x.png'
      document.body.append(script, button, box, picture)
      button.click()
    })
    expect(await isPwned(page)).toBe(false)
    expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(4)
  })
})
