import type { CatalogueEntry } from './entry.js'

/** Parsing notes: ids in prose that are not read as mappings are reported too. */
export const parseNotesEntries = {
  'parse/mention-passed-over': {
    severity: 'info',
    title: 'A technique id where notes map nothing was skipped',
    help: 'Ids in code, comments, citations and links to other sites are not read as mappings; to map one, write it in the text.',
    leavesOut: true,
  },
  'parse/repeated-mention': {
    severity: 'info',
    title: 'A technique appears more than once in a sentence and was counted once',
    help: 'Nothing needs to be done.',
    leavesOut: true,
  },
  'parse/malformed-technique': {
    severity: 'warning',
    title: 'Text that looks like a technique id is not a valid one and was not read',
    help: 'Write ids as T1059, and sub-technique ids as T1059.001.',
    leavesOut: true,
  },
  'parse/no-technique-in-row': {
    severity: 'warning',
    title: 'A row of a table of techniques names a capability and no technique id; it was not read',
    help: 'Write the id of a technique in the row, or remove the row.',
    leavesOut: true,
  },
  'parse/other-attack-id': {
    severity: 'info',
    title: 'A tactic, group, software, mitigation or other object of ATT&CK is not a technique and was skipped',
    help: 'Write a technique or sub-technique instead, if one is meant: nothing else can be mapped to.',
  },
  'parse/shortened-comment': {
    severity: 'info',
    title: "A sentence is very long; the row's comment is the part around the technique",
    help: 'Nothing needs to be done, unless the text has lost its full stops.',
  },
} as const satisfies Record<string, CatalogueEntry>
