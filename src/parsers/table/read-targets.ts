import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { SheetReader } from './sheet-reader.js'
import { findTechniques, hasBrokenId } from './split-cells.js'

/** A technique that a row names, its column, and the mapping type if the column's title is one. */
export interface Target {
  readonly technique: TechniqueRef
  readonly column: number
  readonly relation?: string
}

/** The techniques that a row maps to. */
export interface Targets {
  readonly techniques: readonly Target[]
  /** The technique cell declares that there is none: "not mappable". */
  readonly unmappable: boolean
}

const idsExpected = 'technique ids, such as T1059.003'
const nothing = /^(?:n\/?a|none|null|nan|nil|-+|–|—)$/i
const unmappable = /^(?:not |non[- _]?|un)map(?:pable|ped)$|^no (?:mapping|technique)s?$/i

/** ATT&CK objects other than techniques, by the form of their ids. */
const otherObjects: readonly (readonly [RegExp, string])[] = [
  [/\bTA\d{4}\b/, 'an ATT&CK tactic'],
  [/\bG\d{4}\b/, 'an ATT&CK group'],
  [/\bS\d{4}\b/, 'ATT&CK software'],
  [/\bM\d{4}\b/, 'an ATT&CK mitigation'],
  [/\bDS\d{4}\b/, 'an ATT&CK data source'],
  [/\bC\d{4}\b/, 'an ATT&CK campaign'],
]

/** The techniques of a row; `unreadable`, and reported, if the cell contains anything but valid technique ids: such rows are left out. */
export function readTargets(row: number, reader: SheetReader): Targets | 'unreadable' {
  const { byRole, relations } = reader.columns
  const column = byRole.get('technique') ?? byRole.get('subtechnique') ?? 0
  if (relations.length > 0) return readRelationColumns(row, reader)
  const sub = byRole.has('subtechnique') ? readSubtechnique(row, reader) : undefined
  const text = reader.raw(row, 'technique')
  const found = sub ?? findTechniques(text)
  if (found.length === 0 || hasBrokenId(text)) return readCellWithoutId(text, row, reader)
  const name = found.length === 1 ? reader.line(row, 'techniqueName') : undefined
  return {
    techniques: found.map(({ id, name: printed }) => ({ technique: { id, ...stated({ name: name ?? printed }) }, column })),
    unmappable: false,
  }
}

function readRelationColumns(row: number, reader: SheetReader): Targets {
  const cells = reader.sheet.rows[row] ?? []
  const techniques = reader.columns.relations.flatMap(({ column, relation }) => {
    const text = cells[column] ?? ''
    const found = findTechniques(text)
    if ((found.length === 0 && text.trim() !== '' && !nothing.test(text.trim())) || hasBrokenId(text)) {
      const subject = `${relation} ${text.slice(0, 40)}`
      reader.count('parse/unknown-value', subject, row, 'capability', { found: text, expected: idsExpected })
    }
    return found.map((technique) => ({ technique, relation, column }))
  })
  return { techniques, unmappable: false }
}

/** A sub-technique column: "T1059.001", or ".001" or "001" beside its technique; undefined if blank. */
function readSubtechnique(row: number, reader: SheetReader): readonly TechniqueRef[] | undefined {
  const text = reader.raw(row, 'subtechnique').trim()
  const whole = findTechniques(text)
  if (whole.length > 0) return whole
  const digits = /^\.?(\d{3})$/.exec(text)?.[1]
  const [parent, ...others] = findTechniques(reader.raw(row, 'technique'))
  return digits !== undefined && parent && others.length === 0 ? [{ id: `${parent.id}.${digits}` }] : undefined
}

/** A technique cell without a valid id: blank, "n/a", "not mappable", a name with a hyperlink to a technique, or anything else. */
function readCellWithoutId(raw: string, row: number, reader: SheetReader): Targets | 'unreadable' {
  const text = raw.trim()
  const column = reader.columns.byRole.get('technique') ?? 0
  const link = reader.sheet.link(row, column)
  const [linked] = link?.includes('attack.mitre.org/techniques/') === true ? findTechniques(link) : []
  if (linked && text !== '') return { techniques: [{ technique: { id: linked.id, name: text }, column }], unmappable: false }
  if (text === '' || nothing.test(text)) {
    if (reader.line(row, 'techniqueName') !== undefined && !nothing.test(reader.raw(row, 'techniqueName').trim())) {
      reader.count('parse/name-without-id', 'techniqueName', row, 'techniqueName')
    }
    return { techniques: [], unmappable: false }
  }
  if (unmappable.test(text)) return { techniques: [], unmappable: true }
  const other = otherObjects.find(([pattern]) => pattern.test(text))?.[1]
  const flaw = hasBrokenId(text) ? 'has a malformed technique id' : 'has no technique id'
  reader.report('parse/unreadable-row', row, 'technique', {
    message: `A row ${other === undefined ? flaw : `names ${other} instead of a technique`} and was left out`,
    found: text,
    expected: idsExpected,
  })
  return 'unreadable'
}
