import { columnLabels, type PageColumn } from '../page/page-columns.js'

/** Labels with the longest first, so that "Technique ID" is not read as "ID". */
const labels = columnLabels.map(([label, column]) => [label.toLowerCase(), column] as const)
  .toSorted(([a], [b]) => b.length - a.length)

/** No header is longer. */
const LONGEST = 250

/** Reads a line as a table's header: column labels and nothing else, joined by spaces. Undefined where it is none. */
export function readHeader(line: string): readonly PageColumn[] | undefined {
  const { columns, rest } = readLabels(line)
  return columns.length > 1 && rest === '' ? columns : undefined
}

/** A shorter beginning of a header could be the beginning of anything. */
const SHORTEST = 4

/** Whether a line begins as a mapping table's header does and then breaks off. */
export function isBrokenHeader(line: string): boolean {
  if (line.length >= SHORTEST && 'Capability ID Capability Description'.startsWith(line)) return true
  const { columns, rest } = readLabels(line)
  return columns[0] === 'capability-id' && columns.length > 1 && rest !== '' && labels.some(([label]) => label.startsWith(rest))
}

function readLabels(line: string): { columns: readonly PageColumn[], rest: string } {
  if (line.length > LONGEST) return { columns: [], rest: line }
  const columns: PageColumn[] = []
  let rest = line.toLowerCase()
  while (rest !== '') {
    const found = labels.find(([label]) => rest === label || rest.startsWith(`${label} `))
    if (!found) break
    columns.push(found[1])
    rest = rest.slice(found[0].length).trimStart()
  }
  return { columns, rest }
}
