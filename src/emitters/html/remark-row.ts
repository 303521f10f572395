import type { Mapping } from '../../model/mapping.js'
import { describePlace } from '../table/describe-place.js'
import type { ReportFact } from './report-data.js'

/** The names under which the report shows a row's capability and technique. */
export interface ShownNames {
  readonly capability: string | undefined
  readonly technique: string | undefined
}

/** What a row says that no column has: its own author and versions, and its own names for what is shown under another name. */
export function remarkRow(mapping: Mapping, shown: ShownNames, clean: (text: string) => string): readonly ReportFact[] {
  const { author, release, score, review, completed = [] } = mapping
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Capability, as the row names it', ownName(capability?.description, shown.capability)],
    ['Technique, as the row names it', ownName(technique?.name, shown.technique)],
    ['Score of the parent technique', score?.related],
    ['Author', author?.name],
    ['Contact', author?.contact],
    ['Organisation', author?.organization],
    ['Framework of the row', release?.framework],
    ['Version of that framework', release?.frameworkVersion],
    ['ATT&CK domain of the row', release?.domain],
    ['ATT&CK version of the row', release?.attackVersion],
    ["Auditor's verdict", review?.verdict],
    ["Auditor's initials", review?.initials],
    ["Auditor's remark", review?.remark],
    ...completed.map(({ field, from: { document, place } }) =>
      [`Supplied by a mapping file: ${field}`, `${document}, ${describePlace(place)}`] as const),
  ]
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label: clean(label), value: clean(value) }]))
}

function ownName(name: string | undefined, known: string | undefined): string | undefined {
  return name === known ? undefined : name
}
