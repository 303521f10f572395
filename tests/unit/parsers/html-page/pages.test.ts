import { describe, expect, it } from 'vitest'
import { badge, capabilityLink, columns, htmlPage, htmlRow, note, techniqueLink } from '../../../support/html-pages.js'
import { readHtmlPage } from '../../../support/read-html-page.js'

const attackBadges = badge('ATT&CK Version', '16.1') + badge('ATT&CK Domain', 'Enterprise')
const valid = [techniqueLink('T1078'), 'Valid Accounts'] as const
const technique = { id: 'T1078', name: 'Valid Accounts' }
const heading = 'T1078 <span class="highlight">Valid Accounts</span>'

describe('a technique page', () => {
  const page = htmlPage(heading, [
    {
      title: 'NIST 800-53 Mappings',
      columns: columns.relationNotes,
      rows: [
        htmlRow(capabilityLink('AC-2', 'nist', 'rev5'), 'Account Management', 'mitigates', ...valid,
          note('Said of it.\n  And more.\n\nLast.')),
        htmlRow(capabilityLink('AC-3', 'nist', 'rev4'), 'Access Enforcement', 'mitigates', ...valid),
      ],
    },
    {
      title: 'AWS Mappings',
      columns: columns.relationNotes,
      rows: [htmlRow(capabilityLink('aws_iam', 'aws', '12.12.2024'), 'AWS IAM', 'technique_scores', ...valid,
        note('Limits it.', 'https://example.org/a?b=1', 'https://example.org/c d'))],
    },
  ], { badges: attackBadges })

  it('gives a set for each release of a framework, as its links name them', async () => {
    const { sets, codes } = await readHtmlPage(page)
    expect(sets.map(({ framework, mappings }) => [framework.id, framework.version, mappings.length])).toEqual([
      ['nist_800_53', 'rev5', 1], ['nist_800_53', 'rev4', 1], ['aws', '12.12.2024', 1],
    ])
    expect(sets.every(({ attack }) => attack.version === '16.1' && attack.domain === 'enterprise')).toBe(true)
    expect(codes).toEqual([])
  })

  it('gives rows with their cells, comments with their lines, references with their addresses', async () => {
    const { rows } = await readHtmlPage(page)
    expect(rows.map(({ origins: _origins, ...row }) => row)).toEqual([
      {
        kind: 'mapped', capability: { id: 'AC-2', description: 'Account Management' },
        technique: { id: 'T1078', name: 'Valid Accounts' },
        relation: 'mitigates', comments: 'Said of it.\nAnd more.\n\nLast.',
      },
      { kind: 'mapped', capability: { id: 'AC-3', description: 'Access Enforcement' }, technique, relation: 'mitigates' },
      {
        kind: 'mapped', capability: { id: 'aws_iam', description: 'AWS IAM' }, technique,
        relation: 'technique_scores', comments: 'Limits it.',
        references: ['https://example.org/a?b=1', 'https://example.org/c d'],
      },
    ])
  })

  it('gives the place of rows: line and column of their tags', async () => {
    const { rows } = await readHtmlPage(page)
    const lines = page.split('\n')
    for (const { origins: [origin] } of rows) {
      const place = origin?.place
      expect(place?.kind === 'text' && lines[place.line - 1]?.slice(place.column - 1).startsWith('<tr><td>')).toBe(true)
    }
  })

  it('of an early era, with one section for all, has frameworks by links and, without, by ids', async () => {
    const linked = (id: string, slug: string, release: string) => (
      htmlRow(capabilityLink(id, slug, release), '', 'related-to', ...valid))
    const { sets, diagnostics } = await readHtmlPage(htmlPage(`${heading} Mappings`, [{
      title: 'Mappings',
      columns: columns.relation,
      rows: [
        linked('action.hacking.variety.X', 'veris', '1.3.7'),
        htmlRow('action.hacking.variety.Use of stolen creds', '', 'related-to', ...valid),
        htmlRow('AC-2', '', 'mitigates', ...valid), linked('q', 'example', '7'), htmlRow('what', '', 'x', ...valid),
        htmlRow('ever', '', 'x', ...valid),
      ],
    }], { badges: attackBadges }))
    expect(sets.map(({ framework, mappings }) => [framework.id, framework.version, mappings.length])).toEqual([
      ['veris', '1.3.7', 2], ['nist_800_53', undefined, 1], ['example', '7', 1], ['unknown', undefined, 2],
    ])
    expect(diagnostics).toMatchObject([{ code: 'parse/unknown-framework', count: 2 }])
  })

  it('uses the framework that the user states if it cannot be determined otherwise', async () => {
    const rows = [htmlRow('what', '', 'x', ...valid), htmlRow('AC-2', '', 'x', ...valid)]
    const { sets, codes } = await readHtmlPage(htmlPage(heading, [{ title: 'Mappings', columns: columns.relation, rows }]), {
      statements: { framework: 'Our Controls' },
    })
    expect(sets.map(({ framework }) => framework.id)).toEqual(['our_controls', 'nist_800_53'])
    expect(codes).toEqual([])
  })

  it('without badges, has the ATT&CK release of its links to techniques, not of those to capabilities', async () => {
    const row = htmlRow(capabilityLink('CVE-2020-1', 'cve', '10.21.2021', 'attack-9.0/domain-enterprise'), '', 'uncategorized',
      techniqueLink('T1478', 'attack-9.0/domain-mobile'), 'A name')
    const { sets } = await readHtmlPage(htmlPage('T1478', [{ title: 'Mappings', columns: columns.relation, rows: [row] }]))
    expect(sets[0]?.attack).toEqual({ domain: 'mobile', version: '9.0' })
    const more = htmlRow('CVE-2020-2', '', 'uncategorized', techniqueLink('T1478', 'attack-10.1/domain-mobile'), 'A name')
    const { sets: mixed } = await readHtmlPage(htmlPage('T1478', [
      { title: 'Mappings', columns: columns.relation, rows: [row, more] },
    ]))
    expect(mixed[0]?.attack).toEqual({ domain: 'mobile', version: '9.0' })
  })

  it('without tables has no mappings, which is reported', async () => {
    const { sets, codes } = await readHtmlPage(htmlPage(heading, []))
    expect(sets).toEqual([])
    expect(codes).toEqual(['parse/no-mappings'])
  })
})

