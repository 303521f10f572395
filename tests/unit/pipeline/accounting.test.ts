import { describe, expect, it } from 'vitest'
import { createDiagnosticLog, type Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { itemsAt, recordsBelow, type SeenRow } from '../../../src/formats/rows.js'
import { decodeDocument } from '../../../src/formats/decode-document.js'
import { createMappingSet } from '../../../src/model/mapping-set.js'
import type { Place } from '../../../src/model/origin.js'
import { openAccount } from '../../../src/pipeline/accounting.js'
import { testFile } from '../../support/read-tree.js'

/** What the account says of rows, of which some have mappings, after some reports. */
function check(
  rows: readonly SeenRow[], mapped: readonly Place[], say: (account: ReturnType<typeof openAccount>) => void = () => undefined,
): readonly Diagnostic[] {
  const log = createDiagnosticLog()
  const account = openAccount('a', log.report)
  account.seen(rows)
  say(account)
  const mappings = mapped.map((place) => ({ kind: 'unmapped-technique', origins: [{ document: 'a', place }], technique: { id: 'T1078' } } as const))
  account.check([createMappingSet({ framework: { id: 'x', name: 'X' }, mappings, sources: [] })])
  return log.entries.filter(({ code }) => code === 'parse/unaccounted')
}

const at = (pointer: string): Place => ({ kind: 'pointer', pointer })
const text = (line: number, column = 1): Place => ({ kind: 'text', line, column })
const rowsAt = (...pointers: readonly string[]): readonly SeenRow[] => pointers.map((pointer) => ({ place: at(pointer) }))
const refused = (place: Place, rows: readonly Place[] = []) => (account: ReturnType<typeof openAccount>): void => (
  account.report('parse/unreadable-row', { origin: { document: 'a', place }, rows, count: rows.length + 1 })
)

describe('the account of rows', () => {
  it('is silent if each row has a mapping or a report, at it or in it', () => {
    expect(check(rowsAt('/l/0', '/l/1', '/l/2'), [at('/l/0'), at('/l/1/id')], refused(at('/l/2/id')))).toEqual([])
  })

  it('names the first five rows that have neither, and their number', () => {
    const rows = rowsAt(...Array.from({ length: 10 }, (_row, index) => `/l/${index}`))
    expect(check(rows, [at('/l/1'), at('/l/10')])).toMatchObject([{
      severity: 'error', count: 9, origin: { document: 'a', place: { pointer: '/l/0' } }, found: 'a#/l/0, a#/l/2, a#/l/3, a#/l/4, a#/l/5 and 4 more',
    }])
  })

  it('takes a report that counts rows for those that it names, and no others', () => {
    expect(check(rowsAt('/l/0', '/l/1', '/l/2'), [], refused(at('/l/0'), [at('/l/2')]))).toMatchObject([{ count: 1, found: 'a#/l/1' }])
  })

  it('takes a report about a list, or the file, for all rows in it', () => {
    expect(check(rowsAt('/l/0', '/l/1/x/0'), [], refused(at('/l')))).toEqual([])
    expect(check(rowsAt('/l/0', '/m/0'), [], refused(at('/l')))).toMatchObject([{ found: 'a#/m/0' }])
    expect(check(rowsAt('/l/0', '/m/0'), [], refused({ kind: 'file' }))).toEqual([])
  })

  it('does not take a report that leaves no row out, or one about another document', () => {
    expect(check(rowsAt('/l/0'), [], (account) => {
      account.report('normalise/whitespace', { origin: { document: 'a', place: at('/l/0') } })
      account.report('parse/unreadable-row', { origin: { document: 'b', place: at('/l/0') } })
    })).toMatchObject([{ count: 1 }])
  })

  it('compares rows of workbooks by sheet and row, and of texts by where they begin and end', () => {
    const cells: readonly SeenRow[] = [2, 3].map((row) => ({ place: { kind: 'cell', sheet: 's', cell: `A${row}` } }))
    expect(check(cells, [{ kind: 'cell', sheet: 's', cell: 'C2' }, { kind: 'cell', sheet: 't', cell: 'A3' }])).toMatchObject([{ found: 'a s!A3' }])
    const lines: readonly SeenRow[] = [{ place: text(2) }, { place: text(5), end: { line: 6, column: 1 } }]
    expect(check(lines, [text(4, 3), text(5, 9)])).toEqual([])
    expect(check(lines, [text(1), text(6)])).toMatchObject([{ count: 2 }])
  })

  it('does not keep the rows of a count in the diagnostic', () => {
    const log = createDiagnosticLog()
    openAccount('a', log.report).report('parse/unreadable-row', { rows: [at('/l/0')], count: 1 })
    expect(log.entries[0]).not.toHaveProperty('rows')
  })
})

function pointersOf(rows: readonly SeenRow[]): readonly string[] {
  return rows.map(({ place }) => (place.kind === 'pointer' ? place.pointer : '?'))
}

describe('the rows of containers', () => {
  it('are items of lists, single values in place of a list, and members of objects', () => {
    const value = { c: [{ m: ['T1', null] }, { m: 'T2' }, {}, { n: { 'a/b': 1 } }] }
    expect(pointersOf(itemsAt(value, '', 'c/[]/m/[]'))).toEqual(['/c/0/m/0', '/c/0/m/1', '/c/1/m'])
    expect(pointersOf(itemsAt(value, '', 'c/[]/n/*', 'c/[]'))).toEqual(['/c/3/n/a~1b', '/c/0', '/c/1', '/c/2', '/c/3'])
    expect(pointersOf(itemsAt(value.c, '/c', '[]/m|n'))).toEqual(['/c/0/m', '/c/1/m', '/c/3/n'])
  })

  it('are the records of a table that are neither blank nor its titles', async () => {
    const decoded = await decodeDocument(testFile('a.csv', 'id,technique\nA,"T1\n"\n,\nid,technique\n,T2\n'), () => undefined)
    const sheet = decoded && 'sheets' in decoded ? decoded.sheets[0] : undefined
    expect(sheet && [...recordsBelow(sheet, 0)]).toEqual([{ place: text(2) }, { place: text(6) }])
  })
})
