/** An ATT&CK id in a text. `start` and `end` are offsets into the text, `written` is the text between them. */
export interface Mention {
  /**
   * `technique`: a mapping, unless the text is an aside. `other`: a tactic or mitigation. `malformed`: almost a technique id.
   * `elsewhere`: part of a URL of another site or of a file name.
   */
  readonly kind: 'technique' | 'other' | 'malformed' | 'elsewhere'
  /** "T1059.001", with a dot whatever the separator in the text; letter case as written. */
  readonly id: string
  readonly written: string
  readonly start: number
  readonly end: number
}

/** Ids in a text, and URLs of other sites. */
export interface Mentions {
  readonly ids: readonly Mention[]
  readonly addresses: readonly { readonly address: string; readonly start: number }[]
}

/** Start of a URL: its scheme, or the target of a link. */
const addressStart = /https?:\/\/|www\.|\]\(/gi

/** A path without a scheme: "example.org/x", "../x", "/x". */
const path = /^[([<"'`]{0,4}\.{0,2}\/|[a-z0-9]\.[a-z]{2,24}\//i

const techniquePage = /^(?:https?:\/\/)?attack\.mitre\.org\/(?:versions\/v[\d.]{1,8}\/)?techniques\/(?=T\d{4})/i

/** An id that is not part of a longer word. The characters after a technique number are checked by `readId`. */
const idPattern = /(?<![\p{L}\p{N}]_{0,2})(?:T\d{4}|TA\d{4}|M[01]\d{3})(?![\p{L}\p{N}])/giu

/** What makes an id one of MITRE ATLAS, whose numbers have the form of ATT&CK's: AML.T0043. */
const atlasPrefix = /AML\.$/i

const subNumber = /^\\?[./](\d{3})(?![\p{L}\p{N}_])/u
const fileEnding =
  /^(?:[./]\d{3})?\.(?:md|txt|html?|json|ya?ml|csv|tsv|xlsx?|docx?|pdf|png|svg|jpe?g|py|ps1|sh|adoc|rst)(?![\p{L}\p{N}])/iu
const oddNumber = /^(?:\\?[./-]\d|_{1,3}[\p{L}\p{N}])/u

/** Finds the ids and URLs in a text, in order. Takes linear time. */
export function findMentions(text: string): Mentions {
  const ids: Mention[] = []
  const addresses: { address: string; start: number }[] = []
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    for (const { piece, start, isAddress } of splitWord(word)) {
      const offset = index + start
      if (!isAddress && !path.test(piece)) ids.push(...findIds(piece, offset))
      else {
        ids.push(...findIdsOfAddress(piece, offset))
        if (/^https?:\/\/(?!attack\.mitre\.org\/)/i.test(piece)) addresses.push({ address: piece, start: offset })
      }
    }
  }
  return { ids, addresses }
}

interface WordPiece {
  readonly piece: string
  readonly start: number
  readonly isAddress: boolean
}

/** Splits a word into URLs and the text around them. */
function splitWord(word: string): readonly WordPiece[] {
  const pieces: WordPiece[] = []
  let at = 0
  addressStart.lastIndex = 0
  for (let found = addressStart.exec(word); found; found = addressStart.exec(word)) {
    const start = found[0] === '](' ? found.index + 2 : found.index
    const end = findAddressEnd(word, start)
    if (start > at) pieces.push({ piece: word.slice(at, start), start: at, isAddress: false })
    if (end > start) pieces.push({ piece: word.slice(start, end), start, isAddress: true })
    at = end
    addressStart.lastIndex = end
  }
  if (at < word.length) pieces.push({ piece: word.slice(at), start: at, isAddress: false })
  return pieces
}

/** A URL ends before characters that it cannot contain, an unbalanced closing bracket, and trailing punctuation. */
function findAddressEnd(word: string, start: number): number {
  let end = start
  let depth = 0
  for (; end < word.length; end += 1) {
    const mark = word.charAt(end)
    if ('>"`|]'.includes(mark) || (mark === '<' && end > start)) break
    if (mark === '(') depth += 1
    if (mark === ')') depth -= 1
    if (depth < 0) break
  }
  while (end > start && '.,;:!?\'*_…'.includes(word.charAt(end - 1))) end -= 1
  return end
}

function findIds(piece: string, offset: number): readonly Mention[] {
  const ids = Array.from(piece.matchAll(idPattern), ({ 0: written, index }) => readId(piece, written, index, offset))
  const odd = Array.from(piece.matchAll(almostId)).filter(([written]) => isAlmostId(written)).map(({ 0: written, index }): Mention => (
    { kind: 'malformed', id: written, written, start: offset + index, end: offset + index + written.length }
  ))
  const found = odd.filter(({ start, end }) => !ids.some((id) => id.start < end && start < id.end))
  return found.length === 0 ? ids : [...ids, ...found].toSorted((a, b) => a.start - b.start)
}

/** Words that begin like a technique's id: "T105", "T10599", "T1e308.004", "T1O59", "T-1059". */
const almostId = /(?<![\p{L}\p{N}]_{0,2})T[-_]?[\dOIl][\p{L}\p{N}]{2,5}(?:\.\d{1,4})?(?![\p{L}\p{N}])/gu

/** Whether a word has the digits of an id, or letters that look like them: it is one that was mistyped. */
function isAlmostId(word: string): boolean {
  const number = word.slice(1).replace(/^[-_]/, '').split('.', 1)[0] ?? ''
  const digits = number.replaceAll(/\D/g, '').length
  return digits >= 3 || (digits === 2 && /^[\dOoIlSsB]{4}$/.test(number))
}

function readId(piece: string, written: string, index: number, offset: number): Mention {
  const start = offset + index
  const mention = (kind: Mention['kind'], id: string, length: number): Mention =>
    ({ kind, id, written: piece.slice(index, index + length), start, end: start + length })
  if (!/^T\d/i.test(written)) return mention('other', written, written.length)
  const next = piece.slice(index + written.length, index + written.length + 16)
  const prefix = atlasPrefix.exec(piece.slice(Math.max(0, index - 4), index))?.[0].length ?? 0
  if (prefix > 0) {
    const length = written.length + (subNumber.exec(next)?.[0].length ?? 0)
    const id = piece.slice(index - prefix, index + length)
    return { kind: 'malformed', id, written: id, start: start - prefix, end: start + length }
  }
  const file = fileEnding.exec(next)
  if (file) return mention('elsewhere', written, written.length + file[0].length)
  const sub = subNumber.exec(next)
  if (sub) return mention('technique', `${written}.${sub[1] ?? ''}`, written.length + sub[0].length)
  const odd = oddNumber.test(next)
  return odd ? mention('malformed', written, written.length + countOdd(next)) : mention('technique', written, written.length)
}

function countOdd(next: string): number {
  return /^[\p{L}\p{N}._/\\-]*[\p{L}\p{N}_]/u.exec(next)?.[0].length ?? 0
}

/** The URL of an ATT&CK page names its technique, tactic or mitigation; ids in URLs of other sites name nothing. */
function findIdsOfAddress(address: string, offset: number): readonly Mention[] {
  const bare = address.startsWith('<') ? address.slice(1) : address
  const shift = offset + address.length - bare.length
  const page = techniquePage.exec(bare)?.[0].length
  if (page !== undefined) {
    return findIds(bare.slice(page), shift + page).map((mention, nth) => (nth === 0 ? mention : asElsewhere(mention)))
  }
  const isAttack = /^(?:https?:\/\/)?attack\.mitre\.org\//i.test(bare)
  return findIds(bare, shift).map((mention) => (isAttack && mention.kind === 'other' ? mention : asElsewhere(mention)))
}

function asElsewhere(mention: Mention): Mention {
  return { ...mention, kind: 'elsewhere' }
}
