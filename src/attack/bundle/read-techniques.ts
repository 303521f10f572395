import { compareText } from '../../model/compare-text.js'
import type { AttackTactic, AttackTechnique } from '../attack-index.js'
import {
  attackId, type BundleObjects, isWithdrawn, objectsOf, type StixObject, tacticIdForm, techniqueIdForm, textOf, textsOf,
} from './stix-object.js'

interface ReadTechniques {
  readonly techniques: readonly AttackTechnique[]
  /** STIX ids (or a word for what has none) of techniques that lack an ATT&CK id, a name or a date. */
  readonly skipped: readonly string[]
}

/**
 * A bundle's techniques, one per ATT&CK id, sorted by id. Where several objects share an id, the active one counts, else the
 * deprecated one, else the one modified last: ids of revoked objects have been given out again.
 */
export function readTechniques(objects: BundleObjects, tactics: readonly AttackTactic[]): ReadTechniques {
  const order = new Map(tactics.map(({ shortname }, position) => [shortname, position]))
  const ids = new Map(objects.techniques.map((object) => [object['id'], attackId(object, techniqueIdForm)]))
  const successors = readSuccessors(objects.revocations)
  const found = new Map<string, AttackTechnique>()
  const skipped: string[] = []
  for (const object of objects.techniques) {
    const technique = readTechnique(object, order, ids.get(successors.get(object['id'])))
    if (!technique) {
      skipped.push(textOf(object, 'id') ?? 'an attack-pattern without an id')
      continue
    }
    const other = found.get(technique.id)
    if (!other || preference(technique) > preference(other)) found.set(technique.id, technique)
  }
  return { techniques: [...found.values()].toSorted((left, right) => compareText(left.id, right.id)), skipped }
}

/** The target of each `revoked-by`, by its source; the relationship modified last counts. */
function readSuccessors(revocations: readonly StixObject[]): ReadonlyMap<unknown, string> {
  const latestLast = revocations.toSorted((left, right) => compareText(sortKey(left), sortKey(right)))
  return new Map(latestLast.flatMap((relationship) => {
    const target = textOf(relationship, 'target_ref')
    return target === undefined ? [] : [[relationship['source_ref'], target] as const]
  }))
}

function sortKey(relationship: StixObject): string {
  return `${textOf(relationship, 'modified') ?? ''} ${textOf(relationship, 'target_ref') ?? ''}`
}

function readTechnique(
  object: StixObject,
  order: ReadonlyMap<string, number>,
  successor: string | undefined,
): AttackTechnique | undefined {
  const id = attackId(object, techniqueIdForm)
  const stixId = textOf(object, 'id')
  const name = textOf(object, 'name')
  const created = textOf(object, 'created')
  const modified = textOf(object, 'modified')
  if (id === undefined || stixId === undefined || name === undefined) return undefined
  if (created === undefined || modified === undefined) return undefined
  const status = object['revoked'] === true ? 'revoked' : object['x_mitre_deprecated'] === true ? 'deprecated' : 'active'
  return {
    id,
    stixId,
    name,
    tactics: readTacticNames(object, order),
    status,
    ...(status === 'revoked' && successor !== undefined && successor !== id && { successor }),
    created,
    modified,
  }
}

/** Shortnames in the order of the matrix. Those that no tactic of the bundle bears come last, in the order written. */
function readTacticNames(object: StixObject, order: ReadonlyMap<string, number>): readonly string[] {
  const names = objectsOf(object, 'kill_chain_phases')
    .filter((phase) => textOf(phase, 'kill_chain_name')?.startsWith('mitre-'))
    .flatMap((phase) => textOf(phase, 'phase_name') ?? [])
    .filter((name) => !name.includes(','))
  const place = (name: string): number => order.get(name) ?? order.size
  return [...new Set(names)].toSorted((left, right) => place(left) - place(right))
}

/** Greater is better; compared as text. */
function preference({ status, modified, stixId }: AttackTechnique): string {
  return `${{ active: 2, deprecated: 1, revoked: 0 }[status]} ${modified} ${stixId}`
}

/** A bundle's tactics in the order of its matrices: live matrices first, then by name; tactics that stand in none come last. */
export function readTactics({ matrices, tactics }: BundleObjects): readonly AttackTactic[] {
  const live = new Set(matrices.filter((matrix) => !isWithdrawn(matrix)).flatMap((matrix) => textsOf(matrix, 'tactic_refs')))
  const ordered = matrices.toSorted(compareMatrices)
  const found = new Map<string, AttackTactic>()
  for (const tactic of tactics) {
    const read = readTactic(tactic, live)
    if (read) found.set(read.stixId, read)
  }
  const rest = [...found.values()].toSorted((left, right) => compareText(left.id, right.id)).map(({ stixId }) => stixId)
  const order = new Set([...ordered.flatMap((matrix) => textsOf(matrix, 'tactic_refs')), ...rest])
  return [...order].flatMap((stixId) => found.get(stixId) ?? [])
}

function readTactic(object: StixObject, live: ReadonlySet<string>): AttackTactic | undefined {
  const stixId = textOf(object, 'id')
  const id = attackId(object, tacticIdForm)
  const shortname = textOf(object, 'x_mitre_shortname')
  const name = textOf(object, 'name')
  if (stixId === undefined || id === undefined || shortname === undefined || name === undefined) return undefined
  return { id, stixId, shortname, name, ...((isWithdrawn(object) || !live.has(stixId)) && { deprecated: true }) }
}

function compareMatrices(left: StixObject, right: StixObject): number {
  const withdrawnLast = Number(isWithdrawn(left)) - Number(isWithdrawn(right))
  return withdrawnLast || compareText(textOf(left, 'name') ?? '', textOf(right, 'name') ?? '')
}
