import type { ReportData } from '../report-data.js'
import { writeCount } from '../view/counts.js'
import { tacticsOf } from '../view/matrix-cells.js'
import { create, createLongText, createScore, createWebLink, isolate, toggleHidden } from './elements.js'

/** The report's data, and the actions by which parts of the page open details. */
export interface Report {
  readonly data: ReportData
  readonly openTechnique: (technique: number) => void
  readonly openCapability: (capability: number) => void
  readonly openRow: (row: number) => void
}

/** The panel that shows details. */
interface Dialog {
  readonly open: (makePage: () => DetailPage) => void
}

/** Creates the panel: a modal dialog that Escape closes and that then returns the focus. Pages opened within it have a button Back. */
export function createDialog(): Dialog {
  const trail: (() => DetailPage)[] = []
  const title = create('h2', { id: 'detail-title', tabindex: '-1' })
  const back = create('button', { type: 'button', click: goBack }, 'Back')
  const close = create('button', { type: 'button', click: () => dialog.close() }, 'Close')
  const content = create('div', { class: 'content' })
  const dialog = create('dialog', { 'aria-labelledby': 'detail-title', close: () => trail.splice(0) },
    create('div', { class: 'top' }, title, back, close), content)
  dialog.addEventListener('click', ({ target }) => {
    // A click on the backdrop has the dialog itself as its target.
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  return {
    open(makePage) {
      trail.push(makePage)
      show(makePage)
      if (!dialog.open) dialog.showModal()
      title.focus()
    },
  }

  function show(makePage: () => DetailPage): void {
    const page = makePage()
    title.replaceChildren(isolate(page.title))
    content.replaceChildren(...page.content)
    content.scrollTop = 0
    toggleHidden(back, trail.length < 2)
  }

  function goBack(): void {
    trail.pop()
    const page = trail.at(-1)
    if (page) show(page)
    title.focus()
  }
}

/** A page of the dialog. */
interface DetailPage {
  readonly title: string
  readonly content: readonly Node[]
}

const firstCards = 50

/** Details of a technique: its tactics, its page, why the matrix has no cell for it, and its rows. */
export function describeTechnique(report: Report, technique: number): DetailPage {
  const { data } = report
  const { id = '', name = '', url } = data.techniques[technique] ?? {}
  const tactics = [...new Set(tacticsOf(data)[technique]?.map((tactic) => tactic.name))]
  const rows = listRows(data, data.rows.technique, technique)
  const reasons = data.sets.flatMap(({ title, outside }) =>
    outside.filter((found) => found.technique === technique).map(({ reason }) => `${title}: ${reason === 'not-in-index' ? 'not in the index of ATT&CK releases' : `${reason} in that release of ATT&CK`}`))
  return {
    title: `${id} ${name}`.trim(),
    content: [
      ...(tactics.length === 0 ? [] : [create('p', {}, `Tactics: ${tactics.join(', ')}`)]),
      ...(url === undefined ? [] : [create('p', {}, createWebLink(url))]),
      ...reasons.map((reason) => create('p', { class: 'hint' }, isolate(reason))),
      ...createCards(report, rows, 'technique'),
    ],
  }
}

/** Details of a capability: its set, groups, description and rows. */
export function describeCapability(report: Report, index: number): DetailPage {
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

/** Details of a single row. */
export function describeRow(report: Report, row: number): DetailPage {
  return { title: `Row ${writeCount(row + 1)}`, content: [createRowCard(report, row, 'none')] }
}

function listRows({ rows }: ReportData, column: readonly number[], wanted: number): readonly number[] {
  return rows.set.map((_set, row) => row).filter((row) => column[row] === wanted)
}

function createCards(report: Report, rows: readonly number[], leftOut: LeftOut): readonly Node[] {
  const heading = create('h3', {}, rows.length === 1 ? '1 row' : `${writeCount(rows.length)} rows`)
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
