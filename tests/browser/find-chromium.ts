import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/**
 * Where Chromium is: where CROSSWALK_CHROMIUM says, or in one of its usual places. Undefined where it is not installed, which is a
 * fault where CROSSWALK_REQUIRE_CHROMIUM asks for it, so that no machine that should drive a browser passes without one.
 */
export function findChromium(): string | undefined {
  const { CROSSWALK_CHROMIUM: named, CROSSWALK_REQUIRE_CHROMIUM: required } = process.env
  const found = [...(named === undefined ? [] : [named]), ...places].find((place) => existsSync(place))
  if (found === undefined && required === '1') throw new Error('Chromium is not installed, and CROSSWALK_REQUIRE_CHROMIUM asks for it')
  return found
}
