import type { EmitContext } from '../../../../src/emitters/emitter.js'
import { markdown } from '../../../../src/emitters/markdown/markdown.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { readMarkdown, type ReadCell, type ReadMarkdown, type ReadTable } from '../../../support/read-markdown.js'

/** The page of sets: as it was judged, as text, and as a reader sees it. */
export interface Emitted {
  readonly value: unknown
  readonly text: string
  readonly page: ReadMarkdown
  readonly counts: Readonly<Record<string, number>>
  /** The tables under a heading, in order. */
  readonly table: (heading: string) => ReadTable
  /** Everything that the page prints. */
  readonly cells: readonly ReadCell[]
}

export async function emitSets(
  sets: readonly ResolvedSet[], context: EmitContext = emitContext(), options = { 'markdown-rows': true },
): Promise<Emitted> {
  const [artifact, second] = await markdown.emit(sets, context, options)
  if (!artifact || second) throw new Error('not one artifact')
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await artifact.render())
  const page = readMarkdown(text)
  return {
    value: artifact.value,
    text,
    page,
    counts: artifact.counts,
    table(heading) {
      const found = page.tables.find((table) => table.heading === heading)
      if (!found) throw new Error(`no table under ${heading}`)
      return found
    },
    cells: [...page.tables.flatMap(({ rows }) => rows.flat()), ...page.others],
  }
}

/** A column of a table, by its title, as text. */
export function column({ titles, rows }: ReadTable, title: string): readonly string[] {
  const index = titles.indexOf(title)
  if (index < 0) throw new Error(`no column ${title}`)
  return rows.map((row) => row[index]?.text ?? '')
}
