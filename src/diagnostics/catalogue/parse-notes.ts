import type { CatalogueEntry } from '../catalogue-entry.js'

/** Understanding what notes say: prose holds ids that are no mappings, and each is told. */
export const parseNotesEntries = {
  'parse/mention-passed-over': {
    severity: 'info',
    title: 'Technique ids stand where notes map nothing and were passed over',
    help: 'Ids in code, comments, citations and addresses of other sites are no mappings; write those that are in the text.',
  },
  'parse/repeated-mention': {
    severity: 'info',
    title: 'A technique stands more than once in one sentence and counts once',
    help: 'Nothing needs to be done.',
  },
  'parse/malformed-technique': {
    severity: 'warning',
    title: 'Something looks like a technique id, is none, and was not read',
    help: 'Write ids as T1059, and those of sub-techniques as T1059.001.',
  },
  'parse/other-attack-id': {
    severity: 'info',
    title: 'Ids of ATT&CK tactics or mitigations are no techniques and were passed over',
    help: 'Only techniques and sub-techniques can be mapped to.',
  },
  'parse/shortened-comment': {
    severity: 'info',
    title: 'A sentence is very long; its row keeps the part around the technique as comment',
    help: 'Nothing needs to be done, unless the text has lost its full stops.',
  },
} as const satisfies Record<string, CatalogueEntry>
