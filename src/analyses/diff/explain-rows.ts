import { releaseName } from '../../attack/release-name.js'
import type { Mapping } from '../../model/mapping.js'
import type { DescribedDiff } from './describe-diff.js'

/** Why a row came, went or changed, as far as the two sets and ATT&CK tell; the documents seldom say. */
export type ExplainRow = (row: Mapping) => string | undefined

type TechniqueChange = DescribedDiff['techniques'][number]

/** Explains rows by what became of their techniques in ATT&CK, and by capabilities that only one of the sets has. */
export function explainRows({ diff, techniques }: DescribedDiff): ExplainRow {
  const release = releaseName({ domain: diff.new.attack.domain, version: diff.new.attack.version ?? '' }).trim()
  const ofTechnique = new Map(techniques.flatMap((change) => {
    const why = explainTechnique(change, release)
    return why === undefined ? [] : [[change.id, why]]
  }))
  const ofCapability = new Map(diff.capabilities.flatMap(({ id, change }): readonly (readonly [string, string])[] => {
    if (change === 'changed') return []
    return [[id, change === 'added' ? 'the old set does not have the capability' : 'the new set does not have the capability']]
  }))
  return (row) => {
    const why = [
      row.kind === 'unmapped-capability' ? undefined : ofTechnique.get(row.technique.id),
      row.kind === 'unmapped-technique' ? undefined : ofCapability.get(row.capability.id),
    ].filter((part) => part !== undefined)
    return why.length === 0 ? undefined : why.join('; ')
  }
}

function explainTechnique({ change, inOldAttack, inNewAttack, successor }: TechniqueChange, release: string): string | undefined {
  const isNew = inOldAttack === 'absent' && inNewAttack === 'active'
  if (change === 'added') return isNew ? `the technique is new in ${release}` : undefined
  if (change !== 'removed' || inNewAttack === 'active') return undefined
  const what = inNewAttack === 'absent' ? `the technique is not in ${release}` : `the technique is ${inNewAttack} in ${release}`
  return successor === undefined ? what : `${what}, ${successor} stands in its place`
}
