import { isObject, type TreeObject } from '../../formats/tree-value.js'
import type { FileReader } from '../reading/file-reader.js'

/** The newest minor of format 4 that is known. */
const NEWEST = 5

/**
 * Whether a layer's format is one that is read: 4.0 to 4.5, and 3.0, which differs from them in the names of its domain and
 * versions alone. Older ones hold techniques from before there were sub-techniques. A layer that states no version is read,
 * and that is said.
 */
export function checkVersion(layer: TreeObject, pointer: string, reader: FileReader): boolean {
  const place = isObject(layer.versions) ? `${pointer}/versions/layer` : `${pointer}/version`
  const written = isObject(layer.versions) ? layer.versions.layer : layer.version
  const expected = '4.0 to 4.5, or 3.0'
  const text = typeof written === 'number' ? String(written) : written
  const [, major, minor = '0'] = typeof text === 'string' ? (/^(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text.trim()) ?? []) : []
  if (major === undefined) {
    reader.report('parse/unknown-value', place, { message: 'The layer does not state the version of its format', expected })
    return true
  }
  const found = `${major}.${minor}`
  if (major === '4' || major === '3') {
    const isNewer = major === '4' && Number(minor) > NEWEST
    const message = `Layer format ${found} is newer than those that are known`
    if (isNewer) reader.report('parse/unknown-value', place, { message, found, expected })
    return true
  }
  const isOlder = Number(major) < 3
  reader.report('parse/unsupported-version', place, {
    message: isOlder
      ? `The layer is of format ${found}, from before there were sub-techniques, and was not read`
      : `The layer is of format ${found}, which is newer than those that are known, and was not read`,
    found,
    expected,
    ...(isOlder && { hint: 'Open it in the ATT&CK Navigator, which upgrades it, and save it again.' }),
  })
  return false
}
