import { expect, it } from 'vitest'
import { findChromium } from './find-chromium.js'

it('a browser is taken from where it is said to be, or from its usual places', () => {
  expect(findChromium({ CROSSWALK_CHROMIUM: '/opt/chromium' }, () => true)).toBe('/opt/chromium')
  expect(findChromium({ CROSSWALK_CHROMIUM: '/opt/chromium' }, (path) => path.startsWith('/usr/'))).toBe('/usr/bin/chromium')
})

it('a missing one is a fault only where it is insisted on', () => {
  expect(findChromium({}, () => false)).toBeUndefined()
  expect(() => findChromium({ CROSSWALK_REQUIRE_CHROMIUM: '1' }, () => false)).toThrow('Chromium is not installed')
})
