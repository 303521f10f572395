import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'

/** The options of the Markdown page. */
export const markdownOptions = {
  'markdown-rows': {
    kind: 'boolean',
    default: true,
    description: 'a table of all rows at the end of a page; a pull request of GitHub holds 65,536 characters at most',
  },
} as const satisfies OptionSpecs

export type MarkdownOptions = OptionValues<typeof markdownOptions>

/** A page for a wiki or a pull request. See docs/markdown.md. */
export const markdown = defineEmitter({
  id: 'markdown',
  title: 'Markdown page for a wiki or a pull request',
  extension: '.md',
  schema: 'markdown-summary',
  loses: 'It is for people, and is not read back. Authors, own versions and related scores of single rows, verdicts of '
    + 'auditors, which fields a mapping file supplied, and longer descriptions of capabilities and groups.',
  options: markdownOptions,
  // A page for people: nothing in it says that it is ours.
  writes: [],
  async emit(sets, context, options) {
    const { emitPage } = await import('./emit-page.js')
    return emitPage(sets, context, options)
  },
})
