import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import { textPage } from '../../../../src/parsers/text-page/text-page.js'
import { readSample } from '../../../contract/find-parser-flaws.js'
import { headers, readTextPage } from '../../../support/read-text-page.js'
import { testFile } from '../../../support/read-tree.js'

const row = 'AC-2 Account Management mitigates T1078 Valid Accounts'
const table = `NIST 800-53 Mappings\n\n${headers.relation}\n`

/** The lines that count as rows, whatever is made of them. */
async function seenLines(page: string): Promise<readonly string[]> {
  const document = await decodeDocument(testFile('page.txt', page), () => undefined, 'text')
  const { seen } = document ? await readSample(textPage, document) : { seen: [] }
  const lines = page.split('\n')
  return seen.map(({ place }) => (place.kind === 'text' ? lines[place.line - 1] ?? '' : ''))
}

describe('a line of a mapping table', () => {
  it.each([
    row, 'AC-2 mitigates T1078 Valid Accounts', 'AC-2(1) Account protects T1078', '7.3 Patching mitigates T1190 Exploit', 'aws_rds AWS RDS protect partial T1040 Network Sniffing',
  ])('is a row by its form: %s', async (line) => {
    expect(await seenLines(`T1078 Valid Accounts\n\n${table}${line}\n`)).toEqual([line])
  })

  it.each([
    'Policies that mitigates T1078 Valid Accounts', '1. One mitigates T1078 Valid Accounts', '(a-1) One mitigates T1078', 'AC-2 T1078 Valid Accounts',
    'AC-2 Account Management hampers T1078 Valid Accounts', 'AC-2 Account Management mitigates nothing', 'mitigates T1078 Valid Accounts',
  ])('need not be one: %s', async (line) => {
    expect(await seenLines(`T1078 Valid Accounts\n\n${table}${row}\nComments\n${line}\n`)).toEqual([row])
  })

  it('is no row in a list of another kind', async () => {
    const lists = `AC-2 Account Management\n\nATT&CK Techniques\n\nTechnique ID Technique Name Number of Mappings Number of Subtechniques\n${row}\n`
    expect(await seenLines(lists)).toEqual([])
  })
})

/** The ends of a page that are reported as cut off. */
async function cutOff(page: string): Promise<readonly unknown[]> {
  return (await readTextPage(page)).diagnostics.filter(({ code }) => code === 'parse/truncated').map(({ found }) => found)
}

describe('a page that breaks off', () => {
  it('in the titles of its second table is reported', async () => {
    const page = `AWS\n\nAll Mappings\n\n${headers.score}\naws_rds AWS RDS protect significant T1040 Network Sniffing\n\nNon-Mappable Capabilities\n\n`
    expect(await cutOff(`${page}Capability ID Capability Description`)).toEqual(['Capability ID Capability Description'])
    expect(await cutOff(`${page}Capability ID Capability Description\naws_artifact AWS Artifact`)).toEqual([])
  })

  it('in the name of a technique is reported, if another row of the technique has all of it', async () => {
    const start = `NIST 800-53\n\n${table}${row}\nAC-3 Access Enforcement mitigates T1040 Network Sniffing\n`
    const broken = 'AC-4 Information Flow Enforcement mitigates T1078 Valid Acc'
    expect(await cutOff(start + broken)).toEqual([broken])
    expect(await cutOff(`${start}AC-4 Information Flow Enforcement mitigates T1190 Valid Acc`)).toEqual([])
    expect(await cutOff(`${start}AC-4 Information Flow Enforcement mitigates T1078 Valid Accounts`)).toEqual([])
  })
})

/** What is reported of a page with a line above its table. */
async function read(line: string): Promise<readonly unknown[]> {
  const page = `T1078 Valid Accounts\n\n${line}\n\n${table}${row}\nAC-3 Access Enforcement mitigates T1078 Valid Accounts\n`
  return (await readTextPage(page)).diagnostics.map(({ code, found }) => [code, found])
}

describe('a line outside of tables', () => {
  it.each([['AC-6 Least Privilege mitigates T1078 Valid Accounts'], ['AC-99 Something of ours mitigates T1078 Valid Accounts']])('that begins like a row is reported: %s', async (line) => {
    expect(await read(line)).toContainEqual(['parse/unreadable-row', line])
  })

  it.each([
    ['Adversaries may use T1078 Valid Accounts'], ['Figure-2 shows T1078 in use'], ['AC-6 Least Privilege'], ['AC-6 Least Privilege for T1078'], ['T1078 has sub-techniques'],
  ])('that is prose is not: %s', async (line) => {
    expect(await read(line)).toEqual([])
  })

  it.each([
    'Capability ID Capability Descripton Mapping Type', 'Capability ID Capability Descripton Maping Type ATT&CK ID ATT&CK Name',
  ])('that is like column titles is reported: %s', async (line) => {
    expect(await read(line)).toContainEqual(['parse/unknown-section', line])
  })

  it.each([
    'Each capability has an ID and a name in the list of the controls', 'The capability ID', 'Capability ID Capabilty Descripton Maping Tipe ATT&CK ID',
    'Type of mapping and description', `Capability ID Capability Descripton ${'Name '.repeat(30)}`.trim(),
  ])('that has some of the words is not: %s', async (line) => {
    expect(await read(line)).toEqual([])
  })
})

