import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'

/** The options of the Markdown page. */
export const markdownOptions = {
  'markdown-rows': {
    kind: 'boolean',
    default: true,
    description: 'a table of all rows at the end of the page (a pull request on GitHub can have 65,536 characters)',
  },
} as const satisfies OptionSpecs

export type MarkdownOptions = OptionValues<typeof markdownOptions>

/** A page for a wiki or a pull request. See docs/markdown.md. */
export const markdown = defineEmitter({
  id: 'markdown',
  title: 'Markdown page for a wiki or a pull request',
  extension: '.md',
  schema: 'markdown-summary',
  loses: 'Authors, own versions and related scores of single rows; verdicts of auditors; which fields a mapping file supplied; '
    + 'longer descriptions of capabilities and groups. The page is not read back.',
  options: markdownOptions,
  // Nothing in a page identifies it.
  writes: [],
  async emit(sets, context, options) {
    const { emitPage } = await import('./emit-page.js')
    return emitPage(sets, context, options)
  },
})
