import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { userDataFolder } from '../../../src/io/release-store.js'

const home = path.resolve('/home/me')
const folder = (platform: string, env: Readonly<Record<string, string>> = {}): string => userDataFolder({ platform, env, home })

describe('userDataFolder', () => {
  it.each([
    ['linux', path.join(home, '.local', 'share', 'crosswalk')],
    ['freebsd', path.join(home, '.local', 'share', 'crosswalk')],
    ['darwin', path.join(home, 'Library', 'Application Support', 'crosswalk')],
    ['win32', path.join(home, 'AppData', 'Local', 'crosswalk')],
  ])('on %s', (platform, expected) => {
    expect(folder(platform)).toBe(expected)
  })

  it('is where the platform is told to keep data', () => {
    const elsewhere = path.resolve('/elsewhere')
    expect(folder('linux', { XDG_DATA_HOME: elsewhere })).toBe(path.join(elsewhere, 'crosswalk'))
    expect(folder('win32', { LOCALAPPDATA: elsewhere })).toBe(path.join(elsewhere, 'crosswalk'))
    expect(folder('darwin', { XDG_DATA_HOME: elsewhere })).toBe(folder('darwin'))
  })

  it('takes no relative or empty folder of the platform', () => {
    expect(folder('linux', { XDG_DATA_HOME: 'data' })).toBe(folder('linux'))
    expect(folder('linux', { XDG_DATA_HOME: '', CROSSWALK_DATA: '' })).toBe(folder('linux'))
  })

  it('is CROSSWALK_DATA itself, wherever one is, when that is set', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      expect(folder(platform, { CROSSWALK_DATA: 'data', XDG_DATA_HOME: home })).toBe(path.resolve('data'))
    }
  })
})
