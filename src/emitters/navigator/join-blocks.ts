/** One list of metadata, with a line between each two blocks. Blocks without entries leave no line behind. */
export function joinBlocks<Item extends object>(blocks: readonly (readonly Item[])[]): readonly (Item | { readonly divider: true })[] {
  const items: (Item | { readonly divider: true })[] = []
  for (const block of blocks) {
    if (block.length === 0) continue
    if (items.length > 0) items.push({ divider: true })
    for (const item of block) items.push(item)
  }
  return items
}
