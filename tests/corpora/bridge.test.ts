import { describe, expect, it } from 'vitest'
import { bridgeSets, type Bridge } from '../../src/analyses/bridge/bridge-sets.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readUnified } from '../support/read-unified.js'
import { sharedFolder } from '../support/shared.js'

const attack = await loadAttackIndex()

async function relate(left: string, right: string): Promise<Bridge> {
  const [[first], [second]] = [await readSharedSets(left, attack), await readSharedSets(right, attack)]
  const bridge = first && second && bridgeSets(first, second, attack)
  if (!bridge) throw new Error('nothing to relate')
  return bridge
}

const nist = 'nist_800_53-rev5_attack-14.1-enterprise.json'
const aws = 'aws-12.12.2024_attack-16.1-enterprise.json'

/** Technique ids of each capability as the file has them, revoked ones of AWS under what they are now. */
function techniquesOf(name: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { capability_id: id, attack_object_id: technique } of readUnified(name)) {
    if (typeof id !== 'string' || typeof technique !== 'string' || technique.trim() === '') continue
    const now = technique.trim() === 'T1053.001' ? 'T1053.002' : technique.trim()
    found.set(id.trim(), (found.get(id.trim()) ?? new Set()).add(now))
  }
  return found
}

describe.skipIf(sharedFolder === undefined)('published mapping files', () => {
  it('NIST 800-53 rev5 and AWS: every pair that shares a technique, and how many it shares', async () => {
    const { pairs } = await relate(nist, aws)
    const [lefts, rights] = [techniquesOf(nist), techniquesOf(aws)]
    const counted = [...lefts].flatMap(([left, mine]) => [...rights].flatMap(([right, theirs]) => {
      const shared = [...mine].filter((id) => theirs.has(id)).length
      return shared > 0 ? [`${left} ${right} ${shared}`] : []
    }))
    const found = pairs.map(({ left, right, techniques }) => `${left.id} ${right.id} ${techniques.length}`)
    expect(found.toSorted()).toEqual(counted.toSorted())
  })

  it('which AWS services bear on AC-02: the account and key services, first those that share most', async () => {
    const { pairs } = await relate(nist, aws)
    const services = pairs.filter(({ left }) => left.id === 'AC-02').map(({ right }) => right.id)
    expect(services).toHaveLength(19)
    expect(services.slice(0, 2)).toEqual(['aws_config', 'aws_identity_and_access_management'])
  })

  it('services of two clouds that do the same are the closest', async () => {
    const { pairs } = await relate('azure-06.29.2021_attack-8.2-enterprise.json', aws)
    expect(pairs.slice(0, 1).map(({ left, right, strength }) => [left.id, right.id, strength]))
      .toEqual([['azure_ddos_protection_standard', 'aws_shield', 1]])
    expect(pairs.find(({ left }) => left.id === 'azure_dedicated_hsm')?.right.id).toBe('aws_cloudhsm')
  })
})
