import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import type { CapabilityRef, MappedRow, TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { countUnknown } from '../reading/count-unknown.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readReferences } from '../reading/read-references.js'
import { readLine, readLines } from '../reading/tidy-text.js'

/** What all rows of a control say alike. */
export interface Control {
  readonly capability: CapabilityRef & { readonly description: string }
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

/** A row for each score and each of the targets that share it, target by target, as in CTID's unified files. */
export function readScores(
  scores: readonly TreeValue[], pointer: string, targets: readonly Target[], control: Control, reader: FileReader,
): readonly MappedRow[] {
  const rows = scores.map((score, index): readonly MappedRow[] => {
    const at = pointer + pointerStep(index)
    if (isObject(score)) {
      const judgement = readScore(score, at, control, reader)
      return targets.map((target) => buildRow(target, at, control, reader, judgement))
    }
    reader.report('parse/unreadable-row', at, {
      found: describeValue(score),
      expected: 'an object with category, value and comments',
      hint: 'the other rows were read',
      count: Math.max(1, targets.length),
    })
    return []
  })
  return targets.flatMap((_target, index) => rows.flatMap((ofScore) => ofScore[index] ?? []))
}

/** What a score says, whatever it is for. */
interface Judgement {
  readonly category?: string
  readonly value?: string
  readonly comments?: string
  readonly references?: readonly string[]
}

function readScore(score: TreeObject, pointer: string, control: Control, reader: FileReader): Judgement {
  countUnknown(score, scoreFields, 'scores[].', pointer, reader)
  const line = (key: string) => readLine(score[key], `scores[].${key}`, pointer + pointerStep(key), reader)
  return stated({
    // CTID's unified files have "Protect" as "protect".
    category: line('category')?.toLowerCase(),
    value: line('value')?.toLowerCase(),
    comments: readLines(score.comments, 'scores[].comments', `${pointer}/comments`, reader),
    references: readReferences(score.references, pointer, reader) ?? control.references,
  })
}

/** The row of a target, with its score where it has one. */
export function buildRow(
  { technique, parent }: Target, pointer: string, control: Control, reader: FileReader, judgement: Judgement = {},
): MappedRow {
  const { category, value, comments, references = control.references } = judgement
  const score = stated({ category, value, related: parent })
  return {
    kind: 'mapped',
    origins: [reader.origin(pointer)],
    capability: control.capability,
    technique,
    relation: 'technique_scores',
    ...(Object.keys(score).length > 0 && { score }),
    ...(comments !== undefined && { comments }),
    ...(references && { references }),
  }
}
