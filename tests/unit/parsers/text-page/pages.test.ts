import { describe, expect, it } from 'vitest'
import { headers, readTextPage } from '../../../support/read-text-page.js'

const navigation = (viewing: string, trail: string) => `A page – Mappings Explorer

ABOUT
About Mappings
Azure
NIST 800-53

You're currently viewing ${viewing}. Change versions here.

Home
Mapping Frameworks
${trail}
`

describe('a technique page', () => {
  it('has a section for each framework', async () => {
    const { sets, codes } = await readTextPage(`T1078 Valid Accounts

What adversaries do with accounts.

Azure Mappings

${headers.relationNotes}
azure_sentinel Azure Sentinel technique_scores T1078 Valid Accounts
Comments
A comment.
References

NIST 800-53 Mappings

${headers.relation}
AC-2 Account Management mitigates T1078 Valid Accounts

ATT&CK Subtechniques

Technique ID Technique Name Number of Mappings
T1078.001 Default Accounts 19`)
    expect(sets.map((set) => [set.framework.id, set.mappings.length])).toEqual([['azure', 1], ['nist_800_53', 1]])
    expect(sets[0]?.attack).toEqual({})
    expect(sets[0]?.sources).toEqual([{ name: 'page.txt', sha256: '0'.repeat(64), parser: 'text-page', rows: 1 }])
    expect(codes).toEqual([])
  })

  it('may mix frameworks without headings: the ids tell them', async () => {
    const { sets, codes } = await readTextPage(`T1078 Valid Accounts Mappings

Mappings

${headers.relation}
AC-2 Account Management Protects T1078 Valid Accounts
CVE-2019-1402 uncategorized T1078 Valid Accounts
action.hacking.variety.Use of stolen creds Stolen credentials related-to T1078 Valid Accounts
DEF-XXXX-E5 A new product Technique Scores T1078 Valid Accounts
AC-3 Access Enforcement Protects T1078 Valid Accounts`, { statements: { framework: 'aws' } })
    expect(sets.map((set) => [set.framework.id, set.mappings.length])).toEqual([['nist_800_53', 2], ['cve', 1], ['veris', 1], ['m365', 1]])
    expect(codes).toEqual([])
  })

  it('states its releases in navigation and badges', async () => {
    const { sets } = await readTextPage(`${navigation('ATT&CK Version 12.1 ICS', 'T0806 Brute Force I/O')}
T0806 Brute Force I/O Mappings

VERIS Mappings

ATT&CK Version12.1
ATT&CK DomainICS
Change Versions

${headers.relation}
action.hacking.variety.Brute force Guessing related-to T0806 Brute Force I/O

The footer speaks of Mappings`)
    expect(sets).toMatchObject([{ framework: { id: 'veris' }, attack: { domain: 'ics', version: '12.1' } }])
  })

  it('without mappings says so', async () => {
    const { sets, codes } = await readTextPage(`T1532 Archive Collected Data\n\nMappings\n\n${headers.relation}\nNo mappings found for this technique.`)
    expect(sets).toEqual([])
    expect(codes).toEqual(['parse/no-mappings'])
  })
})

describe('a capability page', () => {
  it('names the id, so that a new one with spaces is certain', async () => {
    const { sets, rows, codes } = await readTextPage(`${navigation('ATT&CK Version 16.1 Enterprise and VERIS 1.4.0', 'VERIS Home')}
VERIS action.malware.variety.Quite new thing Mappings

ATT&CK Technique Mappings

ATT&CK Version16.1
ATT&CK DomainEnterprise
VERIS1.4.0
Change Versions

${headers.relation}
action.malware.variety.Quite new thing It is new related-to T1078 Valid Accounts`)
    expect(sets).toMatchObject([{ framework: { id: 'veris', version: '1.4.0' }, attack: { domain: 'enterprise', version: '16.1' } }])
    expect(rows).toMatchObject([{ capability: { id: 'action.malware.variety.Quite new thing', description: 'It is new' } }])
    expect(codes).toEqual([])
  })
})

describe('a group page', () => {
  const page = (count: number) => `NIST 800-53 Contingency Planning Capability Group

All Mappings

${headers.relation}
CP-10 System Recovery Protects T1486 Data Encrypted for Impact
CP-2 Contingency Plan Protects T1486 Data Encrypted for Impact

Capabilities

Capability ID Capability Name Number of Mappings
CP-10 System Recovery 1
CP-2 Contingency Plan ${count}`

  it('puts its rows and capabilities in its group', async () => {
    const { sets: [set], rows, codes } = await readTextPage(page(1))
    expect([...set?.groups.values() ?? []]).toEqual([{ id: 'CP', name: 'Contingency Planning' }])
    expect([...set?.capabilities.values() ?? []]).toEqual([
      { id: 'CP-10', name: 'System Recovery', groups: ['CP'] },
      { id: 'CP-2', name: 'Contingency Plan', groups: ['CP'] },
    ])
    expect(rows.map((row) => row.group)).toEqual(['CP', 'CP'])
    expect(codes).toEqual([])
  })

  it('that announces more rows than it has is told', async () => {
    const { rows, diagnostics } = await readTextPage(page(2))
    expect(rows).toHaveLength(2)
    expect(diagnostics).toMatchObject([{ code: 'parse/count-differs', found: '2 rows', expected: '3 rows' }])
  })
})

