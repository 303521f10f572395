import { isList, type TreeObject } from '../../formats/tree-value.js'
import type { UnmappedCapabilityRow } from '../../model/mapping.js'
import type { FileReader } from '../reading/file-reader.js'
import type { Control } from './read-scores.js'

/** What a control without techniques says beside its name. */
export interface Remarks {
  readonly comments: string | undefined
  readonly tags: readonly string[]
}

/**
 * The row of a control without techniques. An empty list of them, or the tag "Not Mappable", declares that it maps to nothing,
 * and the file's comments say why. A file that only describes a control makes no row.
 */
export function readUnmapped(
  value: TreeObject, pointer: string, control: Control, { comments, tags }: Remarks, reader: FileReader,
): UnmappedCapabilityRow | undefined {
  const { capability, references } = control
  if (!('techniques' in value) && !('platform' in value)) {
    reader.report('parse/only-lists', pointer, {
      message: `The file describes the capability ${capability.id} and maps it to nothing`,
      found: capability.description,
      hint: 'given as --catalog it describes the capability in other documents',
    })
    return undefined
  }
  const isDeclared = isList(value.techniques) || tags.some((tag) => tag.toLowerCase() === 'not mappable')
  if (!isDeclared) {
    const found = `the capability ${capability.id}`
    reader.report('parse/missing-technique', pointer, { found, expected: 'a list of techniques' })
  }
  return {
    kind: 'unmapped-capability',
    origins: [reader.origin(pointer)],
    capability,
    ...(isDeclared && { relation: 'non_mappable', status: 'non_mappable' }),
    ...(comments !== undefined && { comments }),
    ...(references && { references }),
  }
}
