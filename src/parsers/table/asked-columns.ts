import type { Report } from '../../diagnostics/diagnostic.js'
import { foldTitle, roleNamed, type ColumnRole } from './column-roles.js'

/** A column that the user names: what it holds, and its title or its letter. */
export interface AskedColumn {
  readonly role: ColumnRole
  readonly title: string
}

/** Understands `--columns technique=ATT&CK,capability_id=B`. Names that mean no role are reported. */
export function readAskedColumns(
  columns: Readonly<Record<string, string>> | undefined, document: string, report: Report,
): readonly AskedColumn[] {
  return Object.entries(columns ?? {}).flatMap(([name, title]) => {
    const role = roleNamed(name)
    if (role) return [{ role, title: title.trim() }]
    report('parse/unknown-column', {
      message: `"${name}" is nothing that a column can hold`,
      origin: { document, place: { kind: 'file' } },
      found: `${name}=${title}`,
      expected: 'capability_id, capability_description, capability_group, technique, mapping_type, score_value, comments, …',
    })
    return []
  })
}

/**
 * The columns asked for in a row of titles; undefined when one of them is not there. With `letters`, titles that are
 * letters name columns.
 */
export function findAskedColumns(
  asked: readonly AskedColumn[], titles: readonly string[], letters: boolean,
): ReadonlyMap<ColumnRole, number> | undefined {
  const found = new Map<ColumnRole, number>()
  for (const { role, title } of asked) {
    const column = letters ? columnNumber(title) : findTitle(titles, title)
    if (column === undefined) return undefined
    found.set(role, column)
  }
  return found
}

function findTitle(titles: readonly string[], title: string): number | undefined {
  const exact = titles.findIndex((candidate) => candidate.trim() === title)
  if (exact >= 0) return exact
  const folded = foldTitle(title)
  const loose = folded === '' ? -1 : titles.findIndex((candidate) => foldTitle(candidate) === folded)
  return loose >= 0 ? loose : undefined
}

/** "A" is 0, "AB" is 27; numbers count from 1. */
function columnNumber(letters: string): number | undefined {
  if (/^[1-9]\d{0,4}$/.test(letters)) return Number(letters) - 1
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
