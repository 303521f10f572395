import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'
import type { CellTexts } from '../table/cell-text.js'
import { createTechniqueLookup, type LookUpTechnique } from '../table/summaries.js'
import type { ReportCapability, ReportTechnique } from './report-data.js'

/** What the parts of a report are built with: lists that they all point into. */
export interface ReportBuilder {
  readonly sets: readonly ResolvedSet[]
  readonly context: EmitContext
  readonly texts: Interner<string>
  readonly techniques: Interner<ReportTechnique>
  readonly capabilities: Interner<ReportCapability>
  readonly lookUp: LookUpTechnique
  /** The text as the page may hold it. */
  readonly clean: (text: string) => string
  /** The index of a text; -1 for none. */
  readonly textIndex: (text: string | undefined) => number
}

/** A builder that has built nothing yet. */
export function createReportBuilder(sets: readonly ResolvedSet[], context: EmitContext, cells: CellTexts): ReportBuilder {
  const texts = createInterner<string>()
  const clean = (text: string): string => cells.clean(text, 'the report')
  return {
    sets, context, texts, clean,
    techniques: createInterner(),
    capabilities: createInterner(),
    lookUp: createTechniqueLookup(context.attack),
    textIndex: (text) => (text === undefined ? -1 : texts.index(text, () => clean(text))),
  }
}

/** The index of a technique that a row of a set, or the matrix of its domain, names. */
export function techniqueIndex(
  { techniques, lookUp, clean }: ReportBuilder, { id, name }: { readonly id: string; readonly name?: string },
  { domain, version }: { readonly domain: Domain; readonly version?: string },
): number {
  return techniques.index(`${domain} ${id}`, () => {
    const facts = lookUp(id, domain, version)
    const title = facts.name ?? name
    return {
      id: clean(id),
      ...(title !== undefined && { name: clean(title) }),
      ...(facts.url !== undefined && { url: facts.url }),
    }
  })
}

/** Keeps each thing once, and says at which index. */
interface Interner<Item> {
  /** The index of the thing with this key; `create` makes it when it is new. */
  index(key: string, create: () => Item): number
  readonly items: readonly Item[]
}

/** An interner that holds nothing yet. */
function createInterner<Item>(): Interner<Item> {
  const indices = new Map<string, number>()
  const items: Item[] = []
  return {
    items,
    index(key, create) {
      const known = indices.get(key)
      if (known !== undefined) return known
      indices.set(key, items.length)
      return items.push(create()) - 1
    },
  }
}
