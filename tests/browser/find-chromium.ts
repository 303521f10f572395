import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/**
 * Where Chromium is: where CROSSWALK_CHROMIUM says, or in one of its usual places. Undefined where it is not installed, which is
 * a fault where CROSSWALK_REQUIRE_CHROMIUM is 1, so that no machine that should drive a browser passes without one.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>> = process.env, isThere: (path: string) => boolean = existsSync,
): string | undefined {
  const { CROSSWALK_CHROMIUM: named, CROSSWALK_REQUIRE_CHROMIUM: required } = environment
  const found = [...(named === undefined ? [] : [named]), ...places].find(isThere)
  if (found === undefined && required === '1') {
    throw new Error('Chromium is not installed, and CROSSWALK_REQUIRE_CHROMIUM asks for it')
  }
  return found
}
