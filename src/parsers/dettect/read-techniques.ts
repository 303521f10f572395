import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { MappedRow } from '../../model/mapping.js'
import { readDate, stated } from '../../model/stated.js'
import { countUnknown, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField, readLine, readLines } from '../reading/read-text.js'

/** What a technique of an administration file says: what detects it, and what sees it. */
interface TechniqueRows {
  readonly detections: readonly MappedRow[]
  readonly visibilities: readonly MappedRow[]
}

const techniqueFields: ReadonlySet<string> = new Set(['technique_id', 'technique_name', 'detection', 'visibility'])
const entryFields: ReadonlySet<string> = new Set([
  'applicable_to', 'location', 'comment', 'score_logbook', 'score', 'date_registered', 'date_implemented', 'auto_generated',
])

/** Detection of a product whose location the file does not state. */
const unnamedDetection = 'Detection'
const visibilityId = 'visibility'

/**
 * Reads a technique: each location of a detection is a capability that detects it with the newest score of the logbook; visibility is one
 * capability, of a framework of its own. Scores that mean "none" (detection below 0, visibility below 1) make no row, and are counted.
 */
export function readTechnique(value: TreeValue, pointer: string, fileName: string | undefined, reader: FileReader): TechniqueRows {
  if (!isObject(value)) return refuse(pointer, describeValue(value), 1, reader)
  countUnknown(value, techniqueFields, 'techniques[].', pointer, reader)
  const detections = entriesOf(value.detection, `${pointer}/detection`)
  const visibilities = entriesOf(value.visibility, `${pointer}/visibility`)
  const id = readField(value, 'technique_id', pointer, 'techniques[].', reader)
  if (id === undefined) {
    const count = detections.reduce((sum, [entry]) => sum + countLocations(entry), visibilities.length)
    return refuse(pointer, 'a technique without a technique_id', Math.max(1, count), reader)
  }
  if (detections.length + visibilities.length === 0) {
    reader.count('parse/no-coverage', 'a technique without detection and visibility', pointer)
  }
  const technique = { id, ...stated({ name: readField(value, 'technique_name', pointer, 'techniques[].', reader) }) }
  const suffix = fileName === undefined ? '' : ` (${fileName})`
  return {
    detections: detections.flatMap(([entry, at]) => readEntry(entry, at, 0, reader)
      .flatMap(({ locations, ...facts }): readonly MappedRow[] => (locations.length === 0 ? [`${unnamedDetection}${suffix}`] : locations)
        .map((location) => ({ kind: 'mapped', capability: { id: location }, technique, relation: 'detects', ...withCategory(facts) })))),
    visibilities: visibilities.flatMap(([entry, at]) => readEntry(entry, at, 1, reader)
      .map(({ locations: _none, ...facts }): MappedRow =>
        ({ kind: 'mapped', capability: { id: visibilityId, description: `Visibility${suffix}` }, technique, relation: 'sees', ...facts }))),
  }
}

function refuse(pointer: string, found: string, count: number, reader: FileReader): TechniqueRows {
  reader.report('parse/unreadable-row', pointer, { found, expected: 'a technique with a technique_id', count })
  return { detections: [], visibilities: [] }
}

/** The rows that a detection would make. */
function countLocations(entry: TreeValue): number {
  const locations = isObject(entry) && isList(entry.location) ? entry.location : []
  return Math.max(1, locations.filter((location) => location !== null && location !== '').length)
}

/** One entry may be written without a list. */
function entriesOf(value: TreeValue | undefined, pointer: string): readonly (readonly [TreeValue, string])[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value.map((item, index) => [item, `${pointer}/${index}`]) : [[value, pointer]]
}

interface EntryFacts extends Pick<MappedRow, 'origins' | 'score' | 'comments'> {
  readonly locations: readonly string[]
}

