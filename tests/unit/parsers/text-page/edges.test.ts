import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import { textPage } from '../../../../src/parsers/text-page/text-page.js'
import { readSample } from '../../../contract/find-parser-flaws.js'
import { headers, readTextPage } from '../../../support/read-text-page.js'
import { testFile } from '../../../support/read-tree.js'

const row = 'AC-2 Account Management mitigates T1078 Valid Accounts'

/** A page of a technique, with a table that has notes. */
function withNotes(...lines: readonly string[]): string {
  return `T1078 Valid Accounts\n\nNIST 800-53 Mappings\n\n${headers.relationNotes}\n${lines.join('\n')}\n`
}

describe('a line of a comment', () => {
  it.each([
    'Policies that mitigates T1078 Valid Accounts', 'Something that Protects', 'Protects',
    'Category Value', 'Capability ID Capability Description is what it says', 'ATT&CK Version12.1',
  ])('is kept although it reads like something else: %s', async (line) => {
    const { sets, rows } = await readTextPage(withNotes(row, 'Comments', 'Before.', line, 'After.', 'AC-3 Access Enforcement mitigates T1078 Valid Accounts'))
    expect(rows.map(({ comments }) => comments)).toEqual([`Before.\n${line}\nAfter.`, undefined])
    expect(sets.map(({ attack }) => attack)).toEqual([{}])
  })

  it('may be followed by a row whose note has references', async () => {
    const { rows, codes } = await readTextPage(withNotes(
      row, 'Comments', 'One.', 'AC-3 Access Enforcement mitigates T1078 Valid Accounts', 'Comments', 'Two.', 'References', 'https://example.org/two',
    ))
    expect(rows.map(({ comments, references }) => [comments, references])).toEqual([['One.', undefined], ['Two.', ['https://example.org/two']]])
    expect(codes).toEqual([])
  })

  it('may follow blank lines', async () => {
    const { rows } = await readTextPage(withNotes(row, '', '', 'Comments', 'One.', 'References', 'https://example.org/one'))
    expect(rows.map(({ comments, references }) => [comments, references])).toEqual([['One.', ['https://example.org/one']]])
  })

  it('at the end of a page is whole, unless its page has references elsewhere', async () => {
    const page = `NIST 800-53 AC-2\n\nNIST 800-53 Mappings\n\n${headers.relationNotes}\n${row}\nComments\nThe last line.`
    expect((await readTextPage(page)).codes).toEqual([])
    expect((await readTextPage(withNotes(row, 'Comments', 'The last line.').trimEnd())).codes).toEqual(['parse/truncated'])
  })
})

it('a reference that begins with a word like an id is no row', async () => {
  const { rows, diagnostics } = await readTextPage(`Example Mappings\n\n${headers.relationNotes}
EX-1 Lock mitigates T1078 Valid Accounts
Comments
One.
References
https://example.org/one
Report-7 of somebody
EX-2 Lock mitigates T1078 Valid Accounts`)
  expect(rows.map(({ references }) => references)).toEqual([['https://example.org/one', 'Report-7 of somebody'], undefined])
  expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/doubtful-reference', found: 'Report-7 of somebody', expected: 'a URL' }))
})

describe('rows after a blank line', () => {
  it('are rows of the same table, and nothing else', async () => {
    const { rows, codes } = await readTextPage(withNotes(row, '', 'AC-3 Access Enforcement mitigates T1078 Valid Accounts'))
    expect([rows.length, codes]).toEqual([2, []])
  })
})

