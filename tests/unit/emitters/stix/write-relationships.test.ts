import { type Arbitrary, array, assert, constantFrom, oneof, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionKey } from '../../../../src/emitters/stix/preamble-objects.js'
import type { Relationship, RowRecord } from '../../../../src/emitters/stix/stix-object.js'
import { createRelationshipWriter } from '../../../../src/emitters/stix/write-relationships.js'

const text = option(constantFrom('', 'a', 'b', 'a "quoted"\nline', '\\', '\uD800', '𝟙', '\u2028', 'null'), { nil: undefined })
const list = option(array(constantFrom('a', 'b', '"'), { maxLength: 3 }), { nil: undefined })
const id = constantFrom('identity--1', 'identity--2')

const usual = {
  capability_id: text, capability_description: text, attack_object_id: text, attack_object_name: text, mapping_type: text, capability_group: text,
  score_category: text, score_value: text, related_score: text, comments: text, references: list, status: constantFrom('complete' as const, undefined),
}
const rare = {
  author: text, author_contact: text, author_organization: text, attack_version: text, technology_domain: text, mapping_framework: text,
  mapping_framework_version: text, auditor_verdict: text, auditor_initials: text, auditor_remark: text,
  completed: constantFrom(undefined, [{ field: 'score', document: 'a.json' }]),
}
/** A property that is new in rows is tried here, too, or this does not compile: one that is not written would be lost. */
const all: { readonly [Name in keyof Required<RowRecord>]: Arbitrary<RowRecord[Name]> } = { ...usual, ...rare }
const oneOfRare = oneof(...Object.entries(rare).map(([name, values]) => values.map((value) => ({ [name]: value }))))
const row: Arbitrary<RowRecord> = oneof(record(usual), record(all), record({ usual: record(usual), rare: oneOfRare }).map((both) => ({ ...both.usual, ...both.rare })))
const rows = array(row, { maxLength: 3 })

const relationship = record({
  id, created_by_ref: option(id, { nil: undefined }), created: constantFrom('2024-01-01', '2025-01-01'), modified: constantFrom('2024-01-01', '2025-01-01'),
  relationship_type: constantFrom('mitigates', 'related-to'), description: text, source_ref: id, target_ref: id, labels: list,
  external_references: option(array(record({ source_name: constantFrom('a', '"') }), { maxLength: 2 }), { nil: undefined }),
  object_marking_refs: array(id, { maxLength: 2 }), rows: option(rows, { nil: undefined }), revoked: option(constantFrom(true), { freq: 5, nil: undefined }),
}).map(({ rows: listed, revoked, created_by_ref: author, ...rest }): Relationship => ({
  type: 'relationship',
  spec_version: '2.1',
  id: rest.id,
  ...(author !== undefined && { created_by_ref: author }),
  created: rest.created,
  modified: rest.modified,
  ...(revoked !== undefined && { revoked }),
  relationship_type: rest.relationship_type,
  description: rest.description,
  source_ref: rest.source_ref,
  target_ref: rest.target_ref,
  labels: rest.labels,
  external_references: rest.external_references,
  object_marking_refs: rest.object_marking_refs,
  extensions: listed && { [extensionKey]: { extension_type: 'property-extension', rows: listed } },
}))

describe('a writer of relationships', () => {
  it('writes what JSON.stringify does, whatever it has written before', () => {
    assert(property(array(relationship, { maxLength: 10 }), (each) => {
      const write = createRelationshipWriter()
      expect(each.map(write)).toEqual(each.map((one) => JSON.stringify(one)))
    }))
  })
})
