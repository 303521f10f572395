import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'

/** The names and values of metadata; dividers and blank entries say nothing. */
export function readPairs({ metadata }: TreeObject): readonly (readonly [name: string, value: string])[] {
  if (!isList(metadata)) return []
  return metadata.flatMap((item) => {
    if (!isObject(item)) return []
    const { name, value } = item
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    if (typeof name !== 'string' || name.trim() === '') return []
    return [[name.trim(), typeof text === 'string' ? text.trim() : ''] as const]
  })
}
