/** The values that CTID's schema allows where it lists them; mapex refuses files with others. */
export const scoreCategories: ReadonlySet<string> = new Set(['protect', 'detect', 'respond'])
export const scoreValues: ReadonlySet<string> = new Set(['minimal', 'partial', 'significant'])
export const versionSchemas: ReadonlySet<string> = new Set(['FRAMEWORK_VERSION', 'ACCESS_DATE'])
