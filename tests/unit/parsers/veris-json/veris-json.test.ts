import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import { verisJson } from '../../../../src/parsers/veris-json/veris-json.js'
import { readDocument } from '../../../support/read-document.js'
import { testFile } from '../../../support/read-tree.js'
import { sampleVeris } from '../../../support/sample-control.js'

async function read(value: unknown) {
  const { sets, diagnostics } = await readDocument(verisJson, JSON.stringify(value, null, 2), { name: 'veris.json' })
  const said = diagnostics.map(({ code, origin, found, count = 1 }) =>
    `${code} ${origin?.place.kind === 'pointer' ? origin.place.pointer : ''} ${found ?? ''} ${count}`)
  return { rows: sets.flatMap(({ mappings }) => mappings), sets, said, diagnostics }
}

function pointers({ origins }: { readonly origins: readonly { readonly place: object }[] }) {
  return origins.map(({ place }) => ('pointer' in place ? place.pointer : ''))
}

describe('a file in good order', () => {
  it('is read, and its ids brought into the form of now', async () => {
    const { sets, said } = await read(sampleVeris())
    expect(said).toEqual([
      'normalise/capability-id /attack_to_veris/T1552.001/veris/0 attribute.confidentiality."".data_disclosure 2',
    ])
    expect(sets).toMatchObject([{
      framework: { id: 'veris', name: 'VERIS', version: '1.3.5' },
      attack: { domain: 'enterprise', version: '9.0' }, about: { mappingVersion: '1.9' },
      sources: [{ parser: 'veris-json', rows: 3 }],
    }])
    expect([...sets[0]?.relations.values() ?? []]).toEqual([{ id: 'related_to', name: 'related-to' }])
    expect([...sets[0]?.groups.keys() ?? []]).toEqual(['action.hacking', 'action.malware', 'attribute.confidentiality'])
  })

  it('makes one row of what it says in both directions, with both places', async () => {
    const { rows } = await read(sampleVeris())
    const shell = { id: 'T1059', name: 'Command and Scripting Interpreter' }
    expect(rows.map(({ origins: _origins, ...row }) => row)).toEqual([
      {
        kind: 'mapped', capability: { id: 'action.hacking.vector.Command shell' }, technique: shell, relation: 'related_to',
        group: 'action.hacking',
      },
      {
        kind: 'mapped', capability: { id: 'action.malware.variety.Unknown' }, technique: shell, relation: 'related_to',
        group: 'action.malware',
      },
      {
        kind: 'mapped', capability: { id: 'attribute.confidentiality.data_disclosure' }, technique: {
          id: 'T1552.001', name: 'Credentials In Files',
        },
        relation: 'related_to', group: 'attribute.confidentiality',
      },
    ])
    expect(rows.map(pointers)).toEqual([
      ['/attack_to_veris/T1059/veris/0', '/veris_to_attack/action/hacking/vector/Command shell/T1059'],
      ['/attack_to_veris/T1059/veris/1', '/veris_to_attack/action/malware/variety/Unknown/T1059'],
      ['/attack_to_veris/T1552.001/veris/0', '/veris_to_attack/attribute/confidentiality/""/data_disclosure/T1552.001'],
    ])
    expect(rows[0]?.origins[0]?.place).toMatchObject({ line: 13 })
  })

  it.each(['attack_to_veris', 'veris_to_attack'] as const)('may have only %s', async (direction) => {
    const file = sampleVeris()
    const { rows, said } = await read({ metadata: file.metadata, [direction]: file[direction] })
    expect(rows.map((row) => row.kind === 'mapped' && [row.capability.id, row.technique.id])).toEqual([
      ['action.hacking.vector.Command shell', 'T1059'], ['action.malware.variety.Unknown', 'T1059'],
      ['attribute.confidentiality.data_disclosure', 'T1552.001'],
    ])
    expect(said.map((line) => line.split(' ')[0])).toEqual(['normalise/capability-id'])
  })
})

