import { type AttackIndex, releaseName } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { mappingIds } from '../../emitters/table/mapping-ids.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { type DocumentFile, isList, isObject, type TableDocument, type TreeDocument } from '../../formats/decoded.js'
import type { Limits } from '../../formats/limits.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { describeOrigin, type Origin } from '../../model/origin.js'
import { type DecidedRow, readDecision, techniqueOf, writeDecision } from './row-change.js'

/** A decision as the file contains it, before it is parsed. */
interface WrittenDecision {
  readonly row: string
  readonly technique: string
  readonly text: string
  readonly origin: Origin
}

/**
 * Reads the decisions of an edited change report: CSV, JSON or the workbook. Skips undecided rows. Reports invalid decisions with
 * their places (`upgrade/unknown-decision`). Undefined, and reported, if the file can't be read or is not a change report
 * (`upgrade/unusable-decisions`).
 */
export async function readDecisions(file: DocumentFile, report: Report, limits: Limits): Promise<readonly DecidedRow[] | undefined> {
  const document = await decodeDocument(file, report, undefined, { limits })
  if (!document) return undefined
  const written = document.container === 'json' || document.container === 'yaml' ? readTree(document)
    : document.container === 'csv' || document.container === 'workbook' ? readTable(document) : undefined
  if (!written) {
    report('upgrade/unusable-decisions', { origin: { document: file.name, place: { kind: 'file' } } })
    return undefined
  }
  return written.flatMap(({ row, technique, text, origin }): readonly DecidedRow[] => {
    if (text.trim() === '') return []
    const decision = readDecision(text)
    if (!decision) report('upgrade/unknown-decision', { origin, found: text, expected: 'keep, drop, or the id of a technique' })
    return decision ? [{ mapping: row.trim().toLowerCase(), technique: technique.trim(), decision, origin }] : []
  })
}

function readTree(document: TreeDocument): readonly WrittenDecision[] | undefined {
  const { value, file } = document
  const changes = isObject(value) && value['kind'] === 'upgrade' ? value['changes'] : undefined
  if (!isList(changes)) return undefined
  return changes.flatMap((change, index): readonly WrittenDecision[] => {
    const [row, text] = isObject(change) ? [change['rowId'], change['decision']] : []
    if (!isObject(change) || typeof row !== 'string' || text === null || text === undefined) return []
    const pointer = `/changes/${index}/decision`
    const before = change['before']
    const technique = isObject(before) && typeof before['id'] === 'string' ? before['id'] : ''
    const written = typeof text === 'string' ? text : JSON.stringify(text)
    const place = { kind: 'pointer', pointer, ...document.locate(pointer) } as const
    return [{ row, technique, text: written, origin: { document: file.name, place } }]
  })
}

/** Column titles have underscores in CSV, spaces in the workbook. */
function readTable({ sheets, file }: TableDocument): readonly WrittenDecision[] | undefined {
  for (const sheet of sheets) {
    const header = sheet.rows.findIndex((cells) => cells.length > 0)
    const titles = (sheet.rows[header] ?? []).map((title) => title.trim().toLowerCase().replaceAll(' ', '_'))
    const [row, decision, technique] = ['row_id', 'decision', 'technique_before'].map((title) => titles.indexOf(title))
    if (row === undefined || decision === undefined || technique === undefined || Math.min(row, decision, technique) < 0) continue
    return sheet.rows.slice(header + 1).map((cells, index) => ({
      row: cells[row] ?? '',
      technique: cells[technique] ?? '',
      text: cells[decision] ?? '',
      origin: { document: file.name, place: sheet.place(header + 1 + index, decision) },
    }))
  }
  return undefined
}

/**
 * The decisions that can be applied, by mapping id. Reports the others with their places: a decision about a row that is in no set,
 * one that contradicts an earlier decision about the row, and one for a technique that is not active in the target release.
 */
export function matchDecisions(
  decided: readonly DecidedRow[], sets: readonly ResolvedSet[], to: string, attack: AttackIndex, report: Report,
): ReadonlyMap<string, DecidedRow> {
  if (decided.length === 0) return new Map()
  const rows = new Map(sets.flatMap((set) => {
    const ids = mappingIds(set)
    const { domain } = set.attack
    return set.mappings.map((row, index) => [ids[index] ?? '', { technique: techniqueOf(row)?.id ?? '', domain }] as const)
  }))
  const matched = new Map<string, DecidedRow>()
  for (const one of decided) {
    const { mapping, technique, decision, origin } = one
    const row = rows.get(mapping)
    const former = matched.get(mapping)
    if (!row || technique === '' || row.technique !== technique) {
      const expected = row && { expected: `${mapping} ${row.technique}` }
      report('upgrade/unknown-row', { origin, found: `${mapping} ${technique}`, ...expected })
    } else if (former && writeDecision(former.decision) !== writeDecision(decision)) {
      report('upgrade/unknown-decision', {
        message: 'The decision contradicts an earlier one about the same row; nothing was written',
        origin, found: writeDecision(decision), expected: `${writeDecision(former.decision)} (${describeOrigin(former.origin)})`,
      })
    } else if (decision.kind !== 'replace' || attack.release(row.domain, to).technique(decision.id)?.status === 'active') {
      matched.set(mapping, former ?? one)
    } else {
      const release = attack.release(row.domain, to)
      const near = nearestTechniques(release, decision.id)
        .filter(({ status }) => status === 'active').map(({ id, name }) => `${id} ${name}`)
      report('upgrade/unknown-decision', {
        message: `${decision.id} is not an active technique of ${releaseName(release)}; nothing was written`,
        origin, found: decision.id, ...(near.length > 0 && { hint: `Similar techniques: ${near.join(', ')}` }),
      })
    }
  }
  return matched
}
