import type { Parser } from '../parser.js'

/** Markdown and plain notes, where nothing better is at hand. docs/notes.md tells what is read, and as what. */
export const notes: Parser<'notes'> = {
  id: 'notes',
  title: 'Notes in Markdown or plain text (only with --from notes; name the --framework)',
  extensions: ['md', 'markdown', 'mdown', 'txt', 'text', 'adoc', 'asciidoc', 'rst', 'org'],
  containers: ['text'],
  onlyWhenNamed: true,
  // Any text may name techniques: only its reader knows whether it maps them.
  sniff: () => ({ confidence: 0, reason: 'notes are read only where they are named: --from notes' }),
  async parse(document, context) {
    if (document.container !== 'text') return []
    const { parseNotes } = await import('./parse-notes.js')
    return parseNotes(document, context)
  },
}
