import type { TextTable } from './find-tables.js'
import { splitCapability, type SplitCapability } from './split-capability.js'
import type { TableContext } from './table-context.js'

/** Splits the text of a capability into id and description. */
export type Splitter = (text: string) => SplitCapability

/**
 * Creates the splitter of a table's capabilities. It goes by the framework of the table's section or page, else by the ids,
 * else by the user's word.
 */
export function createSplitter(table: TextTable, { known, heading, framework, statedFramework }: TableContext): Splitter {
  const own = table.section?.framework ?? framework
  const page = heading.kind === 'capability' ? { pageCapability: heading.capability } : {}
  return (text) => {
    const found = splitCapability(text, { known, ...page, ...(own && { framework: own }) })
    if (found.framework || !statedFramework) return found
    return splitCapability(text, { known, ...page, framework: statedFramework })
  }
}
