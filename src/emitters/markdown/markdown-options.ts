import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options of the Markdown page. */
export const markdownOptions = {
  'markdown-rows': {
    kind: 'boolean',
    default: true,
    description: 'End Markdown pages with a table of all rows. Pull requests of GitHub hold 65,536 characters: leave it out there.',
  },
} as const satisfies OptionSpecs

export type MarkdownOptions = OptionValues<typeof markdownOptions>