describe('a landing page', () => {
  const page = `AWS

What the platform is.

AWS Versions: 12.12.2024 ATT&CK Versions: 16.1 ATT&CK Domain: Enterprise

Capability Groups

ID Capability Group Name Number of Mappings Number of Capabilities
aws_rds AWS RDS 24 1
aws_s3 AWS S3 1,002 1

All Mappings

This is a very large mapping. To reduce the size, we have only downloaded the first 1 of 1,026 mappings. Load all data (1.5 MB)

${headers.score}
aws_rds AWS RDS protect significant T1040 Network Sniffing

Non-Mappable Capabilities

Non-mappable capabilities are out of scope.

Capability ID Capability Description
aws_artifact AWS Artifact
new_thing A new thing

About`

  it('lists groups, rows and what maps to nothing', async () => {
    const { sets, rows } = await readTextPage(page)
    expect(sets).toMatchObject([{ framework: { id: 'aws', version: '12.12.2024' }, attack: { domain: 'enterprise', version: '16.1' } }])
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'aws_rds', name: 'AWS RDS' }, { id: 'aws_s3', name: 'AWS S3' }])
    expect(rows.map((row) => [row.kind, row.status, row.group])).toEqual([
      ['mapped', undefined, undefined],
      ['unmapped-capability', 'non_mappable', undefined],
      ['unmapped-capability', 'non_mappable', undefined],
    ])
    expect(rows[2]).toMatchObject({ capability: { id: 'new_thing', description: 'A new thing' } })
  })

  it('that leaves rows out is told', async () => {
    expect((await readTextPage(page)).diagnostics).toMatchObject([
      { code: 'parse/rows-missing', count: 1025, origin: { place: { line: 15 } } },
    ])
  })

  it('that offers several versions does not tell which it shows', async () => {
    const { sets } = await readTextPage(page.replace('Versions: 16.1', 'Versions: 16.1, 9.0').replace('Enterprise', 'Enterprise, Mobile'))
    expect(sets[0]?.attack).toEqual({})
  })

  it('of a framework that nobody told of names it', async () => {
    const { sets } = await readTextPage(`Example Controls\n\nAll Mappings\n\n${headers.relation}\nQ1 Lock mitigates T1040 Network Sniffing`)
    expect(sets[0]?.framework).toEqual({ id: 'example_controls', name: 'Example Controls' })
  })
})

describe('a tactic page', () => {
  it('is fine, and holds no mappings', async () => {
    const { sets, codes } = await readTextPage(`TA0002 Execution

ATT&CK Techniques

Technique ID Technique Name Number of Mappings Number of Subtechniques
T1610 Deploy Container 4 0`)
    expect(sets).toEqual([])
    expect(codes).toEqual(['parse/only-lists'])
  })
})

describe('a page that breaks off', () => {
  const whole = `T1053.005 Scheduled Task\n\nGCP Mappings\n\n${headers.relation}\nchronicle Chronicle technique_scores T1053.005 Scheduled Task`

  it.each([
    ['in the header', 'Capability ID Capability Description Mapping Ty', 0],
    ['behind the header', headers.relation, 0],
    ['in the description', `${headers.relation}\nchronicle Chro`, 0],
    ['before the technique', `${headers.relation}\nchronicle Chronicle technique_scores`, 1],
    ['in the technique id', `${headers.relation}\nchronicle Chronicle technique_scores T105`, 0],
    ['in the technique name', `${headers.relation}\nchronicle Chronicle technique_scores T1053.005 Scheduled Ta`, 1],
  ])('%s is told at its last line', async (_, end, count) => {
    const { rows, diagnostics } = await readTextPage(`T1053.005 Scheduled Task\n\nGCP Mappings\n\n${end}`)
    expect(rows).toHaveLength(count)
    expect(diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/truncated',
      origin: { document: 'page.txt', place: { kind: 'text', line: 4 + end.split('\n').length, column: 1 } },
    }))
  })

  it('is not what a whole page is', async () => {
    expect((await readTextPage(whole)).codes).toEqual([])
  })
})

describe('how a page is saved', () => {
  const page = `T1078 Valid Accounts\n\nVERIS Mappings\n\n${headers.relation}\naction.hacking.variety.Use of stolen creds Caf\u00E9 related-to T1078 Valid Accounts\n`

  it.each([
    ['CRLF', page.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${page}`],
    ['non-breaking spaces', page.replaceAll(' ', '\u00A0')],
    ['tabs between cells and margins', page.replaceAll(' related-to ', '\trelated-to\t').replaceAll('\n', '  \n ')],
    ['decomposed letters', page.normalize('NFD')],
    ['LF', page],
  ])('makes no difference: %s', async (_, text) => {
    const { rows } = await readTextPage(text)
    expect(rows.map((row) => row.kind === 'mapped' && [row.capability, row.relation, row.technique])).toEqual([[
      { id: 'action.hacking.variety.Use of stolen creds', description: 'Caf\u00E9' }, 'related-to', { id: 'T1078', name: 'Valid Accounts' },
    ]])
  })
})
