import type { Report } from '../../diagnostics/diagnostic.js'
import type { Code } from '../../diagnostics/catalogue.js'
import { describePlace, type Place } from '../../model/origin.js'
import { createReportTable } from '../../model/report-table.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import type { Edit, Finding } from './beside-ids.js'
import type { UpdatedFile } from './update-file.js'

/** A replacement, and the file and place. */
interface ReplacementEntry {
  readonly place: string
  readonly what: Edit['what']
  readonly before: string
  readonly after: string
}

/** Something that was left for a person, and the file and place. */
interface LeftEntry {
  readonly place: string
  readonly kind: Finding['kind']
  readonly text: string
  readonly why: string
  readonly suggestions: Finding['suggestions']
}

/** The report of an update in place as JSON: schemas/in-place.schema.json. */
interface InPlaceDocument {
  readonly kind: 'in-place'
  readonly to: string
  /** Whether the files were only compared with what they would become. */
  readonly check: boolean
  readonly files: readonly {
    readonly file: string
    readonly domain: string
    readonly from?: string
    readonly fromBy: 'stated' | 'assumed'
    readonly to: string
    readonly changed: boolean
    readonly replacements: readonly ReplacementEntry[]
    readonly left: readonly LeftEntry[]
  }[]
}

/** The report of an update in place: each replacement with its place, and what was left. `check`: nothing was written. */
export function reportInPlace(updated: readonly UpdatedFile[], to: string, check: boolean): AnalysisReport {
  const files = updated.map((one) => describeFile(one))
  const value: InPlaceDocument = { kind: 'in-place', to, check, files }
  const replacements = files.flatMap(({ replacements: list }) => list)
  const left = files.flatMap((file) => file.left)
  return {
    kind: 'in-place',
    baseName: 'updated',
    title: check ? `What an update in place to ATT&CK ${to} would change` : `Updated in place to ATT&CK ${to}`,
    about: [],
    counts: [
      { label: 'Files', value: files.length },
      { label: check ? 'Files that would change' : 'Files changed', value: files.filter(({ changed }) => changed).length },
      { label: 'Replacements', value: replacements.length },
      { label: 'Left for you', value: left.length },
    ],
    facts: files.map(({ file, from, fromBy, to: target }) => ({
      label: file, value: `${from === undefined ? 'unknown release' : `ATT&CK ${from} (${fromBy === 'stated' ? 'stated' : 'assumed: the newest that fits'})`} to ${target}`,
    })),
    legend: [],
    tables: [
      createReportTable({ name: 'replacements', title: 'Replacements' }, replacements, [
        { key: 'place', title: 'Place', kind: 'id', cell: ({ place }) => place },
        { key: 'what', title: 'What', kind: 'id', cell: ({ what }) => what },
        { key: 'before', title: 'Before', kind: 'id', cell: ({ before }) => before },
        { key: 'after', title: 'After', kind: 'id', cell: ({ after }) => after },
      ]),
      createReportTable({ name: 'left', title: 'Left for you' }, left, [
        { key: 'place', title: 'Place', kind: 'id', cell: ({ place }) => place },
        { key: 'kind', title: 'What', kind: 'id', cell: ({ kind }) => kind },
        { key: 'text', title: 'Text', kind: 'id', cell: ({ text }) => text },
        { key: 'why', title: 'Why', kind: 'text', cell: ({ why }) => why },
        { key: 'suggestions', title: 'Suggested', kind: 'text', cell: ({ suggestions }) => listSuggestions(suggestions) },
      ]),
    ],
    schema: 'in-place',
    value,
  }
}

function describeFile({ file, source, sourceBy, target, bytes, edits, findings }: UpdatedFile): InPlaceDocument['files'][number] {
  const placeIn = (place: Place): string => describePlace(file.path, place)
  return {
    file: file.path,
    domain: target.domain,
    ...(source && { from: source.version }),
    fromBy: sourceBy,
    to: target.version,
    changed: bytes !== undefined,
    replacements: edits.map(({ what, before, after, place }) => ({ place: placeIn(place), what, before, after })),
    left: findings.map(({ kind, subject, why, suggestions, place }) => ({ place: placeIn(place), kind, text: subject, why, suggestions })),
  }
}

function listSuggestions(suggestions: Finding['suggestions']): string {
  return suggestions.map(({ id, name }) => (name === undefined ? id : `${id} ${name}`)).join(', ')
}

const codes: Readonly<Record<Finding['kind'], Code>> = {
  undecided: 'upgrade/id-undecided', tactic: 'upgrade/tactic-undecided', mentioned: 'upgrade/id-mentioned', twice: 'upgrade/id-twice',
}

/** Reports what was left for a person in a file: each id or tactic once, at its first place, with the number of places. */
export function reportFindings({ file, findings }: UpdatedFile, report: Report): void {
  const groups = new Map<string, { readonly first: UpdatedFile['findings'][number]; count: number }>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.kind, finding.subject, finding.why])
    const group = groups.get(key)
    if (group) group.count += 1
    else groups.set(key, { first: finding, count: 1 })
  }
  for (const { first: { kind, subject, why, suggestions, place }, count } of groups.values()) {
    report(codes[kind], {
      message: kind === 'twice' ? `${subject}: ${why}` : `${subject} was left as it is: ${why}`,
      origin: { document: file.name, place },
      ...(suggestions.length > 0 && { expected: listSuggestions(suggestions) }),
      ...(count > 1 && { count }),
    })
  }
}
