import type { OptionSpecs, OptionValues } from '../../../src/emitters/emitter.js'

/** The options of the Markdown list. */
export const markdownListOptions = {
  'markdown-first': {
    kind: 'choice',
    values: ['technique', 'capability'],
    default: 'technique',
    description: 'What a line begins with.',
  },
} as const satisfies OptionSpecs

export type MarkdownListOptions = OptionValues<typeof markdownListOptions>
