import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { firstOwner } from '../page/first-owner.js'
import type { HtmlTable } from './find-html-tables.js'
import { frameworkBySlug } from './read-page-link.js'
import type { TableContext } from './table-context.js'

/**
 * The framework of a row: as its link names it, where that is a known one; as its section's heading or the page's does; by its
 * id; by the link's own word for an unknown one; by the user's.
 */
export function tellFramework(
  id: string, slug: string | undefined, table: HtmlTable, context: TableContext,
): Framework | undefined {
  return (slug === undefined ? undefined : frameworkBySlug(slug))
    ?? table.section?.framework
    ?? context.framework
    ?? (slug === undefined ? tellById(id, context.known) ?? context.statedFramework : describeFramework(slug))
}

function tellById(id: string, known: KnownCapabilities): Framework | undefined {
  const prefix = known.longestPrefix(id)
  if (prefix?.length === id.length) return firstOwner(prefix.owners)?.framework
  return frameworks.find(({ tellingId, capabilityId, idsHoldSpaces }) => {
    const [match] = (tellingId ?? capabilityId)?.exec(id) ?? []
    return match !== undefined && (idsHoldSpaces === true || match.length === id.length)
  })
}
