import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { stixBundle } from '../../../../src/parsers/stix-bundle/stix-bundle.js'
import { readDocument } from '../../../support/read-document.js'

const attack = await loadAttackIndex()
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

type Raw = Record<string, unknown>

const control: Raw = {
  type: 'course-of-action', id: `course-of-action--${uuid(1)}`, name: 'Harden',
  external_references: [{ source_name: 'CIS', external_id: '4.1' }],
}

/** Reads a bundle in which a control mitigates each of the attack-patterns. */
async function read(patterns: readonly Raw[], from: Raw = control) {
  const objects = patterns.map((more, index) => ({ type: 'attack-pattern', id: `attack-pattern--${uuid(100 + index)}`, ...more }))
  const relationships = objects.map(({ id }, index) => ({
    type: 'relationship', id: `relationship--${uuid(200 + index)}`, relationship_type: 'mitigates', source_ref: from['id'], target_ref: id,
  }))
  const { sets, codes, diagnostics } = await readDocument(stixBundle, {
    type: 'bundle', id: `bundle--${uuid(9)}`, objects: [from, ...objects, ...relationships],
  }, { attack, statements: { framework: 'CIS' } })
  const rows = sets.flatMap(({ mappings }) => mappings.flatMap((row) => (row.kind === 'mapped' ? [row] : [])))
  return { rows, sets, codes, diagnostics }
}

const reference = (source_name: string, external_id: string, url?: string): Raw =>
  ({ external_references: [{ source_name, external_id, ...(url !== undefined && { url }) }] })
const address = (url: string): Raw => ({ name: 'Ours', external_references: [{ source_name: 'see', url }] })

