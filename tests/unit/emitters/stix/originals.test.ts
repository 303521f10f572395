import { describe, expect, it } from 'vitest'
import type { AttackIndex } from '../../../../src/attack/attack-index.js'
import { loadAttack } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { mitreIdentityObject, mitreMarkingObject } from '../../../../src/emitters/stix/preamble-objects.js'
import { stixOptions } from '../../../../src/emitters/stix/stix.js'
import { stixBundle } from '../../../../src/parsers/stix-bundle/stix-bundle.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { rawBundle, rawTechnique, stixId, type RawObject } from '../../../support/attack-bundles.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { objectsOf } from '../../../support/bundle-objects.js'
import { unresolvedReferences } from '../../../support/bundle-references.js'
import { readDocument, withoutDocument } from '../../../support/read-document.js'
import { createSet, mapped } from '../../../support/small-set.js'

const identity: RawObject = {
  type: 'identity',
  spec_version: '2.1',
  id: stixId('identity', 1),
  created: '2019-01-01T00:00:00.000Z',
  modified: '2019-01-01T00:00:00.000Z',
  name: 'Made-up ATT&CK',
  description: '',
  identity_class: 'organization',
  object_marking_refs: [stixId('marking-definition', 2)],
  x_mitre_attack_spec_version: '3.0.0',
}
const editor: RawObject = { ...identity, id: stixId('identity', 3), name: 'An editor' }
const marking: RawObject = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: stixId('marking-definition', 2),
  created: '2019-01-01T00:00:00Z',
  created_by_ref: stixId('identity', 1),
  definition_type: 'statement',
  definition: { statement: 'Made up.' },
  x_mitre_attack_spec_version: '3.0.0',
}

/** A technique as MITRE's bundles have it. */
function original(id: string, more: RawObject = {}): RawObject {
  return rawTechnique({
    id,
    more: {
      spec_version: '2.1',
      description: `All about ${id}. (Citation: Someone 2020)`,
      kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'impact' }],
      created_by_ref: identity['id'],
      object_marking_refs: [marking['id']],
      x_mitre_modified_by_ref: editor['id'],
      x_mitre_platforms: ['Linux', 'Windows'],
      x_mitre_is_subtechnique: false,
      x_mitre_version: '1.2',
      revoked: false,
      ...more,
    },
  })
}

/** The shipped index with a made-up release beside it, as `--attack` gives it. */
async function indexWith(objects: readonly RawObject[], version = '99.0'): Promise<AttackIndex> {
  const bytes = new TextEncoder().encode(JSON.stringify(rawBundle(version, objects), undefined, 2))
  const file = { name: 'bundle.json', path: 'bundle.json', bytes, sha256: 'c'.repeat(64) }
  return loadAttack({ attackBundle: file }, createDiagnosticLog().report)
}

/** A set of a release of ATT&CK. */
function setOf(version: string, ...techniques: readonly string[]): ResolvedSet {
  const rows = techniques.map((technique, index) => mapped(`AC-${index}`, technique))
  return { ...createSet({ rows, about: { created: '2024-01-01' } }), attack: { domain: 'enterprise', version } }
}

const set = setOf('99.0', 'T1991', 'T1990')
const whole = [original('T1990'), original('T1991'), original('T1992'), editor, marking, identity]

