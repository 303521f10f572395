import type { Parser } from '../parser.js'

/** Notes in Markdown or plain text, if no structured document is available. docs/notes.md specifies how they are read. */
export const notes: Parser<'notes'> = {
  id: 'notes',
  title: 'Notes in Markdown or plain text (only with --from notes; add --framework)',
  extensions: ['md', 'markdown', 'mdown', 'txt', 'text', 'adoc', 'asciidoc', 'rst', 'org'],
  containers: ['text'],
  onlyWhenNamed: true,
  // Any text may mention techniques; only the user knows whether it maps capabilities to them.
  sniff: () => ({ confidence: 0, reason: 'notes are read only with --from notes' }),
  async parse(document, context) {
    if (document.container !== 'text') return []
    const { parseNotes } = await import('./parse-notes.js')
    return parseNotes(document, context)
  },
}