const accessControl = 'NIST 800-53 <span class="highlight">Access Control</span> Capability Group'

describe('a page of a framework', () => {
  const rds = [capabilityLink('aws_rds', 'aws', '12.12.2024'), 'AWS RDS'] as const

  it('gives the scores that it prints; "None" and empty cells are absent', async () => {
    const { rows, diagnostics } = await readHtmlPage(htmlPage('AWS <span class="highlight">aws_rds</span>', [{
      title: 'Mappings',
      columns: columns.scoreNotes,
      rows: [
        htmlRow(...rds, 'protect', 'partial', ...valid), htmlRow(...rds, '', '', ...valid),
        htmlRow(...rds, 'None', 'None', 'None', 'None'),
      ],
    }], { badges: attackBadges + badge('AWS', '12.12.2024') }))
    expect(rows[0]?.score).toEqual({ category: 'protect', value: 'partial' })
    expect(rows.map(({ kind }) => kind)).toEqual(['mapped', 'mapped', 'unmapped-capability'])
    expect(rows.slice(1).every((row) => row.score === undefined)).toBe(true)
    expect(diagnostics).toMatchObject([{ code: 'parse/missing-technique' }])
  })

  it('that says that there are no rows gives none', async () => {
    const { rows, codes } = await readHtmlPage(htmlPage('AWS <span class="highlight">aws_artifact</span>', [{
      columns: columns.scoreNotes,
      rows: ['<tr><td class="text-center" colspan="6">No mappings found for this technique.</td></tr>'],
    }]))
    expect(rows).toEqual([])
    expect(codes).toEqual(['parse/no-mappings'])
  })

  it('for a group gives the group to its rows, and names to capabilities', async () => {
    const { sets, codes } = await readHtmlPage(htmlPage(accessControl, [
      { title: 'All Mappings', columns: columns.relation, rows: [htmlRow('AC-2', 'Account Management', 'mitigates', ...valid)] },
      { title: 'Capabilities', columns: columns.capabilities, rows: [
        htmlRow('AC-2', 'Account Management', '1'), htmlRow('AC-99', 'A new one', '0'),
      ] },
    ], { badges: badge('NIST 800-53', 'rev5') }))
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'AC', name: 'Access Control' }])
    expect([...sets[0]?.capabilities.values() ?? []]).toEqual([
      { id: 'AC-2', name: 'Account Management', groups: ['AC'] }, { id: 'AC-99', name: 'A new one', groups: ['AC'] },
    ])
    expect(sets[0]?.mappings[0]?.group).toBe('AC')
    expect(codes).toEqual([])
  })

  it('reports lists that announce a different number of rows', async () => {
    const { diagnostics } = await readHtmlPage(htmlPage(accessControl, [
      { title: 'All Mappings', columns: columns.relation, rows: [htmlRow('AC-2', 'Account Management', 'mitigates', ...valid)] },
      { title: 'Capabilities', columns: columns.capabilities, rows: [htmlRow('AC-2', 'Account Management', '3')] },
    ]))
    expect(diagnostics).toMatchObject([{ code: 'parse/count-differs', found: '1 rows', expected: '3 rows' }])
  })

  it('that is its landing page gives groups, rows, what maps to nothing, and what it leaves out', async () => {
    const versions = '<p><span>AWS Versions: <strong>12.12.2024, 09.21.2021</strong></span>\n'
      + '<span>ATT&CK Versions: <strong>16.1, 9.0</strong></span> <span>ATT&CK Domain: <strong>Enterprise</strong></span></p>'
    const { sets, diagnostics } = await readHtmlPage(htmlPage('<span class="highlight">AWS</span>', [
      { title: 'Capability Groups', columns: columns.groups, rows: [htmlRow('aws_rds', 'AWS RDS', '792', '1')] },
      { title: 'All Mappings', columns: columns.scoreNotes, rows: [htmlRow(...rds, 'protect', 'partial', ...valid)] },
      { title: 'Non-Mappable Capabilities', columns: columns.unmappable, rows: [
        htmlRow(capabilityLink('aws_artifact', 'aws', '12.12.2024'), 'AWS Artifact'),
      ] },
    ], { above: `${versions}<p class="notice">To reduce its size, we have only\n  downloaded the first 1 of 792 mappings.</p>` }))
    expect(sets).toMatchObject([{
      framework: { id: 'aws', version: '12.12.2024' }, attack: { version: '16.1', domain: 'enterprise' },
      mappings: [
        { kind: 'mapped' },
        { kind: 'unmapped-capability', status: 'non_mappable', capability: { id: 'aws_artifact', description: 'AWS Artifact' } },
      ],
    }])
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'aws_rds', name: 'AWS RDS' }])
    expect(diagnostics).toMatchObject([{ code: 'parse/rows-missing', found: '1 of 792 rows' }])
  })

  it('that is unknown is named by its heading, with the version of its links', async () => {
    const { sets } = await readHtmlPage(htmlPage('Example Controls <span class="highlight">EX 1</span>', [
      { title: 'Mappings', columns: columns.relation, rows: [
        htmlRow(capabilityLink('EX 1', 'example', 'v2.0'), 'Locks', 'hampers', ...valid),
      ] },
    ]))
    expect(sets).toMatchObject([{
      framework: { id: 'example_controls', name: 'Example Controls', version: 'v2.0' },
      mappings: [{ capability: { id: 'EX 1' }, relation: 'hampers' }],
    }])
  })
})

