import type { HtmlDocument } from '../../formats/decoded.js'
import { findElements } from '../../formats/html/elements.js'
import { tool } from '../../model/tool.js'

/** Whether a page is a report of Crosswalk's own: its head says what made it. */
export function isOwnReport({ root }: HtmlDocument): boolean {
  return findElements(root, ({ name, attributes }) => name === 'meta' && attributes.get('name') === 'generator'
    && attributes.get('content')?.startsWith(`${tool.name} `) === true).length > 0
}
