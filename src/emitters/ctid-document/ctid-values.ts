import { scoreCategories as categories, scoreValues as values } from '../../model/score-scale.js'

/** The values that CTID's schema allows where it lists them; mapex refuses files with others. */
export const scoreCategories: ReadonlySet<string> = new Set(categories)
export const scoreValues: ReadonlySet<string> = new Set(values)
export const versionSchemas: ReadonlySet<string> = new Set(['FRAMEWORK_VERSION', 'ACCESS_DATE'])
