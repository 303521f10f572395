/** No capability is called by more characters: what is longer is prose. */
const LONGEST = 120

/** Words that announce techniques, or say something of the notes, and name no capability. Letters and digits only. */
const announcements: ReadonlySet<string> = new Set([
  'addresses', 'background', 'blocks', 'counters', 'coverage', 'covers', 'defendsagainst', 'description', 'details',
  'detects', 'eg', 'evidence', 'example', 'examples', 'helpsagainst', 'id', 'ids', 'ie', 'introduction', 'limits',
  'mapping', 'mappings', 'mapsto', 'mitigates', 'note', 'notes', 'overview', 'prevents', 'protectsagainst', 'rationale',
  'remark', 'remarks', 'results', 'see', 'seealso', 'stops', 'summary', 'todo',
])

const references: ReadonlySet<string> = new Set([
  'bibliography', 'citations', 'externallinks', 'footnotes', 'furtherreading', 'links', 'literature', 'references',
  'seealso', 'sources',
])

/** Whether words can name a capability: few, with a letter in them, and none that only announce techniques. */
export function canNameCapability(words: string): boolean {
  if (words.length > LONGEST || !/\p{L}/u.test(words)) return false
  return !announcements.has(fold(words)) && !/\b(?:techniques?|tactics?|att&ck|mitre)\b/i.test(words)
}

/** Whether a heading stands over a list of references. */
export function headsReferences(heading: string): boolean {
  return references.has(fold(heading))
}

function fold(words: string): string {
  return words.length > LONGEST ? '' : words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
