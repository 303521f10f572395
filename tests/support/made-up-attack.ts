import type { AttackIndex, AttackTechnique, ReleaseFacts } from '../../src/attack/attack-index.js'
import { compileAttackIndex } from '../../src/attack/stored-index.js'
import { createAttackIndex } from '../../src/attack/create-attack-index.js'

/** A technique in a few words: "T1001 Old name", active, in tactic "one" unless said. */
export interface MadeUpTechnique {
  readonly id: string
  readonly name?: string
  readonly tactics?: readonly string[]
  readonly status?: AttackTechnique['status']
  readonly successor?: string
  readonly otherSuccessors?: readonly string[]
}

/** An index of made-up releases: techniques by domain and version ("enterprise 1.0"). Tactics are "one", "two" and "three". */
export function madeUpAttack(releases: Readonly<Record<string, readonly MadeUpTechnique[]>>): AttackIndex {
  return createAttackIndex(compileAttackIndex(Object.entries(releases).map(([key, techniques]): ReleaseFacts => {
    const [domain, version = ''] = key.split(' ')
    if (domain !== 'enterprise' && domain !== 'mobile' && domain !== 'ics') throw new Error(`${key} names no domain`)
    return {
      domain,
      version,
      tactics: ['one', 'two', 'three'].map((shortname, index) => ({
        id: `TA000${index}`, stixId: `x-mitre-tactic--00000000-0000-4000-8000-00000000000${index}`, shortname, name: shortname.toUpperCase(),
      })),
      techniques: techniques.map(completeTechnique).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }
  })))
}

function completeTechnique({ id, name = `Name of ${id}`, tactics = ['one'], status, successor, otherSuccessors }: MadeUpTechnique): AttackTechnique {
  return {
    id,
    name,
    tactics,
    stixId: `attack-pattern--00000000-0000-4000-8000-${id.replaceAll(/\D/g, '').padStart(12, '0')}`,
    status: status ?? (successor === undefined ? 'active' : 'revoked'),
    ...(successor !== undefined && { successor }),
    ...(otherSuccessors && { otherSuccessors }),
    created: '2020-01-01T00:00:00.000Z',
    modified: '2020-01-01T00:00:00.000Z',
  }
}

/** Two releases in which everything happens that can happen between releases, and one more that is newer. */
export function eventfulAttack(): AttackIndex {
  return madeUpAttack({
    'enterprise 1.0': [
      { id: 'T1001' }, { id: 'T1002', name: 'Old' }, { id: 'T1003' }, { id: 'T1004' }, { id: 'T1005' }, { id: 'T1006' }, { id: 'T1007' },
      { id: 'T1008' }, { id: 'T1009' }, { id: 'T1010' }, { id: 'T1020' }, { id: 'T1020.001', name: 'Part' }, { id: 'T1030', name: 'Whole' },
      { id: 'T1030.001', name: 'Piece' }, { id: 'T1050', tactics: ['three'] },
    ],
    'enterprise 2.0': [
      { id: 'T1001' }, { id: 'T1002', name: 'New' }, { id: 'T1003', name: 'Shifted', tactics: ['two'] }, { id: 'T1004', successor: 'T1005' },
      { id: 'T1005', successor: 'T1020.002' }, { id: 'T1006', status: 'deprecated' }, { id: 'T1007', successor: 'T1006' },
      { id: 'T1008', status: 'revoked' }, { id: 'T1009' }, { id: 'T1009.001' }, { id: 'T1020' }, { id: 'T1020.001', successor: 'T1020.002' },
      { id: 'T1020.002', name: 'Merged' }, { id: 'T1030', name: 'All' }, { id: 'T1030.001', name: 'Piece' }, { id: 'T1040' },
      { id: 'T1041', tactics: ['three'] }, { id: 'T1050', tactics: ['three'] },
    ],
    'enterprise 3.0': [{ id: 'T1001' }, { id: 'T1060' }],
    'mobile 1.0': [{ id: 'T1400' }],
    'mobile 2.0': [{ id: 'T1400' }],
  })
}
