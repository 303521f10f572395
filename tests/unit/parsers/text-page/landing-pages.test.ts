import { describe, expect, it } from 'vitest'
import { headers, readTextPage } from '../../../support/read-text-page.js'

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
    expect(sets).toMatchObject([
      { framework: { id: 'aws', version: '12.12.2024' }, attack: { domain: 'enterprise', version: '16.1' } },
    ])
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'aws_rds', name: 'AWS RDS' }, { id: 'aws_s3', name: 'AWS S3' }])
    expect(rows.map((row) => [row.kind, row.status, row.group])).toEqual([
      ['mapped', undefined, undefined],
      ['unmapped-capability', 'non_mappable', undefined],
      ['unmapped-capability', 'non_mappable', undefined],
    ])
    expect(rows[2]).toMatchObject({ capability: { id: 'new_thing', description: 'A new thing' } })
  })

  it('that omits rows is reported', async () => {
    expect((await readTextPage(page)).diagnostics).toMatchObject([
      { code: 'parse/rows-missing', found: '1 of 1026 rows', origin: { place: { line: 15 } } },
    ])
  })

  it('that offers several versions does not state which it shows', async () => {
    const several = page.replace('Versions: 16.1', 'Versions: 16.1, 9.0').replace('Enterprise', 'Enterprise, Mobile')
    const { sets } = await readTextPage(several)
    expect(sets[0]?.attack).toEqual({})
  })

  it('of an unknown framework names it', async () => {
    const rows = `${headers.relation}\nQ1 Lock mitigates T1040 Network Sniffing`
    const { sets } = await readTextPage(`Example Controls\n\nAll Mappings\n\n${rows}`)
    expect(sets[0]?.framework).toEqual({ id: 'example_controls', name: 'Example Controls' })
  })
})

/** A page with a list of groups. */
function groups(...lines: readonly string[]): string {
  return `AWS\n\nCapability Groups\n\nID Capability Group Name Number of Mappings Number of Capabilities\n${lines.join('\n')}\n`
    + `\nAll Mappings\n\n${headers.score}\naws_rds AWS RDS protect significant T1040 Network Sniffing\n`
}

describe('lists of groups', () => {
  it('name a group by its id, if the page does not', async () => {
    const { sets } = await readTextPage(groups('aws_rds 24 1', 'new_group 2 1'))
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'aws_rds', name: 'AWS RDS' }, { id: 'new_group', name: 'new_group' }])
  })

  it.each(['aws_rds AWS RDS', 'aws_rds AWS RDS 24', '24 1'])('report a line without its two numbers: %s', async (line) => {
    const { sets, diagnostics } = await readTextPage(groups(line, 'aws_s3 AWS S3 2 1'))
    expect([...sets[0]?.groups.keys() ?? []]).toEqual(['aws_s3'])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/unreadable-row', found: line }))
  })
})

describe('a tactic page', () => {
  it('is fine, and has no mappings', async () => {
    const { sets, codes } = await readTextPage(`TA0002 Execution

ATT&CK Techniques

Technique ID Technique Name Number of Mappings Number of Subtechniques
T1610 Deploy Container 4 0`)
    expect(sets).toEqual([])
    expect(codes).toEqual(['parse/only-lists'])
  })
})
