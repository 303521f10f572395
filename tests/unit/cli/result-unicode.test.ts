import { expect, it } from 'vitest'
import { resultUnicode } from '../../../src/cli/terminal.js'

it.each([
  ['linux', { LANG: 'en_GB.UTF-8' }, true],
  ['linux', { LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C' }, true],
  ['linux', { LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8' }, false],
  ['linux', {}, false],
  ['win32', { WT_SESSION: 'x' }, true],
  ['win32', { LANG: 'en_GB.UTF-8' }, false],
] as const)('on %s with %j, results may hold more than ASCII: %s', (platform, env, expected) => {
  expect(resultUnicode({ platform, env })).toBe(expected)
})
