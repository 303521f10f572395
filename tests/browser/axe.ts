import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/** What breaks a rule of axe, and where. The policy of a page would not let axe in: it is opened with `bypassCSP`. */
export async function listViolations(page: Page, options: { readonly iframes?: boolean } = {}): Promise<readonly string[]> {
  await page.addScriptTag({ content: await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') })
  const results: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify({ ...options, runOnly: tags })})`)
  expect(results.passes.length).toBeGreaterThan(20)
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = '' }) => `${id} ${String(target)} ${failureSummary}`))
}
