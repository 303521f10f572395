import { describe, expect, it } from 'vitest'
import { validateValue } from './validate-file.js'

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
const dates = { created: '2024-01-01T00:00:00.000Z', modified: '2024-01-02T00:00:00.000Z', spec_version: '2.1' }
/** The official id of T1553.002. */
const official = 'attack-pattern--32901740-b42c-4fdd-bc02-345b5dc57082'

const control = { type: 'course-of-action', id: `course-of-action--${uuid(1)}`, ...dates, name: 'A control' }
const technique = {
  type: 'attack-pattern', id: official, ...dates, name: 'Code Signing',
  external_references: [{ source_name: 'mitre-attack', external_id: 'T1553.002' }],
}
const link = {
  type: 'relationship', id: `relationship--${uuid(3)}`, ...dates, relationship_type: 'mitigates', source_ref: control.id,
    target_ref: technique.id,
}

function bundleOf(...objects: readonly unknown[]) {
  return { type: 'bundle', id: `bundle--${uuid(9)}`, objects }
}

describe('a foreign STIX bundle', () => {
  it('passes when it is sound', async () => {
    expect(await validateValue(bundleOf(control, technique, link))).toEqual({ kind: 'stix-bundle', found: [] })
  })

  it('may be of STIX 2.0', async () => {
    const { spec_version: _, ...old } = control
    expect((await validateValue({ ...bundleOf(old), spec_version: '2.0' })).found).toEqual([])
    expect((await validateValue(bundleOf(old))).found).toEqual(['verify/schema /objects/0'])
  })

  it.each([
    ['an id that is none', { ...bundleOf(control), id: 'bundle--1' }, 'verify/schema /id'],
    ['another type', { ...bundleOf(control), type: 'bunch' }, 'verify/schema /type'],
    ['objects that are no list', { ...bundleOf(), objects: {} }, 'verify/schema /objects'],
    ['no objects', bundleOf(), 'verify/schema /objects'],
    ['an object that is none', bundleOf(null), 'verify/schema /objects/0'],
    ['an object without a type', bundleOf({ id: control.id }), 'verify/schema /objects/0'],
    ['an object whose id is of another type', bundleOf({ ...control, id: `malware--${uuid(1)}` }), 'verify/schema /objects/0/id'],
    ['an object whose id has no UUID', bundleOf({ ...control, id: 'course-of-action--x' }), 'verify/schema /objects/0/id'],
    ['an object without a name', bundleOf({ ...control, name: undefined }), 'verify/schema /objects/0'],
    ['a local time', bundleOf({ ...control, created: '2024-01-01T00:00:00+01:00' }), 'verify/schema /objects/0/created'],
    ['a time that is none', bundleOf({ ...control, created: '2024-13-01T00:00:00Z' }), 'verify/schema /objects/0/created'],
    ['modification before creation', bundleOf({ ...control, modified: '2023-01-01T00:00:00.000Z' }),
      'verify/meaning /objects/0/modified'],
    ['a relationship without a target', bundleOf(control, { ...link, target_ref: undefined }), 'verify/schema /objects/1'],
    ['an object that stands twice', bundleOf(control, control), 'verify/doubtful /objects/1/id'],
    ['a reference that leads nowhere', bundleOf(control, link), 'verify/reference /objects/1/target_ref'],
    ['a list of references that lead nowhere', bundleOf({ ...control, object_marking_refs: [`marking-definition--${uuid(7)}`] }),
      'verify/reference /objects/0/object_marking_refs/0'],
    ['a technique under another id', bundleOf({ ...technique, id: `attack-pattern--${uuid(5)}` }),
      'verify/doubtful /objects/0/id'],
  ])('is found to have %s', async (_what, bundle, found) => {
    expect(await validateValue(bundle)).toEqual({ kind: 'stix-bundle', found: [found] })
  })

  it('may have two versions of an object, and refer to predefined markings', async () => {
    const later = { ...control, modified: '2024-06-01T00:00:00.000Z',
      object_marking_refs: ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'] }
    expect((await validateValue(bundleOf(control, later))).found).toEqual([])
  })

  it('may use names that JavaScript knows', async () => {
    expect((await validateValue(bundleOf({ ...control, id: '__proto__' }))).found).toEqual(['verify/schema /objects/0/id'])
  })
})
