import type { ColumnRole } from './column-titles.js'
import { findTechniques } from './split-cells.js'
import { filledCells, rawCell, trimmedCell } from './cells.js'

/** The column of each role for one way to read a row. */
export type View = ReadonlyMap<ColumnRole, number>

interface Views {
  readonly views: readonly View[]
  readonly joined: ReadonlyMap<ColumnRole, readonly number[]>
  /** Columns that belong to no view. */
  readonly left: readonly number[]
}

type Roles = ReadonlyMap<ColumnRole, readonly number[]>

/** Roles of text that is read from several columns together. */
const textRoles: ReadonlySet<ColumnRole> = new Set(['comments', 'references'])
/** Roles that describe the capability, and the technique, of a row. */
const ofCapability: ReadonlySet<ColumnRole> = new Set(['name', 'text', 'group'])

/**
 * The ways to read a row of a table with several columns of capabilities or techniques ("Technique 1", "Technique 2"): each
 * capability with each technique; if capabilities and techniques alternate, each with its neighbour. Names, scores and others
 * belong to the column with the same number, or to the one before them.
 */
export function createViews(columns: Roles, numbers: ReadonlyMap<number, number>): Views {
  const joined = new Map(Array.from(columns).filter(([role, found]) => textRoles.has(role) && found.length > 1))
  const capabilityRole = columns.has('capability') ? 'capability' : 'name'
  const techniqueRole = columns.has('technique') ? 'technique' : 'subtechnique'
  const capabilities = columns.get(capabilityRole) ?? []
  const techniques = columns.get(techniqueRole) ?? []
  const pairs = pairColumns(capabilities, techniques)
  const used = new Set<number>()
  const views = pairs.map(([capability, technique]): View => {
    const view = new Map<ColumnRole, number>()
    const set = (role: ColumnRole, column: number | undefined): void => {
      if (column === undefined) return
      view.set(role, column)
      used.add(column)
    }
    for (const [role, found] of columns) {
      if (role === capabilityRole) set(role, capability)
      else if (role === techniqueRole) set(role, technique)
      else if (ofCapability.has(role)) set(role, companion(found, capability, capabilities, numbers))
      else if (role === 'techniqueName' && techniques.length > 1) set(role, companion(found, technique, techniques, numbers, true))
      else if (technique !== undefined && (techniques.length > 1 || capabilities.length < 2)) set(role, companion(found, technique, techniques, numbers))
      else set(role, companion(found, capability, capabilities, numbers))
    }
    return view
  })
  for (const found of joined.values()) for (const column of found) used.add(column)
  const left = Array.from(columns).flatMap(([role, found]) => (role === 'derived' ? [] : found.filter((column) => !used.has(column))))
  return { views, joined, left }
}

type Pair = readonly [capability: number | undefined, technique: number | undefined]

function pairColumns(capabilities: readonly number[], techniques: readonly number[]): readonly Pair[] {
  if (capabilities.length === 0 || techniques.length === 0) {
    const alone = [...capabilities.map((one): Pair => [one, undefined]), ...techniques.map((one): Pair => [undefined, one])]
    return alone.length === 0 ? [[undefined, undefined]] : alone
  }
  const left = capabilities.toSorted(ascending)
  const right = techniques.toSorted(ascending)
  const alternate = left.length > 1 && left.length === right.length && left.every((column, index) => {
    const partner = right[index] ?? 0
    return column < partner
      ? partner < (left[index + 1] ?? Infinity)
      : column < (right[index + 1] ?? Infinity) && partner > (left[index - 1] ?? -1)
  })
  if (alternate) return left.map((column, index): Pair => [column, right[index]])
  return capabilities.flatMap((capability) => techniques.map((technique): Pair => [capability, technique]))
}

/** The column of a role that belongs to `owner`, one of `owners`. `near`: it must be directly after its owner, or have its number. */
function companion(
  found: readonly number[], owner: number | undefined, owners: readonly number[], numbers: ReadonlyMap<number, number>, near = false,
): number | undefined {
  if (owner === undefined) return found[0]
  if (found.length === 1 && !near) return found[0]
  const number = numbers.get(owner)
  const numbered = number === undefined ? undefined : found.find((column) => numbers.get(column) === number)
  if (numbered !== undefined) return numbered
  const next = Math.min(...owners.filter((column) => column > owner), Infinity)
  const after = found.filter((column) => column > owner && column < next).toSorted(ascending)[0]
  return near && found.length === 1 && after !== owner + 1 ? undefined : after
}

function ascending(a: number, b: number): number {
  return a - b
}

/** Whether a text is the name of a technique in a release of ATT&CK; undefined if the technique is unknown. */
export type TechniqueNamed = (id: string, name: string) => boolean | undefined

type Rows = readonly (readonly string[])[]

/** A share of cells that is nearly all of them: tables have slips. */
const NEARLY_ALL = 0.8

function cellsOf(rows: Rows, column: number): readonly string[] {
  return filledCells(rows, column)
}

/** A technique id, alone in its cell. */
export const wholeTechnique = /^T\d{4}(?:[./]\d{3})?$/i

/** Whether nearly all cells of a column are single technique ids. */
export function isTechniqueList(rows: Rows, column: number): boolean {
  const cells = cellsOf(rows, column)
  return cells.length > 0 && cells.filter((cell) => wholeTechnique.test(cell)).length >= cells.length * NEARLY_ALL
}

/** Whether a column counts the rows: 1, 2, 3. */
export function isRowCount(rows: Rows, column: number): boolean {
  const cells = cellsOf(rows, column)
  const first = Number(cells[0])
  return (first === 0 || first === 1) && cells.every((cell, index) => cell === String(first + index))
}

/** Whether most cells of a column are texts of sentences rather than ids or names. */
export function isProse(rows: Rows, column: number): boolean {
  const cells = cellsOf(rows, column)
  const long = cells.filter((cell) => cell.length > 120 || (cell.length > 40 && /[.!?]\s+\p{Lu}|[.!?]$/u.test(cell)))
  return cells.length > 0 && long.length > cells.length / 2
}

/**
 * Whether a column names the techniques of another. ATT&CK decides if it knows the techniques; otherwise each technique must have one
 * name, each name one technique, and the column must be directly after (`beside`) the techniques.
 */
export function namesTechniques(rows: Rows, technique: number, column: number, beside: boolean, isName?: TechniqueNamed): boolean {
  const names = new Map<string, string>()
  const ids = new Map<string, string>()
  let known = 0
  let named = 0
  let isPaired = true
  for (const row of rows) {
    const [found, ...others] = findTechniques(rawCell(row, technique))
    const name = trimmedCell(row, column)
    if (!found || others.length > 0 || name === '') continue
    const answer = isName?.(found.id, name)
    if (answer !== undefined) known += 1
    if (answer === true) named += 1
    isPaired &&= (names.get(found.id) ?? name) === name && (ids.get(name) ?? found.id) === found.id
    names.set(found.id, name)
    ids.set(name, found.id)
  }
  if (known > 0) return named >= known / 2
  return beside && isPaired && names.size > 0
}