describe('what a message says', () => {
  it('of a line that is no row', async () => {
    const { diagnostics } = await readTextPage(withNotes('something else', row))
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'parse/unreadable-row', expected: 'a row that matches the columns of its table' })])
  })

  it('of an id of a known framework whose end is not known', async () => {
    const { diagnostics } = await readTextPage(`${headers.relation}\naction.malware.variety.New thing Does a thing related-to T1106 Native API\n`)
    expect(diagnostics).toEqual([expect.objectContaining({
      code: 'parse/ambiguous-capability', hint: 'Pass a mapping file of VERIS that contains the id with --catalog.',
    })])
  })

  it('of a mapping type that nobody knows: nothing but that', async () => {
    const { rows, diagnostics } = await readTextPage(withNotes('AC-2 Account Management hampers T1078 Valid Accounts'))
    expect(rows).toMatchObject([{ capability: { id: 'AC-2', description: 'Account Management' }, relation: 'hampers' }])
    expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([['parse/unknown-relation', 'read as mapping type "hampers"']])
  })

  it('of a row without a mapping type: nothing', async () => {
    const { rows, codes } = await readTextPage(withNotes('AC-2 Account Management T1078 Valid Accounts'))
    expect(rows).toMatchObject([{ capability: { id: 'AC-2', description: 'Account Management' }, technique: { id: 'T1078' } }])
    expect(rows[0]).not.toHaveProperty('relation')
    expect(codes).toEqual([])
  })

  it('of a score that nobody knows', async () => {
    const { codes } = await readTextPage(`AWS\n\nAWS Mappings\n\n${headers.score}\naws_rds AWS RDS protect much T1078 Valid Accounts\n`)
    expect(codes).toEqual(['parse/ambiguous-capability'])
  })

  it('of an id that is all there is before the mapping type: nothing', async () => {
    const { rows, codes } = await readTextPage(`T1078 Valid Accounts\n\nExample Mappings\n\n${headers.relation}\nWidget mitigates T1078 Valid Accounts\n`)
    expect(rows).toMatchObject([{ capability: { id: 'Widget' } }])
    expect(codes).toEqual([])
  })
})

describe('the cells of a row', () => {
  it.each([['partial', { value: 'partial' }], ['protect', { category: 'protect' }], ['protect partial', { category: 'protect', value: 'partial' }]])(
    'have no score but the one that is written: %s', async (cells, score) => {
      const { rows } = await readTextPage(`AWS\n\nAWS Mappings\n\n${headers.score}\naws_rds AWS RDS ${cells} T1078 Valid Accounts\n`)
      expect(rows.map((one) => one.score)).toEqual([score])
    },
  )

  it('of a table without mapping types may end in a word that is one', async () => {
    const { rows } = await readTextPage(`AWS\n\nAWS Mappings\n\n${headers.score}\naws_rds What Protects protect partial T1078 Valid Accounts\n`)
    expect(rows).toMatchObject([{ capability: { id: 'aws_rds', description: 'What Protects' } }])
    expect(rows[0]).not.toHaveProperty('relation')
  })

  it('are split where the description repeats the id, with or without a full stop', async () => {
    const { rows } = await readTextPage(`${headers.relation}\naction.malware.variety.Same words Same words. related-to T1106 Native API\n`)
    expect(rows).toMatchObject([{ capability: { id: 'action.malware.variety.Same words', description: 'Same words.' } }])
  })
})

/** Whether a page is reported as cut off. */
async function isCutOff(page: string): Promise<boolean> {
  return (await readTextPage(page)).codes.includes('parse/truncated')
}

describe('a page whose last line is', () => {
  it('the titles of its second table is cut off', async () => {
    expect(await isCutOff(`${withNotes(row)}\nVERIS Mappings\n\n${headers.relation}`)).toBe(true)
    expect(await isCutOff(`${withNotes(row)}\nATT&CK Techniques\n\nTechnique ID Technique Name Number of Mappings Number of Subtechniques`)).toBe(false)
  })

  it('a row of a technique without a name is not, unless it is the beginning of the page\'s own', async () => {
    expect(await isCutOff(withNotes(row, 'AC-3 Access Enforcement mitigates T1190').trimEnd())).toBe(false)
    expect(await isCutOff(`T1078\n\nNIST 800-53 Mappings\n\n${headers.relation}\nAC-3 Access Enforcement mitigates T1078`)).toBe(false)
    expect(await isCutOff(`T1078.001 Default Accounts\n\nNIST 800-53 Mappings\n\n${headers.relation}\nAC-3 Access Enforcement mitigates T1078`)).toBe(true)
  })

  it('its heading has nothing', async () => {
    const { sets, codes } = await readTextPage('T1078 Valid Accounts')
    expect(sets).toEqual([])
    expect(codes).not.toContain('parse/truncated')
  })
})

