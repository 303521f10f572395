import { describe, expect, it } from 'vitest'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'
import { isAllowedInOpencti } from '../../../src/validation/stix/platforms/opencti.js'
import type { PlatformId } from '../../../src/validation/stix/platforms/platforms.js'

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
const dates = { created: '2024-01-01T00:00:00.000Z', modified: '2024-01-02T00:00:00.000Z', spec_version: '2.1' }

type Raw = Readonly<Record<string, unknown>>

function made(type: string, nth: number, more: Raw = {}): Raw & { readonly id: string } {
  return { type, id: `${type}--${uuid(nth)}`, ...dates, ...more }
}

async function validateFor(platform: PlatformId, ...objects: readonly Raw[]): Promise<readonly string[]> {
  const text = JSON.stringify({ type: 'bundle', id: `bundle--${uuid(9)}`, objects })
  const { files } = await validate({ inputs: ['b.json'], platforms: [platform] }, createMemoryHost({ 'b.json': text }))
  return (files[0]?.diagnostics ?? []).filter(({ code }) => code.startsWith('verify/platform')).map(({ code, message, origin, count }) => {
    const pointer = origin?.place.kind === 'pointer' ? origin.place.pointer : ''
    return `${code} ${pointer}: ${message.replace(/^[\w-]+--[\w-]{36}: /, '')}${count === undefined ? '' : ` (${count})`}`
  })
}

const control = made('course-of-action', 1, { name: 'A control' })
const technique = made('attack-pattern', 2, { name: 'A technique', external_references: [{ source_name: 'mitre-attack', external_id: 'T9999' }] })

function link(nth: number, source: Raw, name: string, target: Raw, more: Raw = {}) {
  return made('relationship', nth, { relationship_type: name, source_ref: source['id'], target_ref: target['id'], ...more })
}

describe('--for opencti', () => {
  it('reports nothing that OpenCTI keeps', async () => {
    expect(await validateFor('opencti', control, technique, link(3, control, 'mitigates', technique))).toEqual([])
  })

  it.each([
    ['a type that it does not import', [made('x-mitre-tactic', 4, { name: 'x' })], ['verify/platform /objects/0/type: OpenCTI does not import objects of this type']],
    ['a relationship whose end is missing', [control, link(3, control, 'mitigates', technique)],
      ['verify/platform /objects/1/target_ref: OpenCTI drops the relationship unless it already has its target_ref, which is not in the bundle']],
    ['a relationship to what it does not import', [control, made('x-mitre-tactic', 4, { name: 'x' }), link(3, control, 'related-to', { id: `x-mitre-tactic--${uuid(4)}` })],
      ['verify/platform /objects/2/target_ref: OpenCTI drops a relationship whose target_ref is of a type that it does not import',
        'verify/platform /objects/1/type: OpenCTI does not import objects of this type']],
    ['a kind of relationship that it refuses', [control, technique, link(3, technique, 'mitigates', control)],
      ['verify/platform /objects/2/relationship_type: OpenCTI rejects relationships of this type between these types of objects']],
    ['the same relationship twice', [control, technique, link(3, control, 'mitigates', technique), link(4, control, 'mitigates', technique)],
      ['verify/platform /objects/3: OpenCTI merges it with another object, which has the same type, source, target and times']],
    ['one name twice', [control, { ...control, id: `course-of-action--${uuid(5)}`, name: ' A CONTROL' }],
      ['verify/platform /objects/1/name: OpenCTI merges it with another object, which has the same type and name']],
    ['one id of MITRE twice', [technique, { ...technique, id: `attack-pattern--${uuid(5)}`, name: 'Other' }],
      ['verify/platform /objects/1/external_references: OpenCTI merges it with another object, which has the same type and MITRE id']],
    ['a reference with nothing to know it by', [{ ...control, external_references: [{ source_name: 'x', description: 'y' }] }],
      ['verify/platform /objects/0/external_references/0: OpenCTI drops an external reference that has neither a url nor an external_id']],
    ['one url of two references', [{ ...control, external_references: ['a', 'b'].map((name) => ({ source_name: name, url: 'https://example.org' })) }],
      ['verify/platform /objects/0/external_references/1/url: OpenCTI merges external references with the same url; source_name and external_id of one of them are lost']],
    ['a date in a relationship\'s reference',
      [control, technique, link(3, control, 'mitigates', technique, { external_references: [{ source_name: 'x', url: 'https://example.org/', description: 'Retrieved June 4, 2019.' }] })],
      ['verify/platform /objects/2/external_references/0: OpenCTI uses a date in the external reference as the time of the relationship']],
    ['a sighting of no place', [technique, made('sighting', 4, { sighting_of_ref: technique.id })],
      ['verify/platform-refuses /objects/1: OpenCTI aborts the import at a sighting without where_sighted_refs']],
    ['later objects that earlier ones refer to', [link(3, control, 'mitigates', technique), control, technique],
      ['verify/platform-order /objects: 2 references to objects that come later in the bundle']],
    ['nothing of an author and the marking that the author made and bears, of which neither can be the later one', [
      made('identity', 4, { name: 'x', identity_class: 'organization', object_marking_refs: [`marking-definition--${uuid(5)}`] }),
      {
        type: 'marking-definition', spec_version: '2.1', id: `marking-definition--${uuid(5)}`, created: dates.created,
        created_by_ref: `identity--${uuid(4)}`, definition_type: 'statement', definition: { statement: 'x' },
      },
    ], []],
  ])('reports %s', async (_what, objects, found) => {
    expect(await validateFor('opencti', ...objects)).toEqual(found)
  })

  it('does not know relationships of types that are not in its table', () => {
    expect(isAllowedInOpencti('x-thing', 'uses', 'malware')).toBeUndefined()
    expect(isAllowedInOpencti('constructor', 'uses', 'malware')).toBeUndefined()
    expect(isAllowedInOpencti('indicator', 'based-on', 'url')).toBe(true)
    expect(isAllowedInOpencti('course-of-action', 'constructor', 'url')).toBe(false)
  })
})

describe('--for misp', () => {
  it.each([
    ['a type that it does not import', [made('infrastructure', 4, { name: 'x' })], ['verify/platform /objects/0/type: MISP does not import objects of this type']],
    ['what a relationship says', [control, technique, link(3, control, 'mitigates', technique, { description: 'x', labels: ['y'] })],
      ['verify/platform /objects/2: MISP keeps only the type, source and target of a relationship, and drops its other properties']],
    ['what relationships say, once', [control, technique, ...[3, 4].map((nth) => link(nth, control, 'mitigates', technique, { description: 'x', start_time: `200${nth}-01-01T00:00:00Z` }))],
      ['verify/platform /objects/2: MISP keeps only the type, source and target of a relationship, and drops its other properties (2)']],
    ['what no grouping refers to', [control, technique, made('grouping', 4, { context: 'unspecified', object_refs: [control.id] })],
      ['verify/platform /objects/1: MISP skips objects that no grouping or report in the bundle refers to']],
    ['a missing end', [control, link(3, control, 'mitigates', technique)],
      ['verify/platform /objects/1/target_ref: MISP drops a relationship whose target_ref is not in the bundle']],
  ])('reports %s', async (_what, objects, found) => {
    expect(await validateFor('misp', ...objects)).toEqual(found)
  })
})
