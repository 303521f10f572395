import { defineEmitter } from '../emitter.js'
import { markdownOptions } from './markdown-options.js'

/** A page for a wiki or a pull request. See docs/markdown.md. */
export const markdown = defineEmitter({
  id: 'markdown',
  title: 'Markdown page for a wiki or a pull request',
  extension: '.md',
  schema: 'markdown-summary',
  loses: 'It is for people, and is not read back. Authors, own versions and related scores of single rows, verdicts of '
    + 'auditors, which fields a mapping file supplied, and longer descriptions of capabilities and groups.',
  options: markdownOptions,
  async emit(set, context, options) {
    const { emitPage } = await import('./emit-page.js')
    return emitPage([set], context, options)
  },
  async combine(sets, context, options) {
    const { emitPage } = await import('./emit-page.js')
    return emitPage(sets, context, options)
  },
})
