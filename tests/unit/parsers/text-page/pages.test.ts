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

  it('may mix frameworks without headings: the ids identify them', async () => {
    const { sets, codes } = await readTextPage(`T1078 Valid Accounts Mappings

Mappings

${headers.relation}
AC-2 Account Management Protects T1078 Valid Accounts
CVE-2019-1402 uncategorized T1078 Valid Accounts
action.hacking.variety.Use of stolen creds Stolen credentials related-to T1078 Valid Accounts
DEF-XXXX-E5 A new product Technique Scores T1078 Valid Accounts
AC-3 Access Enforcement Protects T1078 Valid Accounts`, { statements: { framework: 'aws' } })
    expect(sets.map((set) => [set.framework.id, set.mappings.length])).toEqual([
      ['nist_800_53', 2], ['cve', 1], ['veris', 1], ['m365', 1],
    ])
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
    const page = `T1532 Archive Collected Data\n\nMappings\n\n${headers.relation}\nNo mappings found for this technique.`
    const { sets, codes } = await readTextPage(page)
    expect(sets).toEqual([])
    expect(codes).toEqual(['parse/no-mappings'])
  })
})

describe('a capability page', () => {
  it('names the id, so that a new one with spaces is certain', async () => {
    const above = navigation('ATT&CK Version 16.1 Enterprise and VERIS 1.4.0', 'VERIS Home')
    const { sets, rows, codes } = await readTextPage(`${above}
VERIS action.malware.variety.Quite new thing Mappings

ATT&CK Technique Mappings

ATT&CK Version16.1
ATT&CK DomainEnterprise
VERIS1.4.0
Change Versions

${headers.relation}
action.malware.variety.Quite new thing It is new related-to T1078 Valid Accounts`)
    expect(sets).toMatchObject([
      { framework: { id: 'veris', version: '1.4.0' }, attack: { domain: 'enterprise', version: '16.1' } },
    ])
    expect(rows).toMatchObject([{ capability: { id: 'action.malware.variety.Quite new thing', description: 'It is new' } }])
    expect(codes).toEqual([])
  })
})

const groupPage = (count: number) => `NIST 800-53 Contingency Planning Capability Group

All Mappings

${headers.relation}
CP-10 System Recovery Protects T1486 Data Encrypted for Impact
CP-2 Contingency Plan Protects T1486 Data Encrypted for Impact

Capabilities

Capability ID Capability Name Number of Mappings
CP-10 System Recovery 1
CP-2 Contingency Plan ${count}`

describe('a group page', () => {
  it('puts its rows and capabilities in its group', async () => {
    const { sets: [set], rows, codes } = await readTextPage(groupPage(1))
    expect([...set?.groups.values() ?? []]).toEqual([{ id: 'CP', name: 'Contingency Planning' }])
    expect([...set?.capabilities.values() ?? []]).toEqual([
      { id: 'CP-10', name: 'System Recovery', groups: ['CP'] },
      { id: 'CP-2', name: 'Contingency Plan', groups: ['CP'] },
    ])
    expect(rows.map((row) => row.group)).toEqual(['CP', 'CP'])
    expect(codes).toEqual([])
  })

  it('that announces more rows than it has is reported', async () => {
    const { rows, diagnostics } = await readTextPage(groupPage(2))
    expect(rows).toHaveLength(2)
    expect(diagnostics).toMatchObject([{ code: 'parse/count-differs', found: '2 rows', expected: '3 rows' }])
  })
})
