import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options of the Markdown page. */
export const markdownOptions = {
  'markdown-rows': {
    kind: 'boolean',
    default: true,
    description: 'a table of all rows at the end of a page; a pull request of GitHub holds 65,536 characters at most',
  },
} as const satisfies OptionSpecs

export type MarkdownOptions = OptionValues<typeof markdownOptions>
