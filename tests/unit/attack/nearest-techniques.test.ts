import { describe, expect, it } from 'vitest'
import { editDistance, followSuccessors, nearestTechniques, normaliseName } from '../../../src/attack/find-techniques.js'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'

const release = (await loadAttackIndex()).release('enterprise', '18.1')

describe('nearestTechniques', () => {
  it.each([
    ['T1553.02', 'T1553.002'],
    ['T1535.002', 'T1553.002'],
    ['t1059.001x', 'T1059.001'],
    ['T105', 'T1005'],
  ])('%s is near %s', (id, nearest) => {
    expect(nearestTechniques(release, id).map((technique) => technique.id)).toContain(nearest)
  })

  it('offers three at most, active ones before revoked ones of the same distance', () => {
    const nearest = nearestTechniques(release, 'T9999')
    expect(nearest.map(({ id }) => id)).toEqual(['T1199', 'T1499', 'T1599'])
    expect(nearest.every(({ status }) => status === 'active')).toBe(true)
  })

  it('goes by the name when there is one', () => {
    expect(nearestTechniques(release, 'T9999', 'Mark-of-the-Web Bypass').map(({ id }) => id)).toEqual(['T1553.005'])
  })

  it('offers the active of those with the name, the nearest id first', () => {
    expect(nearestTechniques(release, 'T1553.020', 'code signing').map(({ id }) => id)).toEqual(['T1553.002'])
    const accounts = nearestTechniques(release, 'T1586.9', 'Cloud Accounts').map(({ id }) => id)
    expect(accounts).toEqual(['T1586.003', 'T1585.003', 'T1078.004'])
  })

  it('offers nothing for what is no id', () => {
    expect(nearestTechniques(release, 'AC-2')).toEqual([])
    expect(nearestTechniques(release, 'T1'.repeat(100_000))).toEqual([])
  })
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['T1059', 'T1059', 0],
    ['T1059', 'T1095', 1],
    ['T1059', 'T1058', 1],
    ['T1059', 'T1059.001', 4],
    ['abcd', 'badc', 2],
  ])('%j and %j: %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
    expect(editDistance(right, left)).toBe(distance)
  })
})

describe('normaliseName', () => {
  it.each([
    ['  Code\u00A0 signing ', 'code signing'],
    ['\u201CQuoted\u201D \u2013 it\u2019s', '"quoted" - it\'s'],
    ['Process Doppelga\u0308nging', 'process doppelg\u00E4nging'],
    ['Parent:Sub', 'parent: sub'],
  ])('%j is %j', (name, normal) => {
    expect(normaliseName(name)).toBe(normal)
  })
})

describe('followSuccessors', () => {
  it('follows to the end', () => {
    const technique = release.technique('T1150')
    expect(technique && followSuccessors(release, technique).map(({ id }) => id)).toEqual(['T1547.011', 'T1647'])
  })

  it('ends where there is no successor, and in a circle', () => {
    const [one, two] = ['T1', 'T2'].map((id, at) => ({
      id,
      stixId: id,
      name: id,
      tactics: [],
      status: 'revoked' as const,
      successor: at === 0 ? 'T2' : 'T1',
      created: '',
      modified: '',
    }))
    const circular = { ...release, technique: (id: string) => [one, two].find((technique) => technique?.id === id) }
    expect(one && followSuccessors(circular, one)).toEqual([two])
    const active = release.technique('T1059')
    expect(active && followSuccessors(release, active)).toEqual([])
  })
})
