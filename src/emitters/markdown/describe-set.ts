import { compareNaturally } from '../../model/compare-naturally.js'
import { compareText } from '../../model/compare-text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { aboutFacts } from '../table/about-facts.js'
import { listBestScores } from '../../coverage/best-scores.js'
import { summariseCapabilities, type CapabilitySummary } from '../table/capability-summaries.js'
import type { CellTexts } from '../table/cell-text.js'
import { countSets } from '../table/set-counts.js'
import { setTitle } from '../table/set-title.js'
import { tableRows } from '../table/table-rows.js'
import { summariseTechniques, type TechniqueSummary } from '../table/technique-summaries.js'
import { uniqueLabels } from '../table/unique-labels.js'
import type { PageCapability, PageSet, PageTechnique, PageUnmapped } from './page.js'

/** Says of a set what the page prints. Texts are made fit for a cell, as in CSV; markup in them is still there. */
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
    ...(withRows && { rows: tableRows([set], context, texts) }),
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
