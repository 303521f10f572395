import { describe, expect, it } from 'vitest'
import { noKnownCapabilities } from '../../../../src/frameworks/known-capabilities.js'
import { headers, readTextPage } from '../../../support/read-text-page.js'

describe('a row of a text page', () => {
  it('is split at the longest known id, even if ids contain spaces', async () => {
    const { rows, codes } = await readTextPage(`VERIS Mappings\n\n${headers.relation}
action.malware.vector.Email link Mail with a link in it related-to T1566.002 Spearphishing Link
action.malware.vector.Email Mail related-to T1566 Phishing`)
    expect(rows).toMatchObject([
      {
        capability: { id: 'action.malware.vector.Email link', description: 'Mail with a link in it' },
        technique: { id: 'T1566.002', name: 'Spearphishing Link' },
        relation: 'related-to',
      },
      {
        capability: { id: 'action.malware.vector.Email', description: 'Mail' },
        technique: { id: 'T1566', name: 'Phishing' },
        relation: 'related-to',
      },
    ])
    expect(codes).toEqual([])
  })

  it('is split by pattern if the id is new, else by the first word, with a warning', async () => {
    const { rows, diagnostics } = await readTextPage(`${headers.relation}
AC-99 A new control mitigates T1059 Command and Scripting Interpreter
action.malware.variety.New thing Does a new thing related-to T1059 Command and Scripting Interpreter
action.malware.variety.New thing Does a new thing related-to T1106 Native API
action.malware.variety.Same words Same words related-to T1106 Native API`)
    expect(rows.map((row) => row.kind !== 'unmapped-technique' && row.capability)).toEqual([
      { id: 'AC-99', description: 'A new control' },
      { id: 'action.malware.variety.New', description: 'thing Does a new thing' },
      { id: 'action.malware.variety.New', description: 'thing Does a new thing' },
      { id: 'action.malware.variety.Same words', description: 'Same words' },
    ])
    expect(diagnostics).toEqual([expect.objectContaining({
      code: 'parse/ambiguous-capability',
      count: 2,
      found: 'read as capability "action.malware.variety.New", description "thing Does a new thing"',
      origin: { document: 'page.txt', place: { kind: 'text', line: 3, column: 1 } },
    })])
  })

  it('may lack description, score or technique', async () => {
    const { sets, rows, codes } = await readTextPage(`${headers.score}
chronicle protect partial T1190 Exploit Public-Facing Application
cloud_armor Cloud Armor T1498 Network Denial of Service
cloud_armor Cloud Armor protect T1499 Endpoint Denial of Service
cloud_nat Cloud NAT None None None None

CVE Mappings

${headers.relation}
CVE-2019-1402 primary_impact T1068
CVE-2019-1402 n/a uncategorized T1036. Masquerading`)
    expect(sets.map((set) => [set.framework.id, set.mappings.length])).toEqual([['gcp', 4], ['cve', 2]])
    expect(rows[0]).toMatchObject({ capability: { id: 'chronicle' }, score: { category: 'protect', value: 'partial' } })
    expect(rows[0]?.kind === 'mapped' && 'description' in rows[0].capability).toBe(false)
    expect(rows[1]).not.toHaveProperty('score')
    expect(rows[2]).toMatchObject({ score: { category: 'protect' }, technique: { id: 'T1499' } })
    expect(rows[3]).toMatchObject({ kind: 'unmapped-capability', capability: { id: 'cloud_nat', description: 'Cloud NAT' } })
    expect(rows[3]).not.toHaveProperty('status')
    expect(rows[4]).toMatchObject({ technique: { id: 'T1068' }, relation: 'primary_impact' })
    expect(rows[5]).toMatchObject({ capability: { id: 'CVE-2019-1402', description: 'n/a' }, technique: { id: 'T1036.' } })
    expect(codes).toEqual(['parse/missing-technique'])
  })

  it('keeps the mapping type as printed, with the score behind it', async () => {
    const { rows } = await readTextPage(`Intel vPro Mappings\n\n${headers.enables}
intel-ptt Intel Platform Trust Technology Win 11, ESS/Hello protect significant T1078 Valid Accounts
intel-ptt Intel Platform Trust Technology Some New Feature detect minimal T1078 Valid Accounts`)
    expect(rows).toMatchObject([
      { relation: 'Win 11, ESS/Hello', score: { category: 'protect', value: 'significant' }, capability: { id: 'intel-ptt' } },
      { relation: 'Some New Feature', score: { category: 'detect', value: 'minimal' }, capability: { id: 'intel-ptt' } },
    ])
  })

  it('that says that nothing maps is kept as that', async () => {
    const { rows, codes } = await readTextPage(`${headers.relation}\naction.malware.vector.Other Other non_mappable None None`)
    expect(rows).toMatchObject([{ kind: 'unmapped-capability', status: 'non_mappable', relation: 'non_mappable' }])
    expect(codes).toEqual([])
  })

  it('counts as often as it appears', async () => {
    const row = 'AC-2 Account Management Protects T1078 Valid Accounts'
    expect((await readTextPage(`${headers.relation}\n${row}\n${row}\n`)).rows).toHaveLength(2)
  })

  it('that cannot be read is reported with its note, and not its note as another row\'s', async () => {
    const { rows, diagnostics } = await readTextPage(`${headers.relationNotes}
AC-2 Account Management Protects T1078 Valid Accounts
something else altogether
Comments
What is said of it.
References
AC-3 Access Enforcement Protects T1078 Valid Accounts`)
    expect(rows).toHaveLength(2)
    expect(rows.some((row) => row.comments !== undefined)).toBe(false)
    expect(diagnostics).toEqual([expect.objectContaining({
      code: 'parse/unreadable-row',
      origin: { document: 'page.txt', place: { kind: 'text', line: 3, column: 1 } },
      excerpt: 'something else altogether',
    })])
  })
})

