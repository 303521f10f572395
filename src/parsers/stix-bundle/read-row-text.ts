import type { TreeObject } from '../../formats/decoded.js'
import type { MappingStatus, Score } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { labelsOf } from './bundle-index.js'

/** What a description tells of one row. */
export interface RowText {
  readonly relation?: string
  readonly score?: Score
  readonly status?: MappingStatus
  readonly comments?: string
  readonly references?: readonly string[]
  /** The set that the row is of, where several share a relationship. */
  readonly title?: string
}

const REFERENCES = 'References:\n- '
const facts = /\. (?=(?:Mapping type|Score|Related score|Status): )/
const fact = /^(Mapping type|Score|Related score|Status): (.+)$/

/**
 * Reads back what src/emitters/stix/describe-rows.ts writes: a line of facts, the comments and the references of each row. A
 * row that states no facts can't be told from the comments of the row before it.
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
    status: statusOf(values.get('Status')),
    title,
  })
}

/** "protect partial": the labels tell where the category ends. */
function splitScore(text: string | undefined, object: TreeObject): Score {
  if (text === undefined) return {}
  const category = labelsOf(object, 'category:').find((label) => text === label || text.startsWith(`${label} `))
  const value = category === undefined ? text : text.slice(category.length + 1)
  return stated({ category, value: value === '' ? undefined : value })
}

/** Descriptions print the names of mapping types, labels their ids; both each once, in the order of the rows. */
function relationIds(names: readonly string[], object: TreeObject): (name: string) => string {
  const ids = labelsOf(object, 'mapping-type:')
  const distinct = [...new Set(names)]
  if (distinct.length !== ids.length) return (name) => ids.find((id) => fold(id) === fold(name)) ?? name
  const byName = new Map(distinct.map((name, index) => [name, ids[index] ?? name]))
  return (name) => byName.get(name) ?? name
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function statusOf(text: string | undefined): MappingStatus | undefined {
  return text === 'in_progress' || text === 'non_mappable' || text === 'complete' ? text : undefined
}