describe('the navigation above a page', () => {
  const page = `T1078 Valid Accounts\n\n${table}${row}\n`

  it('ends at the blank line after the breadcrumbs', async () => {
    const { rows, codes } = await readTextPage(`Menu\nSearch\n\nHome\nATT&CK\n\n${page}`)
    expect([rows.length, codes]).toEqual([1, []])
  })

  it('is sought in the first hundred lines', async () => {
    const { codes } = await readTextPage(`${page}\n${'x\n'.repeat(120)}Home\n\nAnother Heading`)
    expect(codes).toEqual([])
  })
})

/** The first row of a page. */
async function readRow(line: string, titles: string = headers.relation, heading = 'T1078 Valid Accounts'): Promise<Mapping | undefined> {
  return (await readTextPage(`${heading}\n\nExample Mappings\n\n${titles}\n${line}\n`)).rows[0]
}

/** The first row of a page of scores. */
async function readScored(cells: string): Promise<Mapping | undefined> {
  return readRow(`aws_rds AWS RDS ${cells} T1078 Valid Accounts`, headers.score)
}

describe('the cells of a row', () => {
  it('may be an id alone, with or without spaces before it', async () => {
    expect(await readRow('Widget mitigates T1078 Valid Accounts')).toMatchObject({ capability: { id: 'Widget' }, relation: 'mitigates' })
    expect((await readRow('Widget mitigates T1078 Valid Accounts'))?.kind === 'mapped').toBe(true)
    expect(await readRow('Widget of ours mitigates T1078 Valid Accounts')).toMatchObject({ capability: { id: 'Widget', description: 'of ours' } })
  })

  it('may lack a category or a value', async () => {
    expect(await readScored('protect partial')).toMatchObject({ capability: { description: 'AWS RDS' }, score: { category: 'protect', value: 'partial' } })
    expect(await readScored('partial')).toMatchObject({ capability: { description: 'AWS RDS' }, score: { value: 'partial' } })
    expect(await readScored('protect')).toMatchObject({ capability: { description: 'AWS RDS' }, score: { category: 'protect' } })
    expect(await readScored('protect much')).toMatchObject({ capability: { id: 'aws_rds', description: 'AWS RDS protect much' } })
    expect(await readScored('protect much')).not.toHaveProperty('score')
  })

  it('are of other capabilities than the one of the page, too', async () => {
    const other = await readRow('AC-12 Session Termination mitigates T1078 Valid Accounts', headers.relation, 'NIST 800-53 AC-2')
    expect(other).toMatchObject({ capability: { id: 'AC-12', description: 'Session Termination' } })
  })
})

/** A page with a list of capabilities. */
function listOf(...list: readonly string[]): string {
  return `${table}${row}\n\nNIST 800-53 Capabilities\n\nCapability ID Capability Name Number of Mappings\n${list.join('\n')}\n`
}

describe('a list of capabilities', () => {
  it('adds known ids with their names, and none that it would have to guess', async () => {
    const { sets } = await readTextPage(listOf('AC-2 Account Management 1', 'CP-6 Alternate Storage Site 2', 'Something of ours 1'))
    expect(new Map(Array.from(sets[0]?.capabilities.values() ?? [], ({ id, name }) => [id, name]))).toEqual(new Map([
      ['AC-2', 'Account Management'], ['CP-6', 'Alternate Storage Site'],
    ]))
  })

  it('ends at a blank line; what is like a row below it is reported', async () => {
    const { diagnostics } = await readTextPage(listOf('AC-2 Account Management 1', '', 'AC-6 Least Privilege mitigates T1078 Valid Accounts', '', 'About this site'))
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/unreadable-row', found: 'AC-6 Least Privilege mitigates T1078 Valid Accounts' }))
  })
})

it('a heading that nobody knows above a table names no framework', async () => {
  const { sets } = await readTextPage(`Something Else\n\n${headers.relation}\nQ1 Lock mitigates T1040 Network Sniffing`)
  expect(sets.map(({ framework }) => framework.id)).toEqual(['unknown'])
})

it('a blank page has nothing', async () => {
  expect((await readTextPage('\n \n')).sets).toEqual([])
})
