import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { reportJson } from '../../../src/diagnostics/reporters/report-json.js'
import { reportSarif } from '../../../src/diagnostics/reporters/report-sarif.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'

const evil = '\u001b[2J \u009b \u202e \u{e0041} \ud800 "quoted" \\ \n'

function sampleEntries() {
  const log = createDiagnosticLog()
  log.report('parse/unreadable-row', {
    origin: { document: 'a b#1.txt', place: { kind: 'text', line: 14, column: 3 } },
    message: evil, found: 'one', expected: 'two', hint: 'three', excerpt: evil,
  })
  log.report('check/unknown-technique', { origin: { document: 'b.json', place: { kind: 'pointer', pointer: '/m/0', line: 2,
    column: 5 } } })
  log.report('check/unknown-technique', { origin: { document: 'b.json', place: { kind: 'pointer', pointer: '/m/1' } } })
  log.report('normalise/whitespace', { origin: { document: 'c.xlsx', place: { kind: 'cell', sheet: 'S', cell: 'B2' } } })
  log.report('emit/not-representable', { subject: 'x.layer.json', count: 4 })
  log.report('read/empty', { origin: { document: 'd.txt', place: { kind: 'file' } } })
  return log.entries
}

const paths = new Map([['a b#1.txt', 'in/a b#1.txt'], ['d.txt', '/abs/d.txt']])

function reportOf(diagnostic: object) {
  return { summary: { errors: 1, warnings: 0, notes: 0 }, diagnostics: [diagnostic] }
}

describe('reportJson', () => {
  it('satisfies its schema and keeps every value', async () => {
    const value: unknown = JSON.parse(reportJson(sampleEntries(), paths))
    expect(await schemaErrors('diagnostics', value)).toEqual([])
    expect(value).toMatchObject({
      summary: { errors: 2, warnings: 2, notes: 2 },
      diagnostics: [
        { code: 'parse/unreadable-row', document: 'a b#1.txt', path: 'in/a b#1.txt', message: evil, excerpt: evil,
          place: { line: 14 } },
        { place: { kind: 'pointer', pointer: '/m/0' } }, {}, { place: { kind: 'cell', cell: 'B2' } },
          { subject: 'x.layer.json', count: 4 }, {},
      ],
    })
  })

  it('is refused by its schema when broken', async () => {
    expect(await schemaErrors('diagnostics', { summary: { errors: 0, warnings: 0, notes: 0 } })).not.toEqual([])
    const base = { code: 'read/empty', severity: 'error', message: 'm', help: 'h' }
    expect(await schemaErrors('diagnostics', reportOf(base))).toEqual([])
    expect(await schemaErrors('diagnostics', reportOf({ ...base, severity: 'fatal' }))).not.toEqual([])
    expect(await schemaErrors('diagnostics', reportOf({ ...base, document: 'a' }))).not.toEqual([])
    expect(await schemaErrors('diagnostics', reportOf({ ...base, document: 'a', place: { kind: 'text', line: 0,
      column: 1 } }))).not.toEqual([])
  })

  it('holds nothing that a terminal acts on', () => {
    for (const text of [reportJson(sampleEntries()), reportSarif(sampleEntries(), { name: 't', version: '1.0.0' })]) {
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    }
  })
})

interface SarifLog {
  readonly version: string
  readonly $schema: string
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly semanticVersion: string; readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly occurrenceCount?: number
      readonly locations?: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: { readonly startLine: number; readonly startColumn: number } }
        readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[]
      }[]
    }[]
  }[]
}

describe('reportSarif', () => {
  const log: SarifLog = JSON.parse(reportSarif(sampleEntries(), { name: 'attack-crosswalk', version: '0.1.0' }, paths))
  const [run] = log.runs

  it('has what SARIF 2.1.0 requires', () => {
    expect(log.version).toBe('2.1.0')
    expect(log.$schema).toContain('sarif-schema-2.1.0.json')
    expect(log.runs).toHaveLength(1)
    expect(run?.tool.driver).toMatchObject({ name: 'attack-crosswalk', semanticVersion: '0.1.0' })
    expect(run?.results).toHaveLength(6)
    for (const result of run?.results ?? []) {
      expect(result.message.text.length).toBeGreaterThan(0)
      expect(['error', 'warning', 'note']).toContain(result.level)
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
    }
  })

  it('lists each rule once', () => {
    const ids = run?.tool.driver.rules.map(({ id }) => id) ?? []
    expect(ids).toEqual([...new Set(ids)])
    expect(ids).toHaveLength(5)
  })

  it('gives places as regions and logical locations, paths as URI references', () => {
    const [row, pointer, unplaced, cell, artifact, file] = run?.results ?? []
    expect(row?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'in/a%20b%231.txt' }, region: { startLine: 14, startColumn: 3 },
    })
    expect(pointer?.locations?.[0]?.logicalLocations).toEqual([{ fullyQualifiedName: '/m/0' }])
    expect(unplaced?.locations?.[0]?.physicalLocation.region).toBeUndefined()
    expect(cell?.locations?.[0]?.logicalLocations).toEqual([{ fullyQualifiedName: 'S!B2' }])
    expect(artifact?.locations).toBeUndefined()
    expect(artifact?.occurrenceCount).toBe(4)
    expect(file?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe('file:///abs/d.txt')
    expect(row?.message.text).toContain('Found: one\nExpected: two\nHint: three')
  })
})
