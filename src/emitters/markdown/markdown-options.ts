import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options of the Markdown page. */
export const markdownOptions = {
  'markdown-rows': {
    kind: 'boolean',
    default: true,
    description: 'End Markdown pages with a table of all rows. A pull request of GitHub holds 65,536 characters.',
  },
} as const satisfies OptionSpecs

export type MarkdownOptions = OptionValues<typeof markdownOptions>
