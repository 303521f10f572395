import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { Place } from '../../model/origin.js'
import type { Mention } from './find-mentions.js'
import { type Aside, type NoteSpan, placeInSpan } from './note-block.js'

/** What reading notes may have to tell: each kind once, at its first place, with its count. */
export interface NotesReports {
  /** A technique's id that is no mapping, and why. */
  passedOver(why: Aside | 'elsewhere', mention: Mention, span: NoteSpan): void
  repeated(mention: Mention, span: NoteSpan): void
  malformed(mention: Mention, span: NoteSpan): void
  otherId(mention: Mention, span: NoteSpan): void
  shortened(mention: Mention, span: NoteSpan): void
  /** Rows whose framework nobody names, at the first of them. */
  unknownFramework(rows: number, place: Place): void
  noMappings(): void
  /** Tells what was gathered. */
  finish(): void
}

const whereabouts: Readonly<Record<Aside | 'elsewhere', string>> = {
  code: 'in code',
  comment: 'in comments that readers do not see',
  citation: 'in citations',
  titles: 'in the titles of tables',
  elsewhere: 'in addresses of other sites and names of files',
}

/** How many spellings are told apart; documents may be hostile. */
const MOST = 50
const LONGEST_EXCERPT = 160

interface Tally {
  readonly code: Code
  readonly message?: string
  readonly found: string
  readonly place: Place
  count: number
}

/** Creates the reports of one document. */
export function createNotesReports({ file, lines }: TextDocument, report: Report): NotesReports {
  const tallies = new Map<string, Tally>()

  function gather(code: Code, kind: string, mention: Mention, span: NoteSpan, message?: string): void {
    const key = `${code} ${tallies.size < MOST ? kind : 'others'}`
    const known = tallies.get(key)
    if (known) known.count += 1
    else {
      const place = placeInSpan(span, mention.start)
      tallies.set(key, { code, found: mention.written, place, count: 1, ...(message !== undefined && { message }) })
    }
  }

  function at(place: Place) {
    const line = place.kind === 'text' ? (lines[place.line - 1] ?? '') : ''
    const excerpt = line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT - 1)}…` : line
    return { origin: { document: file.name, place }, excerpt }
  }

  return {
    passedOver(why, mention, span) {
      const message = `Technique ids ${whereabouts[why]} are no mappings and were passed over`
      gather('parse/mention-passed-over', why, mention, span, message)
    },
    repeated: (mention, span) => gather('parse/repeated-mention', '', mention, span),
    malformed: (mention, span) => gather('parse/malformed-technique', mention.written, mention, span),
    otherId: (mention, span) => gather('parse/other-attack-id', '', mention, span),
    shortened: (mention, span) => gather('parse/shortened-comment', '', mention, span),
    unknownFramework: (count, place) => report('parse/unknown-framework', {
      ...at(place),
      message: 'Notes name no framework whose capabilities they map; the rows were read, of a framework that is not known',
      hint: 'Name the framework with --framework, such as --framework nist_800_53 or --framework "Our controls".',
      count,
    }),
    noMappings: () => report('parse/no-mappings', {
      message: 'The notes name no technique in their text',
      origin: { document: file.name, place: { kind: 'file' } },
      expected: 'ids of techniques, such as T1059 or T1059.001',
    }),
    finish: () => {
      for (const { code, found, place, count, message } of tallies.values()) {
        report(code, { ...at(place), found, count, ...(message !== undefined && { message }) })
      }
    },
  }
}
