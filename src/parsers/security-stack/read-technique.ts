import type { TreeValue } from '../../formats/decoded.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import type { MappedRow, TechniqueRef } from '../../model/mapping.js'
import { countUnknown } from '../reading/count-unknown.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { listOf } from '../reading/list-of.js'
import { readLine } from '../reading/tidy-text.js'
import { buildRow, readScores, type Control, type Target } from './read-scores.js'

const techniqueFields = new Set(['id', 'name', 'technique-scores', 'sub-techniques-scores'])
const groupFields = new Set(['sub-techniques', 'scores'])
const subTechniqueFields = new Set(['id', 'name'])

/** The rows of one of a control's techniques: a row for each score of it and of its sub-techniques. */
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
  // A technique that nobody scored is still one that the control was mapped to.
  if (scores.length === 0 && groups.length === 0) return [buildRow({ technique }, pointer, control, reader)]
  return [...readScores(scores, scoresAt, [{ technique }], control, reader), ...below]
}

/** Sub-techniques that share their scores: each has a row of its own for each score. */
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
  if (listed.length === 0) refuse(pointer, 'scores of no sub-technique', rowsEach, reader)
  const targets = listed.flatMap((item, index): readonly Target[] => {
    const at = `${pointer}/sub-techniques/${index}`
    if (isObject(item)) countUnknown(item, subTechniqueFields, 'sub-techniques[].', at, reader)
    const technique = isObject(item) ? readTarget(item, at, reader) : undefined
    if (technique) return [{ technique, ...(parent !== undefined && { parent }) }]
    refuse(at, isObject(item) ? 'a sub-technique without an id' : describeValue(item), rowsEach, reader)
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

/** Says that as many rows were left out. */
function refuse(pointer: string, found: string, count: number, reader: FileReader): void {
  const expected = 'an object with the id of a technique, its name and its scores'
  reader.report('parse/unreadable-row', pointer, { found, expected, hint: 'the other rows were read', count })
}