/** An entry that states a score of at least `least`, or none that can be read; empty if it states that there is nothing. */
function readEntry(entry: TreeValue, pointer: string, least: number, reader: FileReader): readonly EntryFacts[] {
  if (!isObject(entry)) {
    reader.report('parse/unreadable-row', pointer, { found: describeValue(entry), expected: 'an object with a score_logbook' })
    return []
  }
  countUnknown(entry, entryFields, 'detection[].', pointer, reader)
  const { score, comment } = readLogbook(entry, pointer, reader)
  if (score !== undefined && Number(score) < least) {
    const kind = least === 0 ? `a detection with the score ${score}` : `a visibility with the score ${score}`
    reader.count('parse/no-coverage', kind, pointer)
    return []
  }
  const systems = textsOf(entry.applicable_to, `${pointer}/applicable_to`, reader).filter((system) => system.toLowerCase() !== 'all')
  const texts = [
    readLines(entry.comment, 'comment', `${pointer}/comment`, reader),
    comment,
    systems.length === 0 ? undefined : `Applicable to: ${systems.join(', ')}`,
  ].filter((text) => text !== undefined)
  return [{
    origins: [reader.origin(pointer)],
    locations: [...new Set(textsOf(entry.location, `${pointer}/location`, reader))],
    ...stated({ score: score === undefined ? undefined : { value: score }, comments: texts.length === 0 ? undefined : texts.join('\n') }),
  }]
}

function withCategory<Facts extends Pick<MappedRow, 'score'>>(facts: Facts): Facts {
  return facts.score === undefined ? facts : { ...facts, score: { category: 'detect', ...facts.score } }
}

/** The texts of a list, or a text by itself; blank ones are left out. */
function textsOf(value: TreeObject[string] | undefined, pointer: string, reader: FileReader): readonly string[] {
  const items = isList(value) ? value : [value]
  return items.flatMap((item, index) => {
    const at = isList(value) ? `${pointer}/${index}` : pointer
    if (typeof item === 'object' && item !== null) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'a text' })
    }
    return readLine(item, 'detection[]', at, reader) ?? []
  })
}

/** The score that counts, as text, and the comment of its entry. */
interface LatestScore {
  readonly score?: string
  readonly comment?: string
}

/**
 * The newest entry of a logbook; the first of those with the same date. An entry without a date is older than any other. Older
 * entries are counted; a score that is no number is kept as the word that it is. In files of version 1.0 the score is the entry's own.
 */
function readLogbook(entry: TreeObject, pointer: string, reader: FileReader): LatestScore {
  const logbook = listOf(entry.score_logbook, `${pointer}/score_logbook`, 'a list of scores', reader)
  if (logbook.length === 0) return stated({ score: readScore(entry.score, `${pointer}/score`, reader) })
  let newest: { readonly item: TreeObject; readonly at: string; readonly date: string } | undefined
  let readable = 0
  for (const [index, item] of logbook.entries()) {
    const at = `${pointer}/score_logbook/${index}`
    if (!isObject(item)) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'an object with a date and a score' })
      continue
    }
    readable += 1
    const date = readEntryDate(item.date, `${at}/date`, reader)
    if (!newest || date > newest.date) newest = { item, at, date }
  }
  if (!newest) return {}
  if (readable > 1) reader.count('parse/superseded-object', 'a score of a logbook that is not its newest', pointer)
  return stated({
    score: readScore(newest.item.score, `${newest.at}/score`, reader),
    comment: readLines(newest.item.comment, 'comment', `${newest.at}/comment`, reader),
  })
}

/** A date that can be compared as text, with its time if there is one; '' for none. */
function readEntryDate(value: TreeValue | undefined, pointer: string, reader: FileReader): string {
  if (value === undefined || value === null || value === '') return ''
  const text = typeof value === 'string' ? value.trim() : ''
  const day = readDate(text)
  if (day === undefined) {
    reader.report('normalise/unreadable-date', pointer, { found: describeValue(value), expected: '2024-12-31' })
    return ''
  }
  return text.startsWith(day) ? text.replace(' ', 'T') : day
}

function readScore(value: TreeValue | undefined, pointer: string, reader: FileReader): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  const message = 'The entry states no score; its row was kept without one'
  reader.report('parse/unknown-value', pointer, { message, found: describeValue(value), expected: 'a number from -1 to 5' })
  return undefined
}
