import { compareText } from '../../model/compare-text.js'
import type { AttackTactic } from '../attack-index.js'
import { attackId, tacticIdForm } from './attack-id.js'
import { isWithdrawn, type BundleObjects } from './sort-objects.js'
import { textOf, textsOf, type StixObject } from './stix-object.js'

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
