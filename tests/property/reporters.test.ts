import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Code } from '../../src/diagnostics/catalogue.js'
import { createDiagnostic } from '../../src/diagnostics/diagnostic.js'
import { createDiagnosticsReport, reportJson } from '../../src/diagnostics/reporters/report-json.js'
import { createSarifLog, reportSarif } from '../../src/diagnostics/reporters/report-sarif.js'
import { reportText } from '../../src/diagnostics/reporters/report-text.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'

/** Anything that a document may hold, with what terminals act on more often than by chance. */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\u001b', '[', '\n', '\r', '\u202e',
  '\ud800', '攻', 'é', '"', '\\', 'm') }))
const ordinal = fc.integer({ min: 1, max: 300 })
const place = fc.oneof(
  fc.record({ kind: fc.constant('file' as const) }),
  fc.record({ kind: fc.constant('text' as const), line: ordinal, column: ordinal }),
  fc.record({ kind: fc.constant('pointer' as const), pointer: text, line: ordinal, column: ordinal },
    { requiredKeys: ['kind', 'pointer'] }),
  fc.record({ kind: fc.constant('cell' as const), sheet: text, cell: fc.constant('B2') }),
)
const codes: readonly Code[] = ['read/empty', 'parse/unreadable-row', 'check/unknown-technique', 'normalise/whitespace',
  'emit/not-representable']
const details = fc.record({
  message: fc.string({ unit: 'binary', minLength: 1 }), origin: fc.record({ document: text, place }), found: text,
    expected: text, hint: text,
  excerpt: text, subject: text, count: fc.nat(),
}, { requiredKeys: [] })
const diagnostics = fc.array(fc.tuple(fc.constantFrom(...codes), details).map(([code, some]) => createDiagnostic(code,
  some)), { maxLength: 12 })

const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

it('no report drives a terminal, and each diagnostic begins a line of its own', () => {
  fc.assert(fc.property(diagnostics, (entries) => {
    const report = reportText(entries, { verbose: true })
    expect(report.replaceAll('\n', '')).not.toMatch(harmful)
    const heads = report.split('\n').filter((line) => line !== '' && !line.startsWith('  '))
    expect(heads).toHaveLength(entries.length === 0 ? 0 : entries.length + 1)
  }), { examples: [[[createDiagnostic('read/empty', { origin: { document: '\t', place: { kind: 'file' } } })]]] })
})

it('JSON and SARIF keep every value, and drive no terminal', async () => {
  await fc.assert(fc.asyncProperty(diagnostics, async (entries) => {
    const json = reportJson(entries)
    expect(json.replaceAll('\n', '')).not.toMatch(harmful)
    expect(JSON.parse(json)).toEqual(createDiagnosticsReport(entries))
    expect(await schemaErrors('diagnostics', JSON.parse(json))).toEqual([])
    const tool = { name: 'test', version: '1.0.0' }
    const sarif = reportSarif(entries, tool)
    expect(sarif.replaceAll('\n', '')).not.toMatch(harmful)
    expect(JSON.parse(sarif)).toEqual(createSarifLog(entries, tool))
  }))
})
