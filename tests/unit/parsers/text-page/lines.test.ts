import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
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
    ['Adversaries may use T1078 Valid Accounts'], ['AC-6 Least Privilege'], ['AC-6 Least Privilege for T1078'], ['T1078 has sub-techniques'],
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
