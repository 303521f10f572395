import type { TreeValue } from '../../formats/decoded.js'
import { isList } from '../../formats/tree-value.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readLine } from '../reading/tidy-text.js'

/** A control's tags, each once, in the order written: a list, or one text with commas. */
export function readTags(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly string[] {
  const items = isList(value) ? value : typeof value === 'string' ? value.split(',').map((tag) => tag.trim()) : [value]
  const tags = new Set<string>()
  for (const [index, item] of items.entries()) {
    const at = isList(value) ? `${pointer}/${index}` : pointer
    if (typeof item === 'object' && item !== null) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'a tag' })
    }
    const tag = readLine(item, 'tags', at, reader)
    if (tag !== undefined) tags.add(tag)
  }
  return [...tags]
}
