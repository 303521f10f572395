import { create, isolate } from './elements.js'
import { createLongText } from './long-text.js'
import type { Report } from './report.js'
import { createScore } from './score.js'
import { createWebLink } from './web-link.js'

/** What a card of a row leaves out: its page is about that already. */
export type LeftOut = 'capability' | 'technique' | 'none'

/** Everything that a row says: what it maps, how well, why, by which references, and where that stands. */
export function createRowCard(report: Report, row: number, leftOut: LeftOut): HTMLElement {
  const { data } = report
  const { rows, texts, remarks } = data
  const textOf = (column: readonly number[] | undefined): string | undefined => texts[column?.[row] ?? -1]
  const card = create('article', { class: 'card' })
  card.append(create('p', { class: 'head' }, ...subject('capability'), ...subject('technique'), ...createScore(data, row)))
  addFact('Mapping type', textOf(rows.relation))
  addFact('Group', textOf(rows.group))
  addFact('Status', textOf(rows.status))
  for (const { label, value } of remarks.find((remark) => remark.row === row)?.facts ?? []) addFact(label, value)
  const comments = textOf(rows.comments)
  if (comments !== undefined) card.append(createLongText(comments))
  addList('References', (rows.references?.[row] ?? []).map((reference) => createWebLink(texts[reference] ?? '')))
  addList('Stands in', (rows.origins[row] ?? []).map(([document, place]) => isolate(`${texts[document] ?? ''}, ${place}`)))
  return card

  function subject(kind: 'capability' | 'technique'): readonly Node[] {
    const index = rows[kind][row] ?? -1
    const item = kind === 'capability' ? data.capabilities[index] : data.techniques[index]
    if (!item || kind === leftOut) return []
    const open = kind === 'capability' ? report.openCapability : report.openTechnique
    const name = item.name === undefined || item.name === item.id ? '' : ` ${item.name}`
    return [create('button', { type: 'button', class: 'link', click: () => open(index) }, isolate(`${item.id}${name}`))]
  }

  function addFact(label: string, value: string | undefined): void {
    if (value !== undefined) card.append(create('p', { class: 'small' }, `${label}: `, isolate(value)))
  }

  function addList(title: string, items: readonly Node[]): void {
    if (items.length === 0) return
    const list = create('ul', { class: 'small' }, ...items.map((item) => create('li', {}, item)))
    card.append(create('p', { class: 'small' }, `${title}:`), list)
  }
}
