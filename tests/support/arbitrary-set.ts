import * as fc from 'fast-check'
import { createMappingSet, type ResolvedSet } from '../../src/model/mapping-set.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { Origin } from '../../src/model/origin.js'

// Few different values, so that pairs repeat and ids clash; some that formats trip over.
const odd = ['__proto__', 'mitre-attack', 'cve', 'CVE-2021-44228', 'AC-2', 'É "x" <y>\n&\u0000']
const trap = fc.constantFrom('a', 'A', 'b', ...odd)
const text = fc.oneof({ weight: 4, arbitrary: trap }, { weight: 1, arbitrary: fc.string({ minLength: 1, unit: 'binary' }) })
const techniqueId = fc.oneof(fc.constantFrom('T1190', 'T1553.002', 'T1066', 'T1108', 'T9999'), text)
const count = fc.integer({ min: 1, max: 9 })

const origin: fc.Arbitrary<Origin> = fc.record({
  document: text,
  place: fc.oneof(
    fc.record({ kind: fc.constant('file' as const) }),
    fc.record({ kind: fc.constant('text' as const), line: count, column: count }),
    fc.record({ kind: fc.constant('cell' as const), sheet: text, cell: fc.constant('B2') }),
    fc.record({ kind: fc.constant('pointer' as const), pointer: fc.constantFrom('', '/a/0') }),
    fc.record({ kind: fc.constant('pointer' as const), pointer: fc.constantFrom('', '/a/0'), line: count, column: count }),
  ),
})

const person = notEmpty(fc.record({ name: text, contact: text, organization: text }, { requiredKeys: [] }))
const score = notEmpty(fc.record(
  { category: fc.oneof(fc.constantFrom('protect', 'detect', 'respond'), text), value: text, related: text },
  { requiredKeys: [] },
))
const release = notEmpty(fc.record(
  { attackVersion: text, domain: text, framework: text, frameworkVersion: text },
  { requiredKeys: [] },
))
const review = notEmpty(fc.record(
  { verdict: fc.oneof(fc.constantFrom('agreed', 'disagreed'), text), initials: text, remark: text },
  { requiredKeys: [] },
))
const common = {
  origins: fc.array(origin, { minLength: 1, maxLength: 2 }),
  relation: fc.oneof(fc.constantFrom('exploitation_technique', 'technique_scores'), text),
  group: text,
  score,
  comments: text,
  references: fc.array(fc.oneof(fc.webUrl(), text), { minLength: 1, maxLength: 3 }),
  status: fc.constantFrom('complete' as const, 'in_progress' as const, 'non_mappable' as const),
  author: person,
  release,
  review,
  completed: fc.array(fc.record({ field: text, from: origin }), { minLength: 1, maxLength: 2 }),
}
const capability = fc.record({ id: text, description: text }, { requiredKeys: ['id'] })
const technique = fc.record({ id: techniqueId, name: text }, { requiredKeys: ['id'] })

const mapped: fc.Arbitrary<Mapping> = fc.record(
  { kind: fc.constant('mapped' as const), ...common, capability, technique },
  { requiredKeys: ['kind', 'origins', 'capability', 'technique'] },
)
const unmappedCapability: fc.Arbitrary<Mapping> = fc.record(
  { kind: fc.constant('unmapped-capability' as const), ...common, capability },
  { requiredKeys: ['kind', 'origins', 'capability'] },
)
const unmappedTechnique: fc.Arbitrary<Mapping> = fc.record(
  { kind: fc.constant('unmapped-technique' as const), ...common, technique },
  { requiredKeys: ['kind', 'origins', 'technique'] },
)
const row = fc.oneof({ weight: 4, arbitrary: mapped }, unmappedCapability, unmappedTechnique)

const day = fc.constantFrom('2021-09-21', '2024-12-11', '2024-02-30')
const described = fc.record({ id: text, name: text, description: text }, { requiredKeys: ['id', 'name'] })

const framework = fc.record(
  { id: fc.oneof(fc.constantFrom('aws', 'veris', 'kev', 'nist_800_53'), text), name: text, version: text },
  { requiredKeys: ['id', 'name'] },
)
const attack = fc.record(
  { domain: fc.constantFrom('enterprise' as const, 'mobile' as const), version: fc.constantFrom('16.1', '99') },
  { requiredKeys: ['domain'] },
)
const about = fc.record(
  { mappingVersion: text, name: text, contact: text, organization: text, created: day, modified: day, versionSchema: text },
  { requiredKeys: [] },
)
const source = fc.record({ name: text, sha256: fc.constant('ab'.repeat(32)), parser: text, rows: fc.nat(9) })

/** Mapping sets of every shape that the model allows, with text that formats trip over. */
export const arbitrarySet: fc.Arbitrary<ResolvedSet> = fc
  .record({
    framework,
    attack,
    about,
    relations: fc.array(described, { maxLength: 2 }),
    groups: fc.array(described, { maxLength: 2 }),
    capabilities: fc.array(fc.record({ id: text, name: text, description: text }, { requiredKeys: ['id'] }), { maxLength: 3 }),
    mappings: fc.array(row, { maxLength: 8 }),
    sources: fc.array(source, { maxLength: 2 }),
  })
  .map((draft): ResolvedSet => {
    // fast-check leaves some objects without a prototype; no parser does.
    const plain = structuredClone(draft)
    return Object.assign(createMappingSet(plain), { attack: plain.attack })
  })

function notEmpty<Shape extends object>(records: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  return records.filter((record) => Object.keys(record).length > 0)
}
