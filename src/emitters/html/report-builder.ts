import { createNumbered, createPairMap, type Numbered, type PairMap } from '../../model/lookups.js'
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
  readonly texts: Numbered<string>
  readonly techniques: ReportTechnique[]
  /** The indices of techniques in their list, by domain and id. */
  readonly techniqueIndices: PairMap<Domain, string, number>
  readonly capabilities: Numbered<string, ReportCapability>
  readonly platforms: Numbered<string>
  readonly lookUp: LookUpTechnique
  /** The text without characters that the page cannot contain. */
  readonly clean: (text: string) => string
  /** The index of a text in `texts`; -1 for undefined. */
  readonly textIndex: (text: string | undefined) => number
}

/** Creates a builder with empty lists. */
export function createReportBuilder(sets: readonly ResolvedSet[], context: EmitContext, cells: CellTexts): ReportBuilder {
  const texts = createNumbered<string>()
  const clean = (text: string): string => cells.clean(text, 'the report')
  return {
    sets, context, texts, clean,
    techniques: [],
    techniqueIndices: createPairMap(),
    capabilities: createNumbered(),
    platforms: createNumbered(),
    lookUp: createTechniqueLookup(context.attack),
    textIndex: (text) => (text === undefined ? -1 : texts.numberOf(text, () => clean(text))),
  }
}

/** The index of a technique of a domain, which is added if it is new. ATT&CK's name takes precedence over the row's. */
export function techniqueIndex(
  builder: ReportBuilder, { id, name }: { readonly id: string; readonly name?: string },
  { domain, version }: { readonly domain: Domain; readonly version?: string },
): number {
  const known = builder.techniqueIndices.get(domain, id)
  if (known !== undefined) return known
  const { platforms, lookUp, clean } = builder
  const facts = lookUp(id, domain, version)
  const title = facts.name ?? name
  const index = builder.techniques.push({
    id: clean(id),
    ...(title !== undefined && { name: clean(title) }),
    ...(facts.url !== undefined && { url: facts.url }),
    ...(facts.platforms && { platforms: facts.platforms.map((platform) => platforms.numberOf(platform, () => clean(platform))) }),
  }) - 1
  return builder.techniqueIndices.add(domain, id, index)
}
