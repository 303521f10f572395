import { textOf, type TreeObject } from '../../validation/tree-fields.js'

/**
 * What tells versions of an object apart in a collection: `modified`, else `created` (TAXII 2.1, section 4.3.1). Undefined where
 * there is neither; then the id is all there is.
 */
export function versionOf(object: TreeObject): string | undefined {
  const version = textOf(object, 'modified') ?? textOf(object, 'created')
  return version === undefined ? undefined : normaliseVersion(version)
}

/** A time with as few digits as it needs: servers write "…00Z" for "…00.000Z". */
export function normaliseVersion(version: string): string {
  const [end, digits = ''] = /\.(\d{1,20})Z$/.exec(version) ?? []
  if (end === undefined) return version
  const needed = digits.replace(/0+$/, '')
  return `${version.slice(0, -end.length)}${needed === '' ? '' : `.${needed}`}Z`
}

/** Names an object in one version. */
export function versionKey(id: string, version: string | undefined): string {
  return version === undefined ? id : `${id} ${version}`
}
