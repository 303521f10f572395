import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { markdownOptions } from '../../src/emitters/markdown/markdown.js'
import { emitSets } from '../unit/emitters/markdown/emit.js'
import { sampleSet } from '../support/sample-sets.js'

const page = readFileSync(new URL('../../docs/markdown.md', import.meta.url), 'utf8')

it('docs/markdown.md lists every option, as it is typed', () => {
  const listed = Array.from(page.matchAll(/^\| `--(?:no-)?([a-z-]+)` \|/gm), ([, name]) => name)
  expect(listed).toEqual(Object.keys(markdownOptions))
  const typed = Object.entries(markdownOptions).map(([name, spec]) => (spec.default ? `--no-${name}` : `--${name}`))
  for (const flag of typed) expect(page).toContain(`| \`${flag}\` |`)
})

it('docs/markdown.md tells of every section, in order', async () => {
  const written = await emitSets([sampleSet()])
  const told = Array.from(page.matchAll(/^\| ([A-Z][a-z ]+) \|/gm), ([, section]) => section)
  expect(told).toEqual(written.page.headings.filter(({ level }) => level === 2).map(({ text }) => text))
})