describe('rows that are not as they should be', () => {
  it('are reported: no capability, no technique, unknown columns', async () => {
    const { rows, diagnostics } = await readHtmlPage(htmlPage(heading, [{
      title: 'AWS Mappings',
      columns: [...columns.relation, ['Colour', 'colour'], ['', 'state']],
      rows: [
        htmlRow('', 'AWS RDS', 'x', ...valid, 'red'),
        htmlRow('aws_rds', 'AWS RDS', 'x', 'TA0001', 'Initial Access', 'blue'),
        htmlRow('aws_rds', 'AWS RDS'),
      ],
    }]))
    expect(rows).toMatchObject([{ kind: 'unmapped-capability' }, { kind: 'unmapped-capability' }])
    expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([
      ['parse/unknown-column', 'Colour'],
      ['parse/unreadable-row', 'AWS RDS x T1078 Valid Accounts red'],
      ['parse/missing-technique', 'TA0001'],
      ['parse/missing-technique', undefined],
    ])
  })

  it('are read by the names of their columns where labels are not known', async () => {
    const renamed = columns.relation.map(([_label, field], index) => [`Label ${index}`, field] as const)
    const { rows, codes } = await readHtmlPage(htmlPage(heading, [
      { title: 'AWS Mappings', columns: renamed, rows: [htmlRow('aws_rds', 'AWS RDS', 'x', ...valid)] },
    ]))
    expect(rows).toMatchObject([{ capability: { id: 'aws_rds' }, technique }])
    expect(codes).toEqual([])
  })

  it('may have notes of another build', async () => {
    const notes = [
      'Only words', '<div class="title">Comments</div><div class="body">Said.</div>',
      '<div class="title">References</div><div class="body"><a href="https://example.org/x">Guide</a><a href="#top">up</a></div>',
      '<div class="title">References</div><div class="body">A book<br>Another</div>',
      '<div class="title">Comments</div><div class="body">None</div>', '',
    ]
    const rows = notes.map((cell) => htmlRow('aws_rds', 'AWS RDS', 'x', ...valid, cell))
    const read = await readHtmlPage(htmlPage(heading, [{ title: 'AWS Mappings', columns: columns.relationNotes, rows }]))
    expect(read.rows.map(({ comments, references }) => [comments, references])).toEqual([
      ['Only words', undefined], ['Said.', undefined], [undefined, ['https://example.org/x', 'up']],
      [undefined, ['A book', 'Another']], [undefined, undefined], [undefined, undefined],
    ])
  })
})
