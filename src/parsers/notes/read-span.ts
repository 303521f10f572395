import type { MappedRow } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { findMentions, type Mention } from './find-mentions.js'
import { plainText, splitCells } from './line-shapes.js'
import { type NoteBlock, type NoteSpan, placeInSpan } from './note-block.js'
import type { NotesReports } from './notes-reports.js'
import type { TechniqueNames } from './note-text.js'

/** A technique in notes, with the comment and the references of its sentence. */
type NotedTechnique = Pick<MappedRow, 'technique' | 'comments' | 'references'> & { readonly place: Place }

/** Kind of a block: table rows and headings are one sentence each. */
export type SpanShape = 'paragraph' | 'row' | 'heading'

/** Context for reading a block. */
export interface SpanContext {
  readonly names: TechniqueNames
  readonly labels: LinkLabels
  readonly reports: NotesReports
}

/** Maximum length of a comment, in characters; of a longer sentence it keeps the part around the technique. */
const LONGEST_COMMENT = 1000

/** Techniques in the text of a block, once per sentence. */
export function readSpan(span: NoteSpan, shape: SpanShape, context: SpanContext): readonly NotedTechnique[] {
  const { ids, addresses } = findMentions(span.text)
  const labelled = context.labels.find(span.text)
  const mentions = labelled.length === 0 ? ids : [...ids, ...labelled].toSorted((a, b) => a.start - b.start)
  if (mentions.length === 0) return []
  const sentences = shape === 'paragraph' ? splitSentences(span.text) : [{ start: 0, end: span.text.length }]
  const noted: NotedTechnique[] = []
  let [nextId, nextAddress] = [0, 0]
  for (const sentence of sentences) {
    const own = mentions.slice(nextId, nextId = skip(mentions, nextId, sentence))
    const links = addresses.slice(nextAddress, nextAddress = skip(addresses, nextAddress, sentence)).map(({ address }) => address)
    noted.push(...readSentence({ sentence, mentions: own, references: [...new Set(links)], shape }, span, context))
  }
  return noted
}

function skip(items: readonly { readonly start: number }[], from: number, { end }: Sentence): number {
  let next = from
  while (next < items.length && (items[next]?.start ?? end) < end) next += 1
  return next
}

interface ReadSentence {
  readonly sentence: Sentence
  readonly mentions: readonly Mention[]
  readonly references: readonly string[]
  readonly shape: SpanShape
}

function readSentence(read: ReadSentence, span: NoteSpan, context: SpanContext): readonly NotedTechnique[] {
  const { reports, names } = context
  const byId = new Map<string, Mention[]>()
  for (const mention of read.mentions) {
    if (mention.kind === 'other') reports.otherId(mention, span)
    else if (mention.kind === 'malformed') reports.malformed(mention, span)
    else if (mention.kind === 'elsewhere') reports.skipped('elsewhere', mention, span)
    else {
      const key = mention.id.toUpperCase()
      const known = byId.get(key)
      if (known) reports.repeated(mention, span)
      byId.set(key, [...(known ?? []).slice(0, 3), mention])
    }
  }
  const isLong = read.sentence.end - read.sentence.start > LONGEST_COMMENT
  const whole = isLong ? undefined : commentOf(span.text.slice(read.sentence.start, read.sentence.end), read.shape)
  return Array.from(byId.values(), (mentions) => {
    const [first] = mentions
    if (!first) throw new Error('a technique without a mention')
    const [name] = mentions.flatMap(({ start, end }) => names.beside(first.id, span.text, start, end) ?? [])
    if (isLong) reports.shortened(first, span)
    const comments = isLong ? commentAround(first, read, span) : whole
    return {
      place: placeInSpan(span, first.start),
      technique: { id: first.id, ...(name !== undefined && { name }) },
      ...(comments !== undefined && saysMore(comments, first, name) && { comments }),
      ...(read.references.length > 0 && { references: read.references }),
    }
  })
}

function commentOf(text: string, shape: ReadSentence['shape']): string | undefined {
  const plain = shape === 'row' ? splitCells(text).map(plainText).filter((cell) => cell !== '').join(' | ') : plainText(text)
  return plain === '' ? undefined : plain
}

function commentAround({ start, end }: Mention, { sentence }: ReadSentence, span: NoteSpan): string {
  const from = Math.max(sentence.start, start - LONGEST_COMMENT / 2)
  const to = Math.min(sentence.end, end + LONGEST_COMMENT / 2)
  const piece = span.text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
  return `${from > sentence.start ? '…' : ''}${plainText(piece)}${to < sentence.end ? '…' : ''}`
}

/** Whether a comment says more than the technique's id and name. */
function saysMore(comment: string, { id, written }: Mention, name: string | undefined): boolean {
  const rest = comment.replace(written, '').replace(id, '').replace(name ?? '', '')
  return /[\p{L}\p{N}]/u.test(rest)
}

/** Offsets of a sentence in a text. */
interface Sentence {
  readonly start: number
  readonly end: number
}

/** Punctuation that may end a sentence, with closing quotes and brackets. */
const ending = /[.!?…]["'”’)\]*_`]*(?=\s)/g

/** Abbreviations whose full stop does not end a sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|incl|approx|resp|fig|sec|no|nr|ca|al|viz|pp?|dept|inc|corp|ltd|mr|dr)$/i

/** Splits a paragraph into sentences: at punctuation followed by white space and not by a lower-case letter. */
function splitSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (const { 0: marks, index } of text.matchAll(ending)) {
    const end = index + marks.length
    const isEnd = marks.length > 1 || !abbreviation.test(text.slice(Math.max(0, index - 8), index))
    if (!isEnd || /^\s{1,3}\p{Ll}/u.test(text.slice(end, end + 5))) continue
    sentences.push({ start, end })
    start = end
  }
  if (start < text.length) sentences.push({ start, end: text.length })
  return sentences
}

/** Reference links to techniques: "[PowerShell][ps]", "[ps]: https://attack.mitre.org/techniques/T1059/001". */
interface LinkLabels {
  /** Techniques to whose pages a text links by label. */
  find(text: string): readonly Mention[]
  /** Whether `find` has found a link with this label. */
  isUsed(label: string): boolean
}

const use = /\[([^[\]]{1,200})\](?:\[([^[\]]{0,200})\])?/g

/** Collects the link reference definitions of a document whose URLs are technique pages. */
export function createLinkLabels(blocks: readonly NoteBlock[]): LinkLabels {
  const techniques = new Map<string, string>()
  for (const block of blocks) {
    if (block.kind !== 'aside' || block.label === undefined || block.label.startsWith('^')) continue
    // After "[label]:" only the URL counts, not an optional title.
    const [address = ''] = block.span.text.slice(block.label.length + 3).trim().split(' ', 1)
    const [technique] = findMentions(address).ids
    if (technique?.kind === 'technique' && !techniques.has(fold(block.label))) techniques.set(fold(block.label), technique.id)
  }
  const used = new Set<string>()
  return {
    isUsed: (label) => used.has(fold(label)),
    find(text) {
      if (techniques.size === 0) return []
      return Array.from(text.matchAll(use)).flatMap(({ 0: written, 1: words = '', 2: given, index }) => {
        const label = fold(given === undefined || given === '' ? words : given)
        const id = techniques.get(label)
        if (id === undefined || text.charAt(index + written.length) === '(') return []
        used.add(label)
        return [{ kind: 'technique' as const, id, written, start: index, end: index + written.length }]
      })
    },
  }
}

/** CommonMark 0.31, section 6.3: labels match regardless of case, with white space collapsed. */
function fold(label: string): string {
  return label.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
