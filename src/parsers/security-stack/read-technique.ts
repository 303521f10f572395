import { isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { CapabilityRef, MappedRow, TechniqueRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import { countUnknown, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readLine, readLines, readReferences } from '../reading/read-text.js'

const techniqueFields = new Set(['id', 'name', 'technique-scores', 'sub-techniques-scores'])
const groupFields = new Set(['sub-techniques', 'scores'])
const subTechniqueFields = new Set(['id', 'name'])

/** The rows of one of a control's techniques: one for each of its scores and of its sub-techniques' scores. */
export function readTechnique(value: TreeValue, pointer: string, control: Control, reader: FileReader): readonly MappedRow[] {
  if (!isObject(value)) {
    refuse(pointer, describeValue(value), 1, reader)
    return []
  }
  countUnknown(value, techniqueFields, 'techniques[].', pointer, reader)
  const scoresAt = `${pointer}/technique-scores`
  const groupsAt = `${pointer}/sub-techniques-scores`
  const scores = listOf(value['technique-scores'], scoresAt, 'a list of scores', reader)
  const groups = listOf(value['sub-techniques-scores'], groupsAt, 'a list of sub-techniques with scores', reader)
  const technique = readTarget(value, pointer, reader)
  if (!technique) refuse(pointer, 'a technique without an id', Math.max(1, scores.length), reader)
  const below = groups.flatMap((group, index) => readGroup(group, `${groupsAt}/${index}`, technique?.id, control, reader))
  if (!technique) return below
  // A technique without scores is mapped nevertheless.
  if (scores.length === 0 && groups.length === 0) return [buildRow({ technique }, pointer, control, reader)]
  return [...readScores(scores, scoresAt, [{ technique }], control, reader), ...below]
}

/** The rows of sub-techniques that share scores: one for each sub-technique and score. */
function readGroup(
  value: TreeValue, pointer: string, parent: string | undefined, control: Control, reader: FileReader,
): readonly MappedRow[] {
  if (!isObject(value)) {
    refuse(pointer, describeValue(value), 1, reader)
    return []
  }
  countUnknown(value, groupFields, 'sub-techniques-scores[].', pointer, reader)
  const scores = listOf(value.scores, `${pointer}/scores`, 'a list of scores', reader)
  const listed = listOf(value['sub-techniques'], `${pointer}/sub-techniques`, 'a list of sub-techniques', reader)
  const rowsEach = Math.max(1, scores.length)
  if (listed.length === 0) refuse(pointer, 'scores without sub-techniques', rowsEach, reader)
  const targets = listed.flatMap((item, index): readonly Target[] => {
    const at = `${pointer}/sub-techniques/${index}`
    if (isObject(item)) countUnknown(item, subTechniqueFields, 'sub-techniques[].', at, reader)
    const technique = isObject(item) ? readTarget(item, at, reader) : undefined
    if (technique) return [{ technique, ...(parent !== undefined && { parent }) }]
    // If no sub-technique can be read, no row has the scores.
    const rows = scores.map((_score, nth): Place => ({ kind: 'pointer', pointer: `${pointer}/scores/${nth}` }))
    refuse(at, isObject(item) ? 'a sub-technique without an id' : describeValue(item), rowsEach, reader, rows)
    return []
  })
  if (scores.length === 0) return targets.map((target) => buildRow(target, pointer, control, reader))
  return readScores(scores, `${pointer}/scores`, targets, control, reader)
}

function readTarget(value: TreeObject, pointer: string, reader: FileReader): TechniqueRef | undefined {
  const id = readLine(value.id, 'techniques[].id', `${pointer}/id`, reader)
  const name = readLine(value.name, 'techniques[].name', `${pointer}/name`, reader)
  return id === undefined ? undefined : { id, ...(name !== undefined && { name }) }
}

/** Reports that `count` rows were left out; `rows` are the places of scores that belong to them. */
function refuse(pointer: string, found: string, count: number, reader: FileReader, rows: readonly Place[] = []): void {
  const expected = 'an object with the id of a technique, its name and its scores'
  reader.report('parse/unreadable-row', pointer, { found, expected, hint: 'The other rows were read.', count, rows })
}

/** Fields that all rows of a control share. */
export interface Control {
  readonly capability: CapabilityRef & { readonly description: string }
  /** References for the mapping as a whole; those of a score replace them. */
  readonly references?: readonly string[]
}

/** The technique or sub-technique of a score. */
interface Target {
  readonly technique: TechniqueRef
  /** Id of a sub-technique's parent. */
  readonly parent?: string
}

const scoreFields = new Set(['category', 'value', 'comments', 'references'])

/** A row for each target and score, ordered by target as in CTID's unified files. */
function readScores(
  scores: readonly TreeValue[], pointer: string, targets: readonly Target[], control: Control, reader: FileReader,
): readonly MappedRow[] {
  const rows = scores.map((score, index): readonly MappedRow[] => {
    const at = pointer + pointerStep(index)
    if (isObject(score)) {
      const facts = readScore(score, at, control, reader)
      return targets.map((target) => buildRow(target, at, control, reader, facts))
    }
    reader.report('parse/unreadable-row', at, {
      found: describeValue(score),
      expected: 'an object with category, value and comments',
      hint: 'The other rows were read.',
      count: Math.max(1, targets.length),
    })
    return []
  })
  return targets.flatMap((_target, index) => rows.flatMap((ofScore) => ofScore[index] ?? []))
}

/** Fields of a score, without its target. */
interface ScoreFacts {
  readonly category?: string
  readonly value?: string
  readonly comments?: string
  readonly references?: readonly string[]
}

function readScore(score: TreeObject, pointer: string, control: Control, reader: FileReader): ScoreFacts {
  countUnknown(score, scoreFields, 'scores[].', pointer, reader)
  const line = (key: string) => readLine(score[key], `scores[].${key}`, pointer + pointerStep(key), reader)
  return stated({
    // CTID's unified files write "protect" for "Protect".
    category: line('category')?.toLowerCase(),
    value: line('value')?.toLowerCase(),
    comments: readLines(score.comments, 'scores[].comments', `${pointer}/comments`, reader),
    references: readReferences(score.references, pointer, reader) ?? control.references,
  })
}

/** The row of a target, with its score if it has one. */
function buildRow(
  { technique, parent }: Target, pointer: string, control: Control, reader: FileReader, facts: ScoreFacts = {},
): MappedRow {
  const { category, value, comments, references = control.references } = facts
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