describe('a file whose directions differ', () => {
  it('keeps what only one says, and tells it', async () => {
    const file = sampleVeris()
    file.attack_to_veris['T1001'] = { name: 'Data Obfuscation', veris: ['action.malware.variety.C2'] }
    file.veris_to_attack['value_chain'] = { targeting: { variety: { Email: { T1598: { name: 'Phishing for Information' } } } } }
    const { rows, said } = await read(file)
    expect(rows).toHaveLength(5)
    expect(said.filter((line) => line.startsWith('parse/'))).toEqual([
      'parse/count-differs /attack_to_veris/T1001/veris/0 action.malware.variety.C2 and T1001 1',
      'parse/count-differs /veris_to_attack/value_chain/targeting/variety/Email/T1598'
        + ' value_chain.targeting.variety.Email and T1598 1',
    ])
  })

  it('keeps the names of attack_to_veris, and fills in those that it lacks', async () => {
    const file = sampleVeris()
    file.attack_to_veris['T1059'] = { name: 'Shells', veris: [
      'action.hacking.vector.Command shell', 'action.malware.variety.Unknown',
    ] }
    file.attack_to_veris['T1552.001'] = { veris: ['attribute.confidentiality.data_disclosure'] }
    const { rows, diagnostics } = await read(file)
    expect(rows.map((row) => row.kind === 'mapped' && row.technique.name)).toEqual(['Shells', 'Shells', 'Credentials In Files'])
    expect(diagnostics.filter(({ code }) => code === 'normalise/conflicting-names').map(({ message, count }) => [message, count]))
      .toEqual([['T1059 is "Shells" in attack_to_veris and "Command and Scripting Interpreter" in veris_to_attack', 2]])
  })
})

describe('a broken file', () => {
  it('for ATT&CK\'s groups is told apart from techniques', async () => {
    const groups = { G0007: { name: 'APT28', veris: ['actor.external.motive.Espionage', 'actor.external.motive.Ideology'] } }
    const { sets, said } = await read({ ...sampleVeris(), attack_to_veris: groups, veris_to_attack: {} })
    expect(sets).toEqual([])
    expect(said).toContain('parse/not-techniques /attack_to_veris/G0007/veris/0 G0007 (APT28) 2')
  })

  it.each([
    ['an entry that is a text', { T1059: 'x' }, 'parse/unreadable-row /attack_to_veris/T1059 the string "x" 1'],
    [
      'an entry without an id', { ' ': { name: 'x', veris: [] } },
      'parse/unreadable-row /attack_to_veris/  a technique without an id 1',
    ],
    ['a list in a text\'s place', { T1059: { name: 'x', veris: 'action.hacking.variety.DoS' } },
      'parse/invalid-document /attack_to_veris/T1059/veris the string "action.hacking.variety.DoS" 1'],
    [
      'an id that is an object', { T1059: { name: 'x', veris: [{}] } },
      'parse/unreadable-row /attack_to_veris/T1059/veris/0 an object 1',
    ],
    [
      'a technique without VERIS', { T1059: { name: 'x', veris: [] } },
      'parse/missing-capability /attack_to_veris/T1059 the technique T1059 1',
    ],
    [
      'an unknown field', { T1059: { veris: ['a.b.c.d'], note: 1 } },
      'parse/unknown-field /attack_to_veris/T1059/note attack_to_veris[].note 1',
    ],
    ['nothing', {}, 'parse/no-mappings   1'],
    ['a list', [], 'parse/invalid-document /attack_to_veris an empty list 1'],
  ])('with %s is read but for that', async (_what, entries, expected) => {
    expect((await read({ attack_to_veris: entries })).said).toContain(expected)
  })

  it.each([
    ['a text', { action: 'x' }, 'parse/unreadable-row /veris_to_attack/action the string "x" 1'],
    [
      'a technique that is a text', { a: { b: { c: { d: { T1059: 'x' } } } } },
      'parse/unreadable-row /veris_to_attack/a/b/c/d/T1059 the string "x" 1',
    ],
    [
      'a field beside the name', { a: { b: { c: { d: { T1059: { id: 1 } } } } } },
      'parse/unknown-field /veris_to_attack/a/b/c/d/T1059/id veris_to_attack[].id 1',
    ],
  ])('whose tree holds %s is read but for that', async (_what, tree, expected) => {
    expect((await read({ veris_to_attack: tree })).said).toContain(expected)
  })

  it('tells what its metadata has wrong, and keeps its rows', async () => {
    const { rows, said } = await read({ ...sampleVeris(), metadata: { attack_domain: 'pre', veris_version: [1], mood: 'good' } })
    expect(rows).toHaveLength(3)
    expect(said.slice(0, 2)).toEqual([
      'parse/unknown-value /metadata/attack_domain pre 1', 'parse/invalid-document /metadata/veris_version a list of 1 1',
    ])
    expect(said).toContain('parse/unknown-field /metadata/mood metadata.mood 1')
  })
})

describe('sniffing', () => {
  it.each([
    [sampleVeris(), 0.98], [{ attack_to_veris: {} }, 0.9], [{ veris_to_attack: [] }, 0], [[sampleVeris()], 0], [
      { metadata: {}, mapping_objects: [] }, 0,
    ],
  ])('%#', async (value, confidence) => {
    const document = await decodeDocument(testFile('x.json', JSON.stringify(value)), () => undefined)
    expect(document && verisJson.sniff(document).confidence).toBe(confidence)
  })
})
