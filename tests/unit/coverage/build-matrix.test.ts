import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import { buildMatrix, type MatrixColumn } from '../../../src/coverage/matrix.js'
import { coverSet } from '../../../src/coverage/cover-set.js'
import { mapped } from '../../support/small-set.js'
import { coverRows, smallSet } from './small-coverage.js'

function drawColumn({ tactic, entries }: MatrixColumn): readonly string[] {
  return [tactic?.shortname ?? '-', ...entries.map(({ technique, subTechniques }) =>
    [technique.id, ...subTechniques.map(({ id }) => id)].join(' > '))]
}

describe('the matrix', () => {
  it('has sub-techniques under their technique, and a technique in each of its tactics', () => {
    expect(buildMatrix(coverRows([mapped('A', 'T1001.002')])).map(drawColumn)).toEqual([
      ['one', 'T1001 > T1001.001 > T1001.002', 'T1002'],
      ['two', 'T1002', 'T1003'],
      ['three'],
    ])
  })

  it('sorts techniques by name, sub-techniques by number, as the site of ATT&CK does', async () => {
    const set = { ...smallSet([]), attack: { domain: 'enterprise' as const, version: '16.1' } }
    const columns = buildMatrix(coverSet({ label: 'none', set }, await loadAttackIndex()))
    expect(columns.map(({ tactic }) => tactic?.name)).toEqual(['Reconnaissance', 'Resource Development', 'Initial Access', 'Execution',
      'Persistence', 'Privilege Escalation', 'Defense Evasion', 'Credential Access', 'Discovery', 'Lateral Movement', 'Collection',
      'Command and Control', 'Exfiltration', 'Impact'])
    const access = columns[2]?.entries.map(({ technique }) => technique.name)
    expect(access).toEqual(['Content Injection', 'Drive-by Compromise', 'Exploit Public-Facing Application', 'External Remote Services',
      'Hardware Additions', 'Phishing', 'Replication Through Removable Media', 'Supply Chain Compromise', 'Trusted Relationship', 'Valid Accounts'])
    const phishing = columns[2]?.entries.find(({ technique }) => technique.id === 'T1566')
    expect(phishing?.subTechniques.map(({ id }) => id)).toEqual(['T1566.001', 'T1566.002', 'T1566.003', 'T1566.004'])
  })

  it('keeps a sub-technique whose technique stands in other tactics', () => {
    const coverage = coverRows([])
    const techniques = coverage.techniques.map((technique) =>
      (technique.id === 'T1001.001' ? { ...technique, tactics: ['two'] } : technique))
    expect(buildMatrix({ ...coverage, techniques }).map(drawColumn)).toEqual([
      ['one', 'T1001 > T1001.002', 'T1002'],
      ['two', 'T1001.001', 'T1002', 'T1003'],
      ['three'],
    ])
  })
})