describe('a technique is recognised', () => {
  it.each<[string, Raw, string, string | undefined]>([
    ['by the property of OpenCTI', { name: 'PowerShell', x_mitre_id: 'T1059.001' }, 'T1059.001', 'PowerShell'],
    ['by that property in an extension', { name: 'Shell', extensions: { 'extension-definition--x': { mitre_id: 'T1059' } } }, 'T1059', 'Shell'],
    ['by its name', { name: 'T1566' }, 'T1566', undefined],
    ['by its name in lower case', { name: 't1566.002' }, 'T1566.002', undefined],
    ['by id and name, as MISP writes them', { name: 'Spearphishing Link - T1566.002' }, 'T1566.002', 'Spearphishing Link'],
    ['by a name that begins with the id', { name: 'T1566: Phishing' }, 'T1566', 'Phishing'],
    ['by a name with the id in brackets', { name: 'Phishing (T1566)' }, 'T1566', 'Phishing'],
    ['by a name with the id in square brackets', { name: '[T1566] Phishing' }, 'T1566', 'Phishing'],
    ['by a name with a dash of another kind', { name: 'T1566 – Phishing' }, 'T1566', 'Phishing'],
    ['by a name that names ATT&CK', { name: 'MITRE ATT&CK T1566' }, 'T1566', undefined],
    ['by an alias', { name: 'Phish', aliases: ['T1566'] }, 'T1566', 'Phish'],
    ['by an alias of OpenCTI', { name: 'Phish', x_opencti_aliases: ['t1566'] }, 'T1566', 'Phish'],
    ['in lower case', { name: 'Accounts', ...reference('mitre-attack', 't1078') }, 'T1078', 'Accounts'],
    ['with a hyphen for the dot', { name: 'Shell', ...reference('mitre-attack', 'T1059-001') }, 'T1059.001', 'Shell'],
    ['with a slash for the dot', { name: 'Shell', ...reference('mitre-attack', 'T1059/001') }, 'T1059.001', 'Shell'],
    ...[
      'MITRE ATT&CK', 'mitre att&ck', 'ATT&CK', 'MITRE-ATTACK', 'mitre_attack', 'Mitre Attack', 'ATTACK', 'mitre-attack-enterprise',
      'MITRE ATT&CK Enterprise', 'enterprise-attack', 'mitre-attack-cloud', 'attack.mitre.org', 'MITRE', 'MITRE ATT&CK®', 'ATT&CK v16',
      'The MITRE Corporation', 'MITRE ATT&CK Framework',
    ].map((source): [string, Raw, string, string] => [`by the source ${source}`, { name: 'X', ...reference(source, 'T1110') }, 'T1110', 'X']),
    ['by its page', address('https://attack.mitre.org/techniques/T1059/001/'), 'T1059.001', 'Ours'],
    ['by its page with a dot', address('http://attack.mitre.org/techniques/T1059.001'), 'T1059.001', 'Ours'],
    ['by its page in a release', address('https://attack.mitre.org/versions/v9/techniques/T1110/#x'), 'T1110', 'Ours'],
    ['by its page in the wiki', address('https://attack.mitre.org/wiki/Technique/T1110'), 'T1110', 'Ours'],
    ['by its page without a scheme', address('attack.mitre.org/techniques/T1110?x=1'), 'T1110', 'Ours'],
    ['by its page beside an id of ours', {
      name: 'Ours', ...reference('ttp', 'TTP-12', 'https://attack.mitre.org/techniques/T1110'),
    }, 'T1110', 'Ours'],
    ["by MITRE's own STIX id", { id: 'attack-pattern--b17a1a56-e99c-403c-8948-561df0cffe81', name: 'Anything' }, 'T1078', 'Anything'],
  ])('%s', async (_way, pattern, id, name) => {
    const { rows, codes } = await read([pattern])
    expect(rows.map(({ technique }) => technique)).toEqual([{ id, ...(name !== undefined && { name }) }])
    expect(Object.keys(codes).filter((code) => code !== 'normalise/technique-id')).toEqual([])
  })

  it('and a spelling that is not the usual one is reported', async () => {
    const { diagnostics } = await read([{ name: 't1566' }])
    expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([['normalise/technique-id', 't1566']])
  })

  it('and a second one that the object names is reported', async () => {
    const both = { name: 'Two', external_references: ['T1059.001', 'T1059.003'].map((external_id) => ({ source_name: 'mitre-attack', external_id })) }
    const { rows, diagnostics } = await read([both, { name: 'Other', ...reference('mitre-attack', 'T1110'), x_mitre_id: 'T1078' }])
    expect(rows.map(({ technique }) => technique.id)).toEqual(['T1059.001', 'T1110'])
    expect(diagnostics.map(({ code, found }) => [code, found?.split(' in ')[0]])).toEqual([
      ['parse/several-techniques', 'T1059.001, T1059.003'], ['parse/several-techniques', 'T1110, T1078'],
    ])
  })
})

