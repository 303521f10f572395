import { createMappingSet, type ResolvedSet } from '../../src/model/mapping-set.js'
import { originAt } from './sample-sets.js'

/** Texts that spreadsheets, XML and CSV are known to stumble over, one a row. */
export const hostileTexts: readonly string[] = [
  '=HYPERLINK("https://example.org","x")',
  '+1',
  '-1+2',
  '@SUM(A1)',
  '\ttab first',
  '#N/A',
  '#DIV/0!',
  '_x0041_ and _x000D_x0042_ are no escapes',
  'quote " comma , semicolon ; pipe |',
  'one\ntwo\n\nfour',
  ' spaces around ',
  '</t></si><script>alert(1)</script>&amp;&#0;]]>',
  '\u202Eright to left\u202C',
  'emoji 🧑‍💻 and a combining e\u0301',
  'TRUE',
  '00123',
  '1e5',
  '2024-12-31',
  '\'quoted',
]

/** Texts that a cell can't hold as they are. */
export const unfitTexts: readonly string[] = [
  'null \u0000 bell \u0007 noncharacters \uFFFE\uFFFF',
  'lone \uD800 high and \uDC00 low',
  'carriage\r\nreturns\r',
  'long '.repeat(8000),
  `${'x'.repeat(32_766)}😀`,
]

/** A set whose rows hold the texts in every field that a document fills. */
export function hostileSet(texts: readonly string[]): ResolvedSet {
  const set = createMappingSet({
    framework: { id: 'hostile', name: 'Hostile & <co>', version: '1/2"3' },
    attack: { domain: 'enterprise', version: '16.1' },
    about: { organization: '=1+1' },
    mappings: texts.map((text, index) => ({
      kind: 'mapped',
      origins: [originAt(index + 1, `folder/${text.slice(0, 40)}.txt`)],
      capability: { id: text, description: text },
      technique: { id: 'T1190', name: text },
      relation: text,
      group: text,
      score: { category: text, value: text, related: text },
      comments: text,
      references: ['https://example.org/a?b=c&d="e"', text],
      status: 'complete',
    })),
    sources: [{ name: 'sample.txt', sha256: 'b'.repeat(64), parser: 'text-page', rows: texts.length }],
  })
  return { ...set, attack: { domain: 'enterprise', version: '16.1' } }
}
