import type { ReportData } from '../report-data.js'
import { tacticsOf } from '../view/tactics-of.js'
import { writeCount } from '../view/write-count.js'
import { create, isolate } from './elements.js'
import { createLongText } from './long-text.js'
import type { Report } from './report.js'
import { createRowCard, type LeftOut } from './row-card.js'
import { createWebLink } from './web-link.js'

/** A page of the dialog. */
export interface DetailPage {
  readonly title: string
  readonly content: readonly Node[]
}

const firstCards = 50

/** Describes a technique: what maps to it, and what was said of it where nothing does. */
export function describeTechnique(report: Report, technique: number): DetailPage {
  const { data } = report
  const { id = '', name = '', url } = data.techniques[technique] ?? {}
  const tactics = [...new Set(tacticsOf(data)[technique]?.map((tactic) => tactic.name))]
  const rows = listRows(data, data.rows.technique, technique)
  const reasons = data.sets.flatMap(({ title, outside }) =>
    outside.filter((found) => found.technique === technique).map(({ reason }) => `${title}: ${reason} in that release of ATT&CK`))
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

/** Describes a capability: what it is, and what it maps to. */
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

/** Describes a single row. */
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