describe('an attack-pattern that is not recognised', () => {
  it.each<[string, Raw]>([
    ['has a name of ATT&CK and no id', { name: 'Phishing' }],
    ['has an id in a sentence', { name: 'Follow-up to T1566' }],
    ['has two ids in its name', { name: 'T1566 and T1078' }],
    ['has an id in its description', { name: 'Phish', description: 'Like T1566.' }],
    ['has an id in its labels', { name: 'Phish', labels: ['attack.t1566'] }],
    ["has a phase of ATT&CK's kill chain", { name: 'Phish', kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'x' }] }],
    ['has the id under a source that is not ATT&CK', { name: 'Phish', ...reference('Vendor', 'T1566') }],
    ['has an id that is none', { name: 'Phish', ...reference('mitre-attack', 'T15') }],
    ['has an empty id', { name: 'Phish', x_mitre_id: '' }],
  ])('%s: a warning that names it', async (_what, pattern) => {
    const { rows, diagnostics } = await read([pattern, { name: 'T1110' }])
    expect(rows.map(({ technique }) => technique.id)).toEqual(['T1110'])
    expect(diagnostics.map(({ code, severity, found, count }) => [code, severity, found, count])).toEqual([
      ['parse/unrecognised-technique', 'warning', `"${String(pattern['name'])}" (attack-pattern--${uuid(100)})`, 1],
    ])
  })

  it.each<[string, Raw]>([
    ['CAPEC', { name: 'Phishing', external_references: [
      { source_name: 'capec', external_id: 'CAPEC-98', url: 'https://capec.mitre.org/data/definitions/98.html' },
      { source_name: 'ATTACK', external_id: 'T1566', url: 'https://attack.mitre.org/wiki/Technique/T1566' },
    ] }],
    ['VERIS', { name: 'Phishing', ...reference('veris', 'action.social.variety.Phishing') }],
  ])('is an entry of %s: no mapping, whatever it refers to', async (_what, pattern) => {
    const { rows, codes } = await read([pattern])
    expect([rows.length, codes]).toEqual([0, { 'parse/not-a-mapping': 1, 'parse/no-mappings': 1 }])
  })

  it.each<[string, Raw]>([
    ['a reference', { name: 'Injection', ...reference('mitre-atlas', 'AML.T0051') }],
    ['a property', { name: 'Injection', x_mitre_id: 'AML.T0051.000' }],
    ['a name', { name: 'AML.T0051' }],
  ])('is of MITRE ATLAS by %s: an error', async (_way, pattern) => {
    const { rows, diagnostics } = await read([pattern, pattern])
    expect(rows).toEqual([])
    expect(diagnostics.map(({ code, severity, found, count }) => [code, severity, found, count]).slice(-1)).toEqual([
      ['parse/other-matrix', 'error', 'MITRE ATLAS', 2],
    ])
  })

  it('of another catalogue with ids of the same form stays one of that catalogue', async () => {
    const { rows, codes } = await read([{ name: 'Theirs', ...reference('DISARM', 'T0023'), x_mitre_id: 'T0023' }])
    expect([rows.length, codes]).toEqual([0, { 'parse/unrecognised-technique': 1, 'parse/no-mappings': 1 }])
  })
})

describe('a control', () => {
  it.each<[string, Raw, string, string]>([
    ['of ATT&CK by its source', { ...reference('MITRE ATT&CK', 'm1032') }, 'M1032', 'attack-mitigations'],
    ['of ATT&CK by the property of OpenCTI', { x_mitre_id: 'M1032' }, 'M1032', 'attack-mitigations'],
    ['of ATT&CK by its page', { external_references: [{ source_name: 'see', url: 'https://attack.mitre.org/mitigations/M1032/' }] }, 'M1032', 'attack-mitigations'],
    ['with an id in the property of OpenCTI', { x_mitre_id: 'AC-2' }, 'AC-2', 'unknown'],
  ])('%s', async (_what, more, id, framework) => {
    const { sets } = await read([{ name: 'T1110' }], { type: 'course-of-action', id: `course-of-action--${uuid(1)}`, name: 'Harden', ...more })
    expect(sets.map((set) => [set.framework.id, [...set.capabilities.values()].map((one) => [one.id, one.name])])).toEqual([[framework, [[id, 'Harden']]]])
  })

  it.each([
    [['patch-browsers', 'segment_networks']],
    [['waf', 'mfa', 'edr']],
    [['backup', 'patching', 'logging', 'aws_config']],
  ])('with a short name is none of AWS, Azure or GCP: %j', async (names) => {
    const controls = names.map((name, index) => ({ type: 'course-of-action', id: `course-of-action--${uuid(10 + index)}`, name }))
    const technique = { type: 'attack-pattern', id: `attack-pattern--${uuid(2)}`, name: 'T1203' }
    const relationships = controls.map(({ id }, index) => ({
      type: 'relationship', id: `relationship--${uuid(20 + index)}`, relationship_type: 'mitigates', source_ref: id, target_ref: technique.id,
    }))
    const objects = [...controls, technique, ...relationships]
    const { sets, diagnostics } = await readDocument(stixBundle, { type: 'bundle', id: 'bundle--1', objects }, { attack })
    const frameworks = new Map(sets.flatMap(({ framework, mappings }) => mappings.map((row) => ['capability' in row ? row.capability.id : '', framework.id])))
    expect([...frameworks].filter(([id]) => id !== 'aws_config').map(([, framework]) => framework)).toEqual(names.filter((id) => id !== 'aws_config').map(() => 'unknown'))
    expect(diagnostics.filter(({ code }) => code === 'parse/unknown-framework')).toHaveLength(1)
  })
})
