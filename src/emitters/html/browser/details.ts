import { countNoun } from '../../../diagnostics/counts-in-words.js'
import type { ReportData } from '../report-data.js'
import type { Subject } from '../view/address.js'
import { describeUsers } from '../view/adversaries.js'
import { writeCount } from '../view/counts.js'
import { tacticsOf } from '../view/matrix-cells.js'
import { create, createLongText, createScore, createWebLink, isolate, toggleHidden } from './elements.js'

/** The report's data, and the action by which parts of the page open details. */
export interface Report {
  readonly data: ReportData
  readonly open: (subject: Subject) => void
}

/** The panel that shows details. */
interface Dialog {
  /** Shows the details of something, or closes the panel. */
  readonly show: (subject: Subject | undefined) => void
}

/**
 * Creates the panel: a modal dialog that Escape closes and that then returns the focus. Details that are opened within it have a button
 * Back. `closed` is called when a reader closes it.
 */
export function createDialog(report: Report, closed: () => void): Dialog {
  const trail: Subject[] = []
  const title = create('h2', { id: 'detail-title', tabindex: '-1' })
  const back = create('button', { type: 'button', click: () => history.back() }, 'Back')
  const close = create('button', { type: 'button', click: () => dialog.close() }, 'Close')
  const content = create('div', { class: 'content' })
  const dialog = create('dialog', {
    'aria-labelledby': 'detail-title',
    close: () => {
      if (trail.length > 0) closed()
    },
  }, create('div', { class: 'top' }, title, back, close), content)
  dialog.addEventListener('click', ({ target }) => {
    // A click on the backdrop has the dialog itself as its target.
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  return {
    show(subject) {
      if (!subject) {
        trail.splice(0)
        dialog.close()
        return
      }
      const known = trail.findIndex(({ kind, index }) => kind === subject.kind && index === subject.index)
      if (known >= 0 && known === trail.length - 1) return
      if (known >= 0) trail.splice(known + 1)
      else trail.push(subject)
      const page = describeSubject(report, subject)
      title.replaceChildren(isolate(page.title))
      content.replaceChildren(...page.content)
      toggleHidden(back, trail.length < 2)
      if (!dialog.open) dialog.showModal()
      content.scrollTop = 0
      title.focus()
    },
  }
}

function describeSubject(report: Report, { kind, index }: Subject): DetailPage {
  if (kind === 'technique') return describeTechnique(report, index)
  if (kind === 'capability') return describeCapability(report, index)
  return { title: `Row ${writeCount(index + 1)}`, content: [createRowCard(report, index, 'none')] }
}

/** A page of the dialog. */
interface DetailPage {
  readonly title: string
  readonly content: readonly Node[]
}

const firstCards = 50

/** Details of a technique: its tactics, its page, why the matrix has no cell for it, and its rows. */
function describeTechnique(report: Report, technique: number): DetailPage {
  const { data } = report
  const { id = '', name = '', url, platforms = [] } = data.techniques[technique] ?? {}
  const tactics = [...new Set(tacticsOf(data)[technique]?.map((tactic) => tactic.name))]
  const rows = listRows(data, data.rows.technique, technique)
  const reasons = data.sets.flatMap(({ title, outside }) =>
    outside.filter((found) => found.technique === technique).map(({ reason }) => `${title}: ${reason === 'not-in-index' ? 'not in the index of ATT&CK releases' : `${reason} in that release of ATT&CK`}`))
  return {
    title: `${id} ${name}`.trim(),
    content: [
      ...(tactics.length === 0 ? [] : [create('p', {}, `Tactics: ${tactics.join(', ')}`)]),
      ...(platforms.length === 0 ? [] : [create('p', {}, 'Platforms: ', isolate(platforms.map((platform) => data.platforms[platform]).join(', ')))]),
      ...describeUsers(data, technique).map((user) => create('p', {}, 'Used by ', isolate(user))),
      ...(url === undefined ? [] : [create('p', {}, createWebLink(url))]),
      ...reasons.map((reason) => create('p', { class: 'hint' }, isolate(reason))),
      ...createRelatives(report, technique),
      ...(data.sets.length === 1 ? createCards(report, rows, 'technique') : createCardsBySet(report, rows)),
    ],
  }
}

/** Buttons for the parent and the sub-techniques of a technique. */
function createRelatives({ data, open }: Report, technique: number): readonly Node[] {
  const { id = '' } = data.techniques[technique] ?? {}
  const parent = id.includes('.') ? id.split('.', 1)[0] : undefined
  const family = data.techniques.flatMap((other, index) =>
    (other.id === parent || (parent === undefined && other.id.startsWith(`${id}.`)) ? [index] : []))
  if (family.length === 0) return []
  const items = family.map((index) => {
    const rows = listRows(data, data.rows.technique, index).length
    const { id: own = '', name = '' } = data.techniques[index] ?? {}
    return create('li', {}, create('button', { type: 'button', class: 'link', click: () => open({ kind: 'technique', index }) }, isolate(`${own} ${name}`)),
      ` ${countNoun(rows, 'row')}`)
  })
  return [create('h3', {}, parent === undefined ? 'Sub-techniques' : 'Technique'), create('ul', { class: 'small relatives' }, ...items)]
}

/** The rows of each framework under its title. */
function createCardsBySet(report: Report, rows: readonly number[]): readonly Node[] {
  const { data } = report
  if (rows.length === 0) return [create('h3', {}, 'No rows')]
  return data.sets.flatMap(({ title }, set) => {
    const own = rows.filter((row) => data.rows.set[row] === set)
    return own.length === 0 ? [] : createCards(report, own, 'technique', title)
  })
}

/** Details of a capability: its set, groups, description and rows. */
function describeCapability(report: Report, index: number): DetailPage {
  const { data } = report
  const { id = '', name = '', description, groups = [], set = -1, remark } = data.capabilities[index] ?? {}
  return {
    title: name === id ? id : `${id} ${name}`.trim(),
    content: [
      create('p', {}, isolate(data.sets[set]?.title ?? '')),
      ...(groups.length === 0 ? [] : [create('p', {}, 'Groups: ', isolate(groups.join(', ')))]),
      ...(description === undefined ? [] : [createLongText(description)]),
      ...(remark === undefined ? [] : [create('p', { class: 'hint' }, remark)]),
      ...createCards(report, listRows(data, data.rows.capability, index), 'capability'),
    ],
  }
}

function listRows({ rows }: ReportData, column: readonly number[], wanted: number): readonly number[] {
  return rows.set.map((_set, row) => row).filter((row) => column[row] === wanted)
}

function createCards(report: Report, rows: readonly number[], leftOut: LeftOut, title?: string): readonly Node[] {
  const count = rows.length === 1 ? '1 row' : `${writeCount(rows.length)} rows`
  const heading = create('h3', {}, ...(title === undefined ? [count] : [isolate(title), `: ${count}`]))
  const list = create('div', {}, ...rows.slice(0, firstCards).map((row) => createRowCard(report, row, leftOut)))
  if (rows.length <= firstCards) return [heading, list]
  const more = create('button', {
    type: 'button',
    click: () => {
      list.append(...rows.slice(firstCards).map((row) => createRowCard(report, row, leftOut)))
      more.remove()
    },
  }, `Show the other ${writeCount(rows.length - firstCards)}`)
  return [heading, list, more]
}

/** The part that the card of a row omits, because its page is about it. */
type LeftOut = 'capability' | 'technique' | 'none'

/** A card with everything in a row: capability, technique, score, comments, references and places. */
function createRowCard(report: Report, row: number, leftOut: LeftOut): HTMLElement {
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
  addList('Found in', (rows.origins[row] ?? []).map(([document, place]) => isolate(`${texts[document] ?? ''}, ${place}`)))
  return card

  function subject(kind: 'capability' | 'technique'): readonly Node[] {
    const index = rows[kind][row] ?? -1
    const item = kind === 'capability' ? data.capabilities[index] : data.techniques[index]
    if (!item || kind === leftOut) return []
    const name = item.name === undefined || item.name === item.id ? '' : ` ${item.name}`
    return [create('button', { type: 'button', class: 'link', click: () => report.open({ kind, index }) }, isolate(`${item.id}${name}`))]
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
