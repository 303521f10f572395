import { defineEmitter } from '../../../src/emitters/emitter.js'
import { markdownListOptions } from './markdown-list-options.js'

/** The mapped rows as a list in Markdown, for a wiki page or a pull request. */
export const markdownList = defineEmitter({
  id: 'markdown-list',
  title: 'Markdown list',
  extension: '.md',
  schema: 'table-rows',
  loses: 'Everything but capability, technique and mapping type; rows without a technique or a capability.',
  options: markdownListOptions,
  async emit(set, context, options) {
    const { emitMarkdownList } = await import('./emit-markdown-list.js')
    return emitMarkdownList([set], context, options)
  },
  async combine(sets, context, options) {
    const { emitMarkdownList } = await import('./emit-markdown-list.js')
    return emitMarkdownList(sets, context, options)
  },
})
