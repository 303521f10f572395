import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { CtidMetadata, CtidRow } from '../../src/emitters/ctid-document/ctid-document.js'
import { loadYamlWriter } from '../../src/emitters/ctid-document/write-yaml.js'

const seed = 20_261_129

/** Texts that mean something else in YAML, or that writers of YAML have failed at. */
const knownTexts = [
  '', ' ', 'a', ' a', 'a ', '\ta', 'a\t', 'a\tb', 'y', 'No', 'NULL', 'null', '~', 'true', 'False', 'on', 'yes', 'yes and no', 'nan', '.nan', '.inf', '-.INF',
  'off', 'Off', 'e1', 'E05', 'E-1', 'e', '0', '1', '-1', '+1', '1_000', '0x1F', '0o17', '017', '1e5', '1.5', '1:30', '190:20:30', '2001-12-14', '12/12/2024', '2001-12-14t21:59:43.10-05:00', '<<', '=',
  'a: b', 'a:b', 'a:', ':a', ': a', 'a #b', 'a#b', '#a', '-', '- a', '-a', '?', '? a', '?a', '---', '--- a', '...', '%YAML', '&a', '*a', '!a', '!!str a', '|', '>', '@a', '`a',
  '[a]', '{a}', '{a: b}', 'a, b', ', a', ']', '"', "'", '"a"', "'a'", 'a "b" \'c\': d', "it's: so", 'say "so": now', 'a\\b', 'a\\: b', 'a\\n b: c', ' \\n: ', '(a)', '(1)', 'é', 'a\u00A0', '\u00A0a',
  'a\nb', 'a\n', '\na', '\n', 'a\n\n', 'a\n\nb', 'a\n b', 'a \nb', 'a\n\tb', 'a: b\nc', 'a\n# b', 'a\n---\nb', 'a\n%b', 'a\n...', ' a\nb', 'a\r\nb', '\u2028', 'a\u2028b: c', '\u0085', 'a\u0085b',
  '\uFEFF', '\uFEFFa', '\u0000', '\u007F', '\u0001: a', '\u{1F600}', '\u{1F600}: a', 'a'.repeat(300), `${'word '.repeat(60)}: end`, 'https://example.org/?a=1&b=2#c', 'T1078.004', 'AC-1',
] as const

const anyText = fc.oneof(
  fc.constantFrom(...knownTexts), fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ maxLength: 12 }),
  fc.array(fc.constantFrom(...knownTexts, ' ', ': ', '\n', ' #'), { maxLength: 4 }).map((parts) => parts.join('')),
).filter((text) => text.isWellFormed())
const anyValue = fc.option(anyText)

const anyRow: fc.Arbitrary<CtidRow> = fc.record({
  capability_id: anyValue, capability_description: anyValue, mapping_type: anyValue, attack_object_id: anyValue, attack_object_name: anyValue,
  capability_group: anyValue, comments: anyValue, references: fc.array(anyText, { maxLength: 3 }),
})
const anyMetadata: fc.Arbitrary<CtidMetadata> = fc.record({
  mapping_version: anyText, technology_domain: fc.constant('enterprise' as const), author: anyValue, contact: anyValue, organization: anyValue,
  mapping_types: fc.dictionary(anyText, fc.record({ name: anyText, description: anyText }), { maxKeys: 2 }),
  capability_groups: fc.dictionary(anyText, anyText, { maxKeys: 3 }),
})
const anyDocuments = fc.array(fc.record({ metadata: anyMetadata, mapping_objects: fc.array(anyRow, { maxLength: 4 }) }), { maxLength: 3 })

describe('mapping files as YAML', () => {
  it('have the text that the package yaml gives for all of it', async () => {
    const write = await loadYamlWriter()
    fc.assert(
      fc.property(anyDocuments, fc.integer({ min: 1, max: 3 }), (documents, together) => {
        const pieces = [...write(documents.map(({ metadata, mapping_objects: rows }) => ({
          metadata,
          *rows() { for (let from = 0; from < rows.length; from += together) yield rows.slice(from, from + together) },
        })))]
        const [only] = documents
        const wanted = stringify(only && documents.length === 1 ? only : documents, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
        expect(pieces.map((piece) => (piece.bytes ? 'bytes' : piece.text)).join('')).toBe(wanted)
        expect(pieces.flatMap(({ items }) => items)).toEqual(documents.flatMap(({ mapping_objects: rows }) => rows))
      }),
      { seed, numRuns: 400 },
    )
  })
})
