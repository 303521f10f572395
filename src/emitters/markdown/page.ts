import { listBestScores } from '../../coverage/row-state.js'
import type { Relation, ResolvedSet, SourceDocument } from '../../model/mapping-set.js'
import { compareNaturally, compareText } from '../../model/text.js'
import type { EmitContext } from '../emitter.js'
import type { CellTexts } from '../table/cell-text.js'
import type { PageNote } from '../table/describe-notes.js'
import { aboutFacts, countSets, type SetCounts, setTitle } from '../table/set-facts.js'
import {
  type CapabilitySummary, summariseCapabilities, summariseTechniques, type TechniqueFacts, type TechniqueSummary,
} from '../table/summaries.js'
import type { TableRow } from '../table/table-columns.js'
import { tableRows, uniqueLabels } from '../table/table-rows.js'

/** A mapped technique. */
export interface PageTechnique {
  readonly id: string
  readonly name?: string
  /** Its page at attack.mitre.org: the only URL that becomes a link. */
  readonly url?: string
  readonly tactics: readonly string[]
  readonly status: TechniqueFacts['status']
  readonly capabilities: readonly string[]
  readonly rows: number
  /** "protect: partial", for each category. */
  readonly best: readonly string[]
}

/** A mapped capability. */
export interface PageCapability {
  readonly id: string
  readonly name?: string
  readonly groups: readonly string[]
  readonly techniques: readonly string[]
  readonly rows: number
  readonly best: readonly string[]
}

/** A capability or technique without a mapping. */
export interface PageUnmapped {
  readonly kind: 'capability' | 'technique'
  readonly id: string
  readonly name?: string
  readonly url?: string
  readonly remark: string
  /** The comments of its rows, which may give the reason. */
  readonly comments: readonly string[]
}

/** A mapping set on the page. */
export interface PageSet {
  readonly title: string
  readonly about: readonly { readonly label: string; readonly value: string }[]
  readonly counts: SetCounts
  readonly sources: readonly SourceDocument[]
  readonly relations: readonly (Relation & { readonly rows: number })[]
  readonly techniques: readonly PageTechnique[]
  readonly capabilities: readonly PageCapability[]
  readonly unmapped: readonly PageUnmapped[]
  /** The rows of the mapping table, as in the CSV file; absent with --no-markdown-rows. */
  readonly rows?: readonly TableRow[]
}

/** The page before it is rendered. Schema: schemas/markdown-summary.schema.json. */
export interface MarkdownPage {
  readonly title: string
  /** Of all sets together. */
  readonly counts: SetCounts
  readonly sets: readonly PageSet[]
  readonly notes: readonly PageNote[]
}

/** Describes a set for the page. Texts are sanitised as for cells of CSV; markup in them is escaped only when rendered. */
export function describeSet(set: ResolvedSet, context: EmitContext, texts: CellTexts, withRows: boolean): PageSet {
  const clean = (text: string): string => texts.clean(text, 'the summary')
  const techniques = summariseTechniques([set], context.attack)
  const capabilities = summariseCapabilities(set)
  return {
    title: clean(setTitle(set)),
    about: aboutFacts(set, context, 'page').map(([label, value]) => ({ label, value: clean(value) })),
    counts: countSets([set]),
    sources: set.sources.map(({ name, parser, rows, sha256 }) => ({ name: clean(name), parser: clean(parser), rows, sha256 })),
    relations: describeRelations(set, clean),
    techniques: techniques.filter(isMappedTo).map((summary) => describeTechnique(summary, clean)),
    capabilities: capabilities.filter(maps).map((summary) => describeCapability(summary, set, clean)),
    unmapped: [
      ...capabilities.filter((summary) => !maps(summary)).map((summary) => describeUnmappedCapability(summary, clean)),
      ...techniques.filter((summary) => !isMappedTo(summary)).map((summary) => describeUnmappedTechnique(summary, clean)),
    ],
    ...(withRows && { rows: [...tableRows([set], context, texts)] }),
  }
}

type Clean = (text: string) => string

function isMappedTo({ capabilities }: TechniqueSummary): boolean {
  return capabilities.size > 0
}

function maps({ techniques }: CapabilitySummary): boolean {
  return techniques.size > 0
}

function describeRelations({ relations, mappings }: ResolvedSet, clean: Clean): PageSet['relations'] {
  const rows = new Map<string, number>()
  for (const { relation } of mappings) if (relation !== undefined) rows.set(relation, (rows.get(relation) ?? 0) + 1)
  return Array.from(relations.values(), ({ id, name, description }) => ({
    id: clean(id),
    name: clean(name),
    rows: rows.get(id) ?? 0,
    ...(description !== undefined && { description: clean(description) }),
  }))
}

function describeTechnique({ id, name, facts, capabilities, rows, best }: TechniqueSummary, clean: Clean): PageTechnique {
  return {
    id: clean(id),
    ...named(name ?? facts.name, clean),
    ...(facts.url !== undefined && { url: facts.url }),
    tactics: facts.tactics,
    status: facts.status,
    capabilities: [...capabilities].toSorted(compareNaturally).map(clean),
    rows,
    best: listBestScores(best).map(clean),
  }
}

function describeCapability(summary: CapabilitySummary, set: ResolvedSet, clean: Clean): PageCapability {
  const { capability, techniques, rows, best } = summary
  const groups = uniqueLabels(set.groups)
  return {
    id: clean(capability.id),
    ...named(capability.name, clean),
    groups: capability.groups.map((group) => clean(groups.get(group) ?? group)),
    techniques: [...techniques].toSorted(compareText).map(clean),
    rows,
    best: listBestScores(best).map(clean),
  }
}

function describeUnmappedCapability({ capability, remark, comments }: CapabilitySummary, clean: Clean): PageUnmapped {
  return {
    kind: 'capability',
    id: clean(capability.id),
    ...named(capability.name, clean),
    remark,
    comments: [...comments].map(clean),
  }
}

function describeUnmappedTechnique({ id, name, facts, remark, comments }: TechniqueSummary, clean: Clean): PageUnmapped {
  return {
    kind: 'technique',
    id: clean(id),
    ...named(name ?? facts.name, clean),
    ...(facts.url !== undefined && { url: facts.url }),
    remark: remark ?? 'not mapped yet',
    comments: [...comments].map(clean),
  }
}

function named(name: string | undefined, clean: Clean): { readonly name?: string } {
  return name === undefined ? {} : { name: clean(name) }
}
