import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.js'
import { parseNotesEntries } from '../../src/diagnostics/catalogue/tables.js'
import { notes } from '../../src/parsers/notes/notes.js'

const page = readFileSync(new URL('../../docs/notes.md', import.meta.url), 'utf8')

it('docs/notes.md names every ending and every message of its own, and no message that there is not', () => {
  for (const extension of notes.extensions) expect(page).toContain(`\`.${extension}\``)
  const named = Array.from(page.matchAll(/`((?:parse|normalise|read)\/[a-z-]+)`/g), ([, code = '']) => code)
  expect(named).toEqual(expect.arrayContaining(Object.keys(parseNotesEntries)))
  expect(named.filter((code) => !(code in catalogue))).toEqual([])
})
