import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameworks } from '../../src/frameworks/frameworks.js'
import { headers, readTextPage } from '../support/read-text-page.js'

const word = fc.constantFrom('T1059', 'T1059.001', 'mitigates', 'None', 'protect', 'action.malware.variety.', 'a_', '(')

/** Lines that mean something to the reader, mixed with lines that mean nothing. */
const line = fc.oneof(
  fc.constantFrom(
    '', '', 'Comments', 'References', 'Home', 'Mappings', 'All Mappings', 'VERIS Mappings', 'Capabilities',
    'Non-Mappable Capabilities',
    'T1078 Valid Accounts', 'AWS aws_rds', 'ATT&CK Version16.1', 'Change Versions', ...Object.values(headers),
    'Capability ID Capability Description', 'Capability ID Capability Name Number of Mappings', 'aws_rds AWS RDS 4',
    'ID Capability Group Name Number of Mappings Number of Capabilities', 'AC Access Control 4 2',
    'AC-2 Account Management Protects T1078 Valid Accounts', 'aws_rds AWS RDS protect partial T1040 Network Sniffing',
    'None None None None None', 'T1078', 'T1078 T1078 T1078', '__proto__ constructor mitigates T1078 toString',
  ),
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

describe('reading a text page', () => {
  it('never throws and always gives places, whatever the text', async () => {
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.boolean(), async (lines, stated) => {
      const { rows, diagnostics } = await readTextPage(lines.join('\n'), stated ? { statements: { framework: 'x' } } : {})
      const origins = [...rows.flatMap((row) => row.origins), ...diagnostics.flatMap(({ origin }) => origin ?? [])]
      const odd = origins.filter(({ place }) => place.kind === 'text' && (place.line < 1 || place.column < 1))
      const empty = rows.filter((row) => row.comments === '' || row.references?.length === 0
        || (row.kind !== 'unmapped-technique' && row.capability.id === ''))
      expect(odd).toEqual([])
      expect(empty).toEqual([])
    }), { numRuns: 400 })
  })

  it('never throws on bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      expect((await readTextPage(bytes)).rows).toEqual([])
    }), { numRuns: 200 })
  })

  it('gives as many rows as stand there, or reports the others', async () => {
    const good = fc.tuple(
      fc.constantFrom('AC-2', 'AC-02', 'ZZ-9', 'word'),
      fc.constantFrom('', ' Account Management', ' A name with T1059 in it'),
      fc.constantFrom('mitigates', 'Protects', 'related-to', 'Technique Scores', 'hampers'),
      fc.constantFrom('T1078', 'T1078.004'),
      fc.constantFrom('', ' Valid Accounts'),
    ).map(([id, description, relation, technique, name]) => `${id}${description} ${relation} ${technique}${name}`)
    const broken = fc.constantFrom('AC-3 Access Enf', 'AC-2 Account Management Protects T10', 'SI-4')
    const note = fc.constantFrom('', '\nComments\nSaid of it.\nReferences', '\nComments\nReferences\nhttps://example.org/')
    const entry = fc.tuple(fc.oneof({ weight: 4, arbitrary: good }, broken), note).map((parts) => parts.join(''))
    await fc.assert(fc.asyncProperty(fc.array(entry, { minLength: 1 }), async (entries) => {
      const page = `X\n\nNIST 800-53 Mappings\n\n${headers.relationNotes}\n${entries.join('\n')}`
      const { rows, diagnostics } = await readTextPage(page)
      // A row whose technique's name breaks off is told too, but it is a row.
      const left = diagnostics.filter(({ code, found }) => (
        code === 'parse/unreadable-row' || (code === 'parse/truncated' && !found?.includes(' T1078'))
      ))
      expect(rows.length + left.length).toBe(entries.length)
    }), { numRuns: 300 })
  })

  it('takes linear time on hostile lines', async () => {
    const many = 50_000
    const texts = [
      `${headers.relation}\n${'T1059 '.repeat(many)}`,
      `${headers.score}\n${'protect partial T1059 '.repeat(many)}`,
      `${headers.relationNotes}\n${'AC-2 x mitigates T1059 y\nComments\n'.repeat(many)}`,
      `${headers.relationNotes}\n${'AC-2 x mitigates T1059 y\n\nComments\n\nz\n\n'.repeat(many)}`,
      `${headers.relation}\n\n`.repeat(many),
      `${'VERIS Mappings\n\n'.repeat(many)}${headers.relation}`,
      `${headers.relation}\naction.malware.variety.${'word '.repeat(many)}related-to T1059`,
      `${'ATT&CK Version1.1\n'.repeat(many)}${headers.relation}`,
      `Home\n${'Capability ID '.repeat(many)}`,
    ]
    for (const text of texts) {
      const start = performance.now()
      await readTextPage(text)
      expect(performance.now() - start).toBeLessThan(10_000)
    }
  })

  it('knows no document text by the names of JavaScript', async () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      const { sets } = await readTextPage(`${id} Mappings\n\n${headers.relation}\n${id} A thing mitigates T1078 Valid Accounts`)
      expect(sets).toHaveLength(1)
      expect(sets[0]?.mappings).toHaveLength(1)
    }
    expect(frameworks.every((framework) => framework.id !== '__proto__')).toBe(true)
  })
})
