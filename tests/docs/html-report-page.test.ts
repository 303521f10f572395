import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { html } from '../../src/emitters/html/html.js'
import { reportPage } from '../unit/emitters/html/report-data.js'
import { emitContext } from '../support/emit-context.js'
import { sampleAgainst } from '../support/sample-adversaries.js'
import { sampleSet } from '../support/sample-sets.js'

const page = readFileSync(new URL('../../docs/html-report.md', import.meta.url), 'utf8')

it('docs/html-report.md tells of every option and of every part, in order', async () => {
  for (const name of Object.keys(html.options)) expect(page).toContain(`\`--${name}\``)
  const told = Array.from(page.matchAll(/^\| ([a-z]+) \|/gm), ([, part]) => part).filter((part) => part !== 'part')
  const sections = Array.from((await reportPage([sampleSet()], { ...emitContext(), against: sampleAgainst() })).matchAll(/<(?:section|div) id="([a-z]+)"/g), ([, id]) => id)
  expect(told).toEqual(['top', ...sections.map((id) => (id === 'filters' ? 'search' : id))])
})
