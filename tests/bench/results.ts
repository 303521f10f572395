import { readFileSync } from 'node:fs'
import { type Cost, median } from './measure.js'

/** One line of the table: what was run, and what it took. */
export interface Result {
  readonly group: string
  readonly name: string
  readonly runs: readonly Cost[]
  /** Bytes of the artifacts. */
  readonly bytes?: number
  readonly rows?: number
  /** CPU seconds of the floor; see floor.ts. */
  readonly floor?: number
  /** CPU seconds by stage, for the results of stages.ts. */
  readonly stages?: Readonly<Record<string, number>>
}

/** Reads results that `--json` wrote; none if the file is something else. */
export function readResults(file: string): readonly Result[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof value !== 'object' || value === null || !('results' in value) || !Array.isArray(value.results)) return []
  return value.results.filter((entry): entry is Result => typeof entry === 'object' && entry !== null && 'runs' in entry && 'name' in entry)
}

const columns = ['', 'CPU s', '±', 'wall s', 'MiB', 'MB out', 'rows/s', 'floor s', '× floor', 'before', 'change'] as const

/** Results as Markdown: a table for each group. With `before`, the medians of an earlier run and the change of each are in it. */
export function renderResults(results: readonly Result[], before: readonly Result[]): string {
  const groups = [...new Set(results.map(({ group }) => group))]
  return groups.map((group) => {
    const own = results.filter((result) => result.group === group)
    return own.some(({ stages }) => stages) ? renderStages(group, own, before) : renderCosts(group, own, before)
  }).join('\n\n')
}

function renderCosts(group: string, results: readonly Result[], before: readonly Result[]): string {
  const lines = results.map((result) => {
    const { name, runs, bytes, rows, floor } = result
    const costs = runs.map(({ cpu }) => cpu)
    const cpu = median(costs)
    const former = before.find((other) => other.group === group && other.name === name)
    const formerCpu = former && median(former.runs.map((run) => run.cpu))
    return [
      name, cpu.toFixed(2), ((Math.max(...costs) - Math.min(...costs)) / 2).toFixed(2),
      median(runs.map(({ wall }) => wall)).toFixed(2), Math.max(...runs.map(({ memory }) => memory)).toFixed(0),
      bytes === undefined ? '' : (bytes / 1e6).toFixed(1), rows === undefined ? '' : String(Math.round(rows / cpu)),
      floor?.toFixed(2) ?? '', floor === undefined ? '' : (cpu / floor).toFixed(1),
      formerCpu?.toFixed(2) ?? '', formerCpu === undefined ? '' : `${((cpu / formerCpu - 1) * 100).toFixed(0)} %`,
    ]
  })
  return [`### ${group}`, '', ...renderTable(before.length > 0 ? columns : columns.slice(0, -2), lines)].join('\n')
}

function renderStages(group: string, results: readonly Result[], before: readonly Result[]): string {
  const former = before.find((other) => other.group === group)?.stages ?? {}
  const lines = results.flatMap(({ stages = {} }) => Object.entries(stages).map(([stage, seconds]) => [
    stage, seconds.toFixed(2), former[stage]?.toFixed(2) ?? '',
  ]))
  return [`### ${group}`, '', ...renderTable(before.length > 0 ? ['stage', 'CPU s', 'before'] : ['stage', 'CPU s'], lines)].join('\n')
}

function renderTable(titles: readonly string[], lines: readonly (readonly string[])[]): readonly string[] {
  return [
    `| ${titles.join(' | ')} |`,
    `|${titles.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
    ...lines.map((cells) => `| ${cells.slice(0, titles.length).join(' | ')} |`),
  ]
}
