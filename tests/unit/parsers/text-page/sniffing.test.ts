import { describe, expect, it } from 'vitest'
import { understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { headers, readTextPage } from '../../../support/read-text-page.js'

function pageWith(reference: string): string {
  return `T1078 Valid Accounts\n\nAWS Mappings\n\n${headers.relationNotes}\n`
    + `amazon_guardduty Amazon GuardDuty technique_scores T1078 Valid Accounts\nComments\nWhy.\nReferences\n${reference}\n`
}

async function parserOf(text: string): Promise<string | undefined> {
  const { documents } = await understand({ inputs: [] }, createMemoryHost({ 'page.txt': text }))
  return documents[0]?.parser
}

describe('a text is taken for a page', () => {
  it.each([
    ['by the header of a table', `Some heading\n\n${headers.relation}\n`],
    ['by its title, where it has navigation and no table', 'ATT&CK Technique T1403 - Mappings Explorer\n\nABOUT\nOverview\n'],
    ['by its title as early pages print it', 'ATT&CK Technique T1403 – Mappings Explorer\n\nABOUT\n'],
    ['by a technique as heading', 'T1403 Modify Cached Executable Code\n\nSome words.\n'],
  ])('%s', async (_how, text) => {
    expect(await parserOf(text)).toBe('text-page')
  })

  it('but not for any of these words in prose', async () => {
    expect(await parserOf('We looked at T1403 in the Mappings Explorer - it says little.\n')).toBeUndefined()
  })
})

describe('a line below "References" that is no address', () => {
  it('is kept, and reported with its place', async () => {
    const { rows, diagnostics } = await readTextPage(pageWith('a row that broke'))
    expect(rows.map(({ references }) => references)).toEqual([['a row that broke']])
    expect(diagnostics).toMatchObject([{ code: 'parse/doubtful-reference', origin: { place: { line: 10 } }, found: 'a row that broke' }])
  })

  it('is not reported for a URL', async () => {
    expect((await readTextPage(pageWith('https://example.org/a'))).codes).toEqual([])
  })
})
