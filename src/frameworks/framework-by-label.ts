import type { Framework } from './framework.js'
import { frameworks } from './frameworks.js'

/** The framework that a heading, menu entry or badge names; compared without case and punctuation. */
export function frameworkByLabel(label: string): Framework | undefined {
  return byLabel.get(foldLabel(label))
}

/** What counts when labels are compared: letters and digits. */
function foldLabel(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

const byLabel = new Map(
  frameworks.flatMap((framework) => [framework.id, framework.name, ...framework.labels]
    .map((label) => [foldLabel(label), framework] as const)),
)
