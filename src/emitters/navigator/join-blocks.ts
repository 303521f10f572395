import type { MetadataItem } from './layer.js'

/** One list of metadata, with a line between each two blocks. Blocks without entries leave no line behind. */
export function joinBlocks(blocks: readonly (readonly MetadataItem[])[]): readonly MetadataItem[] {
  const items: MetadataItem[] = []
  for (const block of blocks) {
    if (block.length === 0) continue
    if (items.length > 0) items.push({ divider: true })
    for (const item of block) items.push(item)
  }
  return items
}
