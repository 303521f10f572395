import type { TreeObject } from '../../formats/decoded.js'
import { foldName } from '../../model/text.js'
import type { MappingStatus, Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { mappingStatuses } from '../../model/vocabulary.js'
import { labelsOf } from './bundle-index.js'

/** A row as a description states it. */
export interface RowText {
  readonly relation?: string
  readonly score?: Score
  readonly status?: MappingStatus
  readonly comments?: string
  readonly references?: readonly string[]
  /** Title of the row's set, if several sets share a relationship. */
  readonly title?: string
}

const REFERENCES = 'References:\n- '
const facts = /\. (?=(?:Mapping type|Score|Related score|Status): )/
const fact = /^(Mapping type|Score|Related score|Status): (.+)$/

/**
 * Reads the descriptions that src/emitters/stix/describe-rows.ts writes: a line of facts, comments and references for each row. A
 * row without a line of facts cannot be distinguished from the comments of the row before it.
 */
export function readRowText(text: string, object: TreeObject): readonly RowText[] {
  const rows: DraftRow[] = []
  for (const block of text === '' ? [] : text.split('\n\n')) {
    const head = readHead(block, object)
    let row = rows.at(-1)
    if (head || !row) {
      row = { ...head, paragraphs: [] }
      rows.push(row)
    }
    if (head) continue
    if (block.startsWith(REFERENCES)) row.references = block.slice(REFERENCES.length).split('\n- ')
    else row.paragraphs.push(block)
  }
  const idOf = relationIds(rows.flatMap(({ relation }) => relation ?? []), object)
  return rows.map(({ paragraphs, relation, ...row }) => Object.assign(row, stated({
    relation: relation === undefined ? undefined : idOf(relation),
    comments: paragraphs.length === 0 ? undefined : paragraphs.join('\n\n'),
  })))
}

type Head = Pick<RowText, 'relation' | 'score' | 'status' | 'title'>
type DraftRow = Head & { references?: readonly string[]; paragraphs: string[] }

function readHead(block: string, object: TreeObject): Head | undefined {
  if (!block.endsWith('.') || block.includes('\n')) return undefined
  const sentence = block.slice(0, -1)
  const title = /^.{1,300} \((?:enterprise|mobile|ics)\)(?:, set \d{1,6})?(?=\.|$)/.exec(sentence)?.[0]
  const rest = title === undefined ? sentence : sentence.slice(title.length).replace(/^\. /, '')
  const values = new Map<string, string>()
  for (const part of rest === '' ? [] : rest.split(facts)) {
    const [, name, value] = fact.exec(part) ?? []
    if (name === undefined || value === undefined) return undefined
    values.set(name, value)
  }
  const score = { ...splitScore(values.get('Score'), object), ...stated({ related: values.get('Related score') }) }
  return values.size === 0 && title === undefined ? undefined : stated({
    relation: values.get('Mapping type'),
    score: Object.keys(score).length === 0 ? undefined : score,
    status: mappingStatuses.find((status) => status === values.get('Status')),
    title,
  })
}

/** Splits "protect partial" after the category, which is one of the object's labels. */
function splitScore(text: string | undefined, object: TreeObject): Score {
  if (text === undefined) return {}
  const category = labelsOf(object, 'category:').find((label) => text === label || text.startsWith(`${label} `))
  const value = category === undefined ? text : text.slice(category.length + 1)
  return stated({ category, value: value === '' ? undefined : value })
}

/** Maps the names of mapping types in descriptions to their ids in labels. Both list each type once, in the order of the rows. */
function relationIds(names: readonly string[], object: TreeObject): (name: string) => string {
  const ids = labelsOf(object, 'mapping-type:')
  const distinct = [...new Set(names)]
  if (distinct.length !== ids.length) return (name) => ids.find((id) => foldName(id) === foldName(name)) ?? name
  const byName = new Map(distinct.map((name, index) => [name, ids[index] ?? name]))
  return (name) => byName.get(name) ?? name
}
