import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import type { CapabilityRef, MappedRow, TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readReferences } from '../reading/read-references.js'
import { readLine, readLines } from '../reading/tidy-text.js'

/** What all rows of a control say alike. */
export interface Control {
  readonly capability: CapabilityRef
  /** What the control's file cites for the mapping as a whole. */
  readonly references?: readonly string[]
}

/** What a score is for. */
export interface Target {
  readonly technique: TechniqueRef
  /** The technique above a sub-technique. */
  readonly parent?: string
}

const scoreFields = new Set(['category', 'value', 'comments', 'references'])

/** A row for each score and each of the targets that share it. */
export function readScores(
  scores: readonly TreeValue[], pointer: string, targets: readonly Target[], control: Control, reader: FileReader,
): readonly MappedRow[] {
  const rows = scores.map((score, index): readonly MappedRow[] => {
    const at = pointer + pointerStep(index)
    if (isObject(score)) return targets.map((target) => buildRow(target, at, control, reader, score))
    reader.report('parse/unreadable-row', at, {
      found: describeValue(score), expected: 'an object with category, value and comments', hint: 'the other rows were read', count: targets.length,
    })
    return []
  })
  // Row by row of a target, as CTID's unified files have them.
  return targets.flatMap((_target, index) => rows.flatMap((ofScore) => ofScore[index] ?? []))
}

/** The row of a target, with its score where it has one. */
export function buildRow({ technique, parent }: Target, pointer: string, control: Control, reader: FileReader, score: TreeObject = {}): MappedRow {
  for (const key of Object.keys(score)) if (!scoreFields.has(key)) reader.count('parse/unknown-field', `scores[].${key}`, pointer + pointerStep(key))
  const line = (key: string): string | undefined => readLine(score[key], `scores[].${key}`, pointer + pointerStep(key), reader)
  // CTID's unified files have "Protect" as "protect".
  const judged = stated({ category: line('category')?.toLowerCase(), value: line('value')?.toLowerCase(), related: parent })
  const comments = readLines(score.comments, 'scores[].comments', `${pointer}/comments`, reader)
  const references = readReferences(score.references, pointer, reader) ?? control.references
  return {
    kind: 'mapped',
    origins: [reader.origin(pointer)],
    capability: control.capability,
    technique,
    relation: 'technique_scores',
    ...(Object.keys(judged).length > 0 && { score: judged }),
    ...(comments !== undefined && { comments }),
    ...(references && { references }),
  }
}
