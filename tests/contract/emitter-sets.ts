import { createMappingSet, type ResolvedSet } from '../../src/model/mapping-set.js'
import type { Mapping } from '../../src/model/mapping.js'
import { toWellFormed } from '../../src/model/text.js'
import { originAt, sampleSet } from '../support/sample-sets.js'

/** Text that has broken some format or reader. Every field of a model may hold it. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'markup': '</script><script>alert(1)</script><!--]]>&amp;"\'`',
  'a formula': '=1+1',
  'a command': '@SUM(1+1)*cmd|\' /C calc\'!A0',
  'a signed formula': '-2+3+HYPERLINK("https://example.org","x")',
  'marks that turn text round': '\u202eevil\u2066 \u200f\u200b text',
  'noncharacters': 'a\ufffeb\uffffc',
  'halves of surrogate pairs': 'a\ud800b \udc00\ud800',
  'control characters': 'a\u0000b\u001b[31mc\u0007\u0085\r\nd',
  '40,000 characters': `long ${'word '.repeat(7999)}`,
  'emoji and combining marks': '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} e\u0301 \u{1f600}',
  'names of object fields': '__proto__',
  'a path': '../../etc/passwd',
  'an escape of spreadsheets': '_x000D_ _x0041_',
  'template syntax': '${x} {{x}} <%= x %> %s %n',
}

/** A set with a text in every field that takes free text, in rows of all three kinds; without lone surrogates, as rules leave sets. */
export function hostileSet(text: string): ResolvedSet {
  const fields = { relation: text, group: text, comments: text, references: [text, 'https://example.org/a'] }
  const mappings: Mapping[] = [
    {
      kind: 'mapped',
      origins: [originAt(1), originAt(1, text)],
      capability: { id: text, description: text },
      technique: { id: 'T1190', name: text },
      score: { category: text, value: text, related: text },
      author: { name: text, contact: text, organization: text },
      release: { attackVersion: text, domain: text, framework: text, frameworkVersion: text },
      review: { verdict: text, initials: text, remark: text },
      status: 'complete',
      ...fields,
    },
    { kind: 'mapped', origins: [originAt(2)], capability: { id: 'plain' }, technique: { id: text }, ...fields },
    { kind: 'unmapped-capability', origins: [originAt(3)], capability: { id: text }, status: 'non_mappable', ...fields },
    { kind: 'unmapped-technique', origins: [originAt(4)], technique: { id: 'T1553', name: text }, ...fields },
  ]
  const set = createMappingSet({
    framework: { id: 'hostile', name: text, version: text },
    about: { mappingVersion: text, name: text, contact: text, organization: text, versionSchema: text },
    relations: [{ id: text, name: text, description: text }],
    groups: [{ id: text, name: text, description: text }],
    capabilities: [{ id: text, name: text, description: text }],
    mappings,
    sources: [{ name: text, sha256: 'b'.repeat(64), parser: 'text-page', rows: 4 }],
  })
  return toWellFormed<ResolvedSet>({ ...set, attack: { domain: 'enterprise', version: '16.1' } }).value
}

/** A set without any row, as a page with headings alone gives. */
export function emptySet(): ResolvedSet {
  const set = createMappingSet({ framework: { id: 'empty', name: 'Empty' }, mappings: [], sources: [] })
  return { ...set, attack: { domain: 'enterprise' } }
}

/** The sample set without its mapped rows: nothing of it may become a technique that is mapped. */
export function unmappedSet(): ResolvedSet {
  const set = sampleSet()
  return { ...set, mappings: set.mappings.filter(({ kind }) => kind !== 'mapped') }
}

/** Rows of techniques that the release has withdrawn or never had, beside one that is fine. */
export function withdrawnSet(): ResolvedSet {
  const mappings = ['T1190', 'T1066', 'T1108', 'T9999', 'TA0001'].map((id, index): Mapping => ({
    kind: 'mapped', origins: [originAt(index + 1)], capability: { id: 'AC-2', description: 'Account Management' }, technique: { id }, relation: 'mitigates',
  }))
  const set = createMappingSet({
    framework: { id: 'nist_800_53', name: 'NIST 800-53', version: 'rev5' },
    mappings,
    sources: [{ name: 'withdrawn.txt', sha256: 'c'.repeat(64), parser: 'text-page', rows: mappings.length }],
  })
  return { ...set, attack: { domain: 'enterprise', version: '16.1' } }
}

/** Many rows, each with a comment and a reference of its own. */
export function largeSet(rows: number): ResolvedSet {
  const mappings = Array.from({ length: rows }, (_, index): Mapping => ({
    kind: 'mapped',
    origins: [originAt(index + 1, 'large.txt')],
    capability: { id: `capability-${index % 97}`, description: `Capability ${index % 97}` },
    technique: { id: index % 2 === 0 ? 'T1190' : 'T1553.002' },
    comments: `Comment ${index}`,
    references: [`https://example.org/${index}`],
  }))
  const set = createMappingSet({
    framework: { id: 'large', name: 'Large' }, mappings, sources: [{ name: 'large.txt', sha256: 'd'.repeat(64), parser: 'text-page', rows }],
  })
  return { ...set, attack: { domain: 'enterprise', version: '16.1' } }
}
