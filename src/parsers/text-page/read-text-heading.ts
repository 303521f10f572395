import { describeFramework } from '../../frameworks/describe-framework.js'
import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import { readPageHeading, type PageHeading } from '../page/page-heading.js'
import type { PageRelease } from '../page/page-release.js'
import type { TextTable } from './find-tables.js'

/**
 * What the page's heading says, also where the framework in it is not known: the release line names it; or the heading ends
 * in the id that the rows begin with ("Example EX-1"); or the page lists groups or all mappings, so that the heading is a
 * framework's name.
 */
export function readTextHeading(text: string, release: PageRelease, tables: readonly TextTable[]): PageHeading {
  const label = release.frameworkLabel
  const named = label !== undefined && !frameworkByLabel(label) ? [describeFramework(label)] : []
  const heading = readPageHeading(text, named)
  if (heading.kind !== 'unknown' || heading.isGroup || heading.text === '') return heading
  const mappings = tables.filter((table) => table.kind === 'mappings')
  if (mappings.length === 0 || mappings.some((table) => table.section?.framework)) return heading
  const words = heading.text.split(' ')
  const firstRow = mappings[0]?.body.find((line) => line.text !== '')?.text ?? ''
  for (let start = 1; start < words.length; start += 1) {
    const capability = words.slice(start).join(' ')
    if (!firstRow.startsWith(`${capability} `)) continue
    return { kind: 'capability', framework: describeFramework(words.slice(0, start).join(' ')), capability }
  }
  const isLanding = tables.some((table) => table.kind === 'groups' || table.section?.title === 'All Mappings')
  return isLanding ? { kind: 'landing', framework: describeFramework(heading.text) } : heading
}
