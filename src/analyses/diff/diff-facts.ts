import { alignNames } from '../../matching/pair-rows.js'
import { compareIds, compareText, foldSpace } from '../../model/text.js'
import type { Group, MappingSet, Relation, ResolvedSet } from '../../model/mapping-set.js'
import type { FactChange, IdChange } from './set-diff.js'

/** Compares the facts about two sets: releases, people, dates, mapping types, groups, descriptions of capabilities. */
export function diffFacts(old: ResolvedSet, fresh: ResolvedSet): readonly FactChange[] {
  return [
    ...compareFacts(setFacts(old), setFacts(fresh)),
    ...diffNamed('mapping type', old.relations, fresh.relations),
    ...diffNamed('group', old.groups, fresh.groups),
    ...compareFacts(descriptions(old), descriptions(fresh)),
  ]
}

type Named = ReadonlyMap<string, Relation | Group>
type Facts = ReadonlyMap<string, string | undefined>

function setFacts({ framework, attack, about }: ResolvedSet): Facts {
  return new Map([
    ['framework name', framework.name],
    ['framework version', framework.version],
    ['ATT&CK version', attack.version],
    ['mapping version', about.mappingVersion],
    ['author', about.name],
    ['contact', about.contact],
    ['organisation', about.organization],
    ['created', about.created],
    ['last updated', about.modified],
    ['how versions are counted', about.versionSchema],
  ])
}

/** Mapping types or groups that only one side has, or whose id, name or description differs. */
function diffNamed(what: string, old: Named, fresh: Named): readonly FactChange[] {
  const aligned = alignNames(old, fresh)
  const before = new Map(Array.from(old.values(), (entry) => [aligned.left(entry.id), entry]))
  const after = new Map(Array.from(fresh.values(), (entry) => [aligned.right(entry.id), entry]))
  return [...new Set([...before.keys(), ...after.keys()])].toSorted(compareText).flatMap((key) => {
    const [left, right] = [before.get(key), after.get(key)]
    const id = right?.id ?? left?.id ?? key
    const renamed = left && right && left.id !== right.id ? [{ fact: `${what} ${id}: id`, old: left.id, new: right.id }] : []
    return [...renamed, ...compareFacts(namedFacts(`${what} ${id}`, left), namedFacts(`${what} ${id}`, right))]
  })
}

function namedFacts(label: string, entry: Relation | Group | undefined): Facts {
  return new Map([[`${label}: name`, entry?.name], [`${label}: description`, entry?.description]])
}

/** Descriptions of capabilities; `diffCapabilities` compares their names. */
function descriptions({ capabilities }: MappingSet): Facts {
  return new Map(Array.from(capabilities.values()).toSorted((a, b) => compareText(a.id, b.id))
    .flatMap(({ id, description }) =>
      (description === undefined ? [] : [[`capability ${id}: description`, description] as const])))
}

function compareFacts(before: Facts, after: Facts): readonly FactChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((fact) => {
    const [old, fresh] = [before.get(fact), after.get(fact)]
    return old === fresh ? [] : [{ fact, ...(old !== undefined && { old }), ...(fresh !== undefined && { new: fresh }) }]
  })
}

type Names = ReadonlyMap<string, string | undefined>

/** Capabilities that were added, removed or renamed, including those without rows. */
export function diffCapabilities(old: MappingSet, fresh: MappingSet): readonly IdChange[] {
  return diffNames(capabilityNames(old), capabilityNames(fresh))
}

/** Techniques that were added, removed or renamed, in rows of all kinds. */
export function diffTechniques(old: MappingSet, fresh: MappingSet): readonly IdChange[] {
  return diffNames(techniqueNames(old), techniqueNames(fresh))
}

function capabilityNames({ capabilities }: MappingSet): Names {
  return new Map(Array.from(capabilities.values(), ({ id, name }) => [id, name]))
}

function techniqueNames({ mappings }: MappingSet): Names {
  const names = new Map<string, string | undefined>()
  for (const row of mappings) {
    if (row.kind === 'unmapped-capability') continue
    const { id, name } = row.technique
    if (names.get(id) === undefined) names.set(id, name)
  }
  return names
}

function diffNames(old: Names, fresh: Names): readonly IdChange[] {
  const changes: IdChange[] = []
  for (const [id, name] of fresh) {
    const formerName = old.get(id)
    const named = { id, ...(name !== undefined && { name }) }
    if (!old.has(id)) changes.push({ change: 'added', ...named })
    else if (foldSpace(formerName ?? '') !== foldSpace(name ?? '')) {
      changes.push({ change: 'changed', ...named, ...(formerName !== undefined && { formerName }) })
    }
  }
  for (const [id, name] of old) if (!fresh.has(id)) changes.push({ change: 'removed', id, ...(name !== undefined && { name }) })
  return changes.toSorted((a, b) => compareText(a.change, b.change) || compareIds(a.id, b.id))
}
