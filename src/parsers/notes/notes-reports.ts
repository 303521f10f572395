import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { Place } from '../../model/origin.js'
import { shortenExcerpt } from '../page/page-content.js'
import type { Mention } from './find-mentions.js'
import { type Aside, type NoteSpan, placeInSpan } from './note-block.js'

/** Diagnostics of notes: each kind is reported once, at its first place, with its count. */
export interface NotesReports {
  /** A technique id that is not a mapping, and why. */
  skipped(why: Aside | 'elsewhere', mention: Mention, span: NoteSpan): void
  repeated(mention: Mention, span: NoteSpan): void
  malformed(mention: Mention, span: NoteSpan): void
  otherId(mention: Mention, span: NoteSpan): void
  shortened(mention: Mention, span: NoteSpan): void
  /** A row that names a capability and no technique, in a table whose other rows name techniques. */
  rowWithoutTechnique(words: string, span: NoteSpan): void
  /** Number of rows whose framework is unknown, and the place of the first. */
  unknownFramework(rows: number, place: Place): void
  noMappings(): void
  /** Reports the collected diagnostics. */
  finish(): void
}

const contexts: Readonly<Record<Aside | 'elsewhere', string>> = {
  code: 'in code',
  comment: 'in HTML comments',
  citation: 'in citations',
  titles: 'in table headers',
  elsewhere: 'in URLs of other sites and in file names',
}

/** Maximum number of distinct entries, against hostile documents. */
const MOST = 50

interface Tally {
  readonly code: Code
  readonly message?: string
  readonly found: string
  readonly place: Place
  /** The places after the first. */
  readonly rows: Place[]
  count: number
}

/** Creates the reports of one document. */
export function createNotesReports({ file, lines }: TextDocument, report: Report): NotesReports {
  const tallies = new Map<string, Tally>()

  function gather(code: Code, kind: string, mention: Mention, span: NoteSpan, message?: string): void {
    const key = `${code} ${tallies.size < MOST ? kind : 'others'}`
    const known = tallies.get(key)
    const place = placeInSpan(span, mention.start)
    if (known) {
      known.count += 1
      known.rows.push(place)
    } else {
      tallies.set(key, { code, found: mention.written, place, count: 1, rows: [], ...(message !== undefined && { message }) })
    }
  }

  function at(place: Place) {
    const line = place.kind === 'text' ? (lines[place.line - 1] ?? '') : ''
    return { origin: { document: file.name, place }, excerpt: shortenExcerpt(line) }
  }

  return {
    skipped(why, mention, span) {
      const message = `Technique ids ${contexts[why]} are not mappings and were skipped`
      gather('parse/mention-passed-over', why, mention, span, message)
    },
    repeated: (mention, span) => gather('parse/repeated-mention', '', mention, span),
    malformed: (mention, span) => gather('parse/malformed-technique', mention.written, mention, span),
    otherId: (mention, span) => gather('parse/other-attack-id', '', mention, span),
    shortened: (mention, span) => gather('parse/shortened-comment', '', mention, span),
    rowWithoutTechnique(words, span) {
      gather('parse/no-technique-in-row', '', { kind: 'malformed', id: '', written: words, start: 0, end: 0 }, span)
    },
    unknownFramework: (count, place) => report('parse/unknown-framework', {
      ...at(place),
      message: 'The notes name no framework; their rows were read with an unknown framework',
      hint: 'Name it with --framework, for example --framework nist_800_53 or --framework "Our controls".',
      count,
    }),
    noMappings: () => report('parse/no-mappings', {
      message: 'The text of the notes contains no technique ids',
      origin: { document: file.name, place: { kind: 'file' } },
      expected: 'technique ids such as T1059 or T1059.001',
    }),
    finish: () => {
      for (const { code, found, place, rows, count, message } of tallies.values()) {
        report(code, { ...at(place), found, count, rows, ...(message !== undefined && { message }) })
      }
    },
  }
}