it('words of column titles in another order are prose', async () => {
  const { codes } = await readTextPage(`T1078 Valid Accounts\n\nType Mapping ID Capability\n\nNIST 800-53 Mappings\n\n${headers.relation}\n${row}\n`)
  expect(codes).toEqual([])
})

describe('the framework of a page', () => {
  const rows = `${headers.relation}\nQ1 Lock the door mitigates T1040 Network Sniffing\n`

  it('is not named by a page without a heading', async () => {
    const { sets } = await readTextPage(`All Mappings\n\n${rows}`)
    expect(sets.map(({ framework }) => framework.id)).toEqual(['unknown'])
  })

  it('is named by the heading if the rows of mappings begin with the id in it, whatever its lists begin with', async () => {
    const list = 'Capabilities\n\nCapability ID Capability Name Number of Mappings\nZZ 9 Other 1\n'
    const { sets } = await readTextPage(`Example Controls EX 1\n\n${list}\nMappings\n\n${headers.relation}\nEX 1 Lock mitigates T1078 Valid Accounts\n`)
    expect(sets.map(({ framework, mappings }) => [framework.name, mappings.length])).toEqual([['Example Controls', 1]])
  })

  it('is named by the release line, if no list has it', async () => {
    const page = `A page – Mappings Explorer\n\nYou're currently viewing ATT&CK Version 16.1 Enterprise and Example Controls 2.0. Change versions here.\n\nHome\nMapping Frameworks\n
Example Controls EX-7 Mappings\n\nMappings\n\n${rows}`
    const { sets } = await readTextPage(page)
    expect(sets.map(({ framework, attack }) => [framework, attack])).toEqual([
      [{ id: 'example_controls', name: 'Example Controls', version: '2.0' }, { domain: 'enterprise', version: '16.1' }],
    ])
  })
})

async function sniff(text: string): Promise<unknown> {
  const document = await decodeDocument(testFile('page.txt', text), () => undefined, 'text')
  return document && textPage.sniff(document)
}

describe('sniffing a page', () => {
  it('names the line that speaks for it', async () => {
    expect(await sniff(`\n\n${headers.relation}`)).toMatchObject({ confidence: 0.95, reason: 'line 3 is a Mappings Explorer table header (mappings)' })
    expect(await sniff('\nCapability ID Capability')).toEqual({ confidence: 0.6, reason: 'line 2 is a truncated Mappings Explorer table header' })
    expect(await sniff('\n\nT1078 Valid Accounts')).toEqual({ confidence: 0.4, reason: 'line 3 is the heading of a technique or tactic page' })
    expect(await sniff('\nA page – Mappings Explorer')).toEqual({ confidence: 0.5, reason: 'line 2 is the title of a Mappings Explorer page' })
  })

  it('looks for a heading and a title in the first line that is not blank, and for a table in the first 5,000', async () => {
    const nothing = { confidence: 0, reason: 'no line is a Mappings Explorer table header' }
    expect(await sniff('Some words\nT1078 Valid Accounts')).toEqual(nothing)
    expect(await sniff('Some words\nA page – Mappings Explorer')).toEqual(nothing)
    expect(await sniff(`${'x\n'.repeat(4999)}${headers.relation}`)).toMatchObject({ confidence: 0.95 })
    expect(await sniff(`${'x\n'.repeat(5000)}${headers.relation}`)).toEqual(nothing)
  })
})

it('a row that is one by its form ends where the next line begins', async () => {
  const document = await decodeDocument(testFile('page.txt', `T1078 Valid Accounts\n\nMappings\n\n${headers.relation}\n${row}\n`), () => undefined, 'text')
  const { seen } = document ? await readSample(textPage, document) : { seen: [] }
  expect(seen).toEqual([{ place: { kind: 'text', line: 6, column: 1 }, end: { line: 7, column: 1 } }])
})
