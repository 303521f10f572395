import type { HtmlElement } from '../../formats/decoded.js'
import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { RowReports } from './row-reports.js'

/** What a page's tables are read with. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly reports: RowReports
  /** The page's framework. */
  readonly framework?: Framework
  /** The framework that the user states; for rows whose framework nothing else tells. */
  readonly statedFramework?: Framework
  /** The elements in which the page breaks off; none where it is whole. */
  readonly cutOff: ReadonlySet<HtmlElement>
}