describe('techniques of the bundle that --attack names', () => {
  it.each(stixOptions['stix-profile'].values)('stand in the bundle word for word, with whom they belong to: %s', async (profile) => {
    const attack = await indexWith(whole)
    const { bundle, log } = await buildTestBundle(set, { 'stix-profile': profile }, attack)
    const theirs = bundle.objects.filter(({ id }) => whole.some((object) => object['id'] === id))
    const expected = [identity, editor, marking, original('T1991'), original('T1990')]
    expect(textsOf(theirs)).toEqual(profile === 'attack-present' ? [] : textsOf(expected))
    expect(bundle.objects.map(({ id }) => id)).not.toContain(mitreIdentityObject.id)
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(profile === 'attack-present' ? [] : unresolvedReferences(bundle)).toEqual([])
    expect(log.entries.filter(({ code }) => code === 'emit/technique-rebuilt')).toEqual([])
  })

  it('are read back, and the set is equal', async () => {
    const attack = await indexWith(whole)
    const { text } = await buildTestBundle(set, {}, attack)
    const { sets, codes } = await readDocument(stixBundle, text, { attack, name: 'back.stix.json' })
    expect(sets.map((read) => withoutDocument(read, 'back.stix.json'))).toEqual([set])
    expect(codes).toEqual({})
  })

  it('come from that release alone: others are built from the index', async () => {
    const attack = await indexWith(whole)
    const other = setOf('16.1', 'T1486')
    const { bundle } = await buildTestBundle([set, other], {}, attack)
    const impact = objectsOf(bundle, 'attack-pattern').find(({ name }) => name === 'Data Encrypted for Impact')
    expect(impact).toMatchObject({ created_by_ref: mitreIdentityObject.id })
    expect(impact).not.toHaveProperty('x_mitre_version')
    const owners = [mitreIdentityObject.id, mitreMarkingObject.id, String(identity['id'])]
    expect(bundle.objects.map(({ id }) => id)).toEqual(expect.arrayContaining(owners))
    expect(unresolvedReferences(bundle)).toEqual([])
  })

  it('refer to MITRE as it is known where the bundle lacks it', async () => {
    const [created_by_ref, object_marking_refs] = [mitreIdentityObject.id, [mitreMarkingObject.id]]
    const lone = original('T1990', { created_by_ref, object_marking_refs, x_mitre_modified_by_ref: created_by_ref })
    const { bundle, log } = await buildTestBundle(setOf('99.0', 'T1990'), {}, await indexWith([lone]))
    expect(bundle.objects).toContainEqual(lone)
    expect(unresolvedReferences(bundle)).toEqual([])
    expect(log.entries).toEqual([])
  })

  it('have the one marking of MITRE, whose years differ from release to release, and its identity if that is a later version', async () => {
    const markingOfAYear = { ...marking, id: mitreMarkingObject.id, created: mitreMarkingObject.created, definition: { statement: 'Copyright 2015-2016' } }
    const [created_by_ref, object_marking_refs] = [mitreIdentityObject.id, [mitreMarkingObject.id]]
    const technique = original('T1990', { created_by_ref, object_marking_refs, x_mitre_modified_by_ref: created_by_ref })
    const later = { ...identity, id: created_by_ref, object_marking_refs, modified: '2025-03-19T15:00:40.855Z' }
    const sameInOtherOrder = Object.fromEntries(Object.entries({ ...mitreIdentityObject }).toReversed())
    for (const [found, expected] of [[later, later], [sameInOtherOrder, mitreIdentityObject]] as const) {
      const { bundle } = await buildTestBundle([setOf('99.0', 'T1990'), setOf('16.1', 'T1486')], {}, await indexWith([technique, markingOfAYear, found]))
      expect(bundle.objects).toContainEqual(technique)
      expect(bundle.objects.filter(({ id }) => id === mitreMarkingObject.id)).toEqual([mitreMarkingObject])
      expect(textsOf(bundle.objects.filter(({ id, ...object }) => id === created_by_ref && 'modified' in object && object.modified === expected['modified'])))
        .toEqual(textsOf([expected]))
    }
  })

  it.each([
    ['is of STIX 2.0', { spec_version: undefined }],
    ['has a property that STIX lacks', { x_other: 'a' }],
    ['has a property of its own that nests', { x_mitre_deep: [[['a']]] }],
    ['has an empty list', { x_mitre_platforms: [] }],
    ['has a date that is none', { created: '2020-13-01T00:00:00.000Z' }],
    ['has a date without a time', { created: 'yesterday', modified: '2021-02-03T04:05:06Z' }],
    ['has an address that is none', { external_references: [{ source_name: 'mitre-attack', external_id: 'T1990', url: 'a b' }] }],
    ['refers to an author whom the bundle lacks', { created_by_ref: stixId('identity', 99) }],
    ['refers to an object of another type', { x_mitre_modified_by_ref: stixId('x-mitre-tactic', 5) }],
    ['has an extension', { extensions: { a: 1 } }],
    ['has a key that is no property', { ['__proto__']: 'a', x_mitre_a: 'b' }],
  ])('one that %s is built from the index, which is said', async (_what, more) => {
    const attack = await indexWith([original('T1990', more), original('T1991'), editor, marking, identity])
    const { bundle, log } = await buildTestBundle(set, {}, attack)
    expect(log.entries).toMatchObject([{ code: 'emit/technique-rebuilt', found: 'T1990', count: 1 }])
    expect(bundle.objects.find(({ id }) => id === original('T1990')['id'])).not.toHaveProperty('x_mitre_version')
    expect(bundle.objects).toContainEqual(original('T1991'))
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(unresolvedReferences(bundle)).toEqual([])
  })

  it('with an id that is none stands under one of ours', async () => {
    const attack = await indexWith([original('T1990', { id: 'attack-pattern--1' })])
    const { bundle, log } = await buildTestBundle(setOf('99.0', 'T1990'), {}, attack)
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    expect(log.entries.map(({ code }) => code)).toContain('emit/technique-stub')
  })
})

function textsOf(objects: readonly object[]): readonly string[] {
  return objects.map((object) => JSON.stringify(object))
}
