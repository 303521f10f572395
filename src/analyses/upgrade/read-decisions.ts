import { type AttackIndex, releaseName } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { mappingIds } from '../../emitters/table/mapping-ids.js'
import { decodeDocument } from '../../formats/decode-document.js'
import { type DocumentFile, isList, isObject, type TableDocument, type TreeDocument } from '../../formats/decoded.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { describeOrigin, type Origin } from '../../model/origin.js'
import { type DecidedRow, readDecision, techniqueOf, writeDecision } from './row-change.js'

/** A decision as the file has it, before it is understood. */
interface WrittenDecision {
  readonly row: string
  readonly technique: string
  readonly text: string
  readonly origin: Origin
}

/**
 * The decisions of an edited change report: CSV, JSON or the workbook. Undecided rows are left out; what is no decision is
 * reported with its place (`upgrade/unknown-decision`), and so is a file that can't be read or is no change report
 * (`upgrade/unusable-decisions`): undefined then.
 */
export async function readDecisions(file: DocumentFile, report: Report): Promise<readonly DecidedRow[] | undefined> {
  const document = await decodeDocument(file, report)
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

/** Titles in CSV have underscores, those in the workbook spaces. */
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
 * The decisions that can be applied, by mapping id. A decision about a row that no set holds, one that contradicts an earlier one
 * of the same row, and one for a technique that is not active in the release to upgrade to are reported with their places, and
 * left out.
 */
export function matchDecisions(
  decided: readonly DecidedRow[], sets: readonly ResolvedSet[], to: string, attack: AttackIndex, report: Report,
): ReadonlyMap<string, DecidedRow> {
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
        message: 'Another decision about the same row stands before this one; nothing was written',
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
        origin, found: decision.id, ...(near.length > 0 && { hint: `near it are ${near.join(', ')}` }),
      })
    }
  }
  return matched
}
