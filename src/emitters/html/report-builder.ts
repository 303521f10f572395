import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'
import type { CellTexts } from '../table/cell-text.js'
import { createTechniqueLookup, type LookUpTechnique } from '../table/summaries.js'
import type { ReportCapability, ReportTechnique } from './report-data.js'

/** The state shared while a report is built: the lists that its rows, matrices and sets refer to by index. */
export interface ReportBuilder {
  readonly sets: readonly ResolvedSet[]
  readonly context: EmitContext
  readonly texts: Interner<string>
  readonly techniques: Interner<ReportTechnique>
  readonly capabilities: Interner<ReportCapability>
  readonly platforms: Interner<string>
  readonly lookUp: LookUpTechnique
  /** The text without characters that the page cannot contain. */
  readonly clean: (text: string) => string
  /** The index of a text in `texts`; -1 for undefined. */
  readonly textIndex: (text: string | undefined) => number
}

/** Creates a builder with empty lists. */
export function createReportBuilder(sets: readonly ResolvedSet[], context: EmitContext, cells: CellTexts): ReportBuilder {
  const texts = createInterner<string>()
  const clean = (text: string): string => cells.clean(text, 'the report')
  return {
    sets, context, texts, clean,
    techniques: createInterner(),
    capabilities: createInterner(),
    platforms: createInterner(),
    lookUp: createTechniqueLookup(context.attack),
    textIndex: (text) => (text === undefined ? -1 : texts.index(text, () => clean(text))),
  }
}

/** The index of a technique of a domain, which is added if it is new. ATT&CK's name takes precedence over the row's. */
export function techniqueIndex(
  { techniques, platforms, lookUp, clean }: ReportBuilder, { id, name }: { readonly id: string; readonly name?: string },
  { domain, version }: { readonly domain: Domain; readonly version?: string },
): number {
  return techniques.index(`${domain} ${id}`, () => {
    const facts = lookUp(id, domain, version)
    const title = facts.name ?? name
    return {
      id: clean(id),
      ...(title !== undefined && { name: clean(title) }),
      ...(facts.url !== undefined && { url: facts.url }),
      ...(facts.platforms && { platforms: facts.platforms.map((platform) => platforms.index(platform, () => clean(platform))) }),
    }
  })
}

/** A list of items without duplicates. */
interface Interner<Item> {
  /** The index of the item with this key; `create` makes it if it is new. */
  index(key: string, create: () => Item): number
  readonly items: readonly Item[]
}

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
