import type { Group, Relation, ResolvedSet } from '../../model/mapping-set.js'
import { aboutFacts } from '../table/about-facts.js'
import { summariseCapabilities } from '../table/capability-summaries.js'
import { countSets } from '../table/set-counts.js'
import { setTitle } from '../table/set-title.js'
import { uniqueLabels } from '../table/unique-labels.js'
import { capabilityKey } from './build-rows.js'
import type { ReportBuilder } from './report-builder.js'
import type { ReportOutside, ReportSet, ReportTerm } from './report-data.js'

/** Describes the sets, and their capabilities, whether or not a row names them. */
export function buildSets(builder: ReportBuilder, outside: readonly (readonly ReportOutside[])[]): readonly ReportSet[] {
  const titles = builder.sets.map(setTitle)
  return builder.sets.map((set, index) => {
    addCapabilities(builder, set, index)
    const title = titles[index] ?? ''
    const earlier = titles.slice(0, index).filter((other) => other === title).length
    const { clean } = builder
    return {
      title: clean(earlier === 0 ? title : `${title} (${earlier + 1})`),
      facts: aboutFacts(set, builder.context, 'report').map(([label, value]) => ({ label, value: clean(value) })),
      counts: countSets([set]),
      sources: set.sources.map(({ name, sha256, parser, rows }) => ({ name: clean(name), sha256, parser: clean(parser), rows })),
      relations: countTerms(set.relations, set.mappings.map(({ relation }) => relation), clean),
      groups: countTerms(set.groups, set.mappings.map(({ group }) => group), clean),
      outside: outside[index] ?? [],
    }
  })
}

function addCapabilities({ capabilities, clean }: ReportBuilder, set: ResolvedSet, index: number): void {
  const groups = uniqueLabels(set.groups)
  for (const { capability, techniques, remark } of summariseCapabilities(set)) {
    const { id, name, description } = capability
    capabilities.index(capabilityKey(index, id), () => ({
      set: index,
      id: clean(id),
      ...(name !== undefined && { name: clean(name) }),
      ...(description !== undefined && { description: clean(description) }),
      ...(capability.groups.length > 0 && { groups: capability.groups.map((group) => clean(groups.get(group) ?? group)) }),
      ...(techniques.size === 0 && { remark }),
    }))
  }
}

function countTerms(
  terms: ReadonlyMap<string, Relation | Group>, used: readonly (string | undefined)[], clean: (text: string) => string,
): readonly ReportTerm[] {
  const rows = new Map<string | undefined, number>()
  for (const id of used) rows.set(id, (rows.get(id) ?? 0) + 1)
  return Array.from(terms.values(), ({ id, name, description }) => ({
    id: clean(id),
    name: clean(name),
    ...(description !== undefined && { description: clean(description) }),
    rows: rows.get(id) ?? 0,
  }))
}
