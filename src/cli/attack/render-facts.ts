import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { wrapText } from '../../reports/wrap-text.js'

/** What a fact is about, or '' for one more of the same, and the fact. */
export type Fact = readonly [label: string, text: string]

/** A heading, and facts below it in two columns, wrapped to a width. */
export function renderFacts(heading: string, facts: readonly Fact[], width: number, indent = ''): string {
  const labelWidth = Math.max(0, ...facts.map(([label]) => label.length)) + 2
  const lines = facts.flatMap(([label, text]) =>
    wrapText(neutralise(text), width - indent.length - labelWidth)
      .split('\n')
      .map((line, index) => `${indent}${(index === 0 ? label : '').padEnd(labelWidth)}${line}`))
  return `${[wrapText(neutralise(heading), width), ...lines].join('\n')}\n`
}
