import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { PageHeading } from '../page/page-heading.js'
import type { PageReports } from './page-reports.js'

/** What a page's tables are read with. */
export interface TableContext {
  readonly known: KnownCapabilities
  readonly heading: PageHeading
  readonly reports: PageReports
  /** The page's framework. */
  readonly framework?: Framework
  /** The framework that the user states; for rows whose framework nothing else tells. */
  readonly statedFramework?: Framework
}