describe('rows of an unknown framework', () => {
  const page = `Example Controls Mappings\n\n${headers.relationNotes}
EX-1 Lock the door hampers T1078 Valid Accounts
Comments
A comment.
EX-2 Close the window mitigates T1190 Exploit Public-Facing Application`

  it.each([['with', undefined], ['without', noKnownCapabilities]])('are read %s known ids', async (_, known) => {
    const { sets, rows, codes } = await readTextPage(page, known ? { known } : {})
    expect(sets.map((set) => set.framework)).toEqual([{ id: 'example_controls', name: 'Example Controls' }])
    expect(rows).toMatchObject([
      { capability: { id: 'EX-1', description: 'Lock the door' }, relation: 'hampers', comments: 'A comment.' },
      { capability: { id: 'EX-2', description: 'Close the window' }, relation: 'mitigates' },
    ])
    expect(codes).toEqual(['parse/ambiguous-capability', 'parse/unknown-relation', 'parse/ambiguous-capability'])
  })

  it('have certain ids where the page is about one of them', async () => {
    const { sets, rows, codes } = await readTextPage(`Example Controls EX 1\n\nMappings\n\n${headers.relation}
EX 1 Lock the door mitigates T1078 Valid Accounts`)
    expect(sets[0]?.framework).toEqual({ id: 'example_controls', name: 'Example Controls' })
    expect(rows).toMatchObject([{ capability: { id: 'EX 1', description: 'Lock the door' } }])
    expect(codes).toEqual([])
  })

  it('are the stated framework\'s, or nobody\'s', async () => {
    const text = `${headers.relation}\nQ1 Lock the door mitigates T1078 Valid Accounts`
    const stated = await readTextPage(text, { statements: { framework: 'Example' } })
    expect(stated.sets[0]?.framework.id).toBe('example')
    expect(stated.codes).toEqual(['parse/ambiguous-capability'])
    const unstated = await readTextPage(text)
    expect(unstated.sets[0]?.framework.id).toBe('unknown')
    expect(unstated.codes).toEqual(['parse/ambiguous-capability', 'parse/unknown-framework'])
  })
})
