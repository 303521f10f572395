import { findTechniques } from './split-cells.js'

/** Whether a text is the name of a technique in a release of ATT&CK; undefined if the technique is unknown. */
export type TechniqueNamed = (id: string, name: string) => boolean | undefined

type Rows = readonly (readonly string[])[]

/** A share of cells that is nearly all of them: tables have slips. */
const NEARLY_ALL = 0.8

function cellsOf(rows: Rows, column: number): readonly string[] {
  return rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '')
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
    const [found, ...others] = findTechniques(row[technique] ?? '')
    const name = (row[column] ?? '').trim()
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
