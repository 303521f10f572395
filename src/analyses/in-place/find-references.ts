/** A technique id in a text: alone (`T1562.001`, `attack.t1562.001`), or in the address of its page at attack.mitre.org. */
export interface Reference {
  /** Offsets of the id, or of its part of the address: `T1562/001`. */
  readonly start: number
  readonly end: number
  /** In upper case, with a dot: T1562.001. */
  readonly id: string
  readonly form: 'id' | 'address'
}

/**
 * Addresses come first, so that ids in addresses of other sites are no references. An id is a whole word: not a part of a longer word,
 * of a path or of a file's name. Ids separated by slashes are a list.
 */
const reference = new RegExp([
  String.raw`\bhttps?:[\\/]{2,4}[^\s"'<>|]{1,2000}`,
  String.raw`\battack\.mitre\.org[\\/][^\s"'<>|]{1,2000}`,
  String.raw`(?:(?<![\w\-\\/.])|(?<=\b(?:attack|mitre|ttp|technique|subtechnique)\.)|(?<=T\d{4}(?:\.\d{3})?\/))`
  + String.raw`T\d{4}(?:\.\d{3})?(?![\w\-\\]|\.\w|\/(?!T\d{4}))`,
].join('|'), 'gi')

/** Pages of techniques. An address of a certain release (`/versions/v16/`) is right as it is. */
const page = /^(?:https?:[\\/]{2,4})?(?:www\.)?attack\.mitre\.org\\?\/(?:beta\\?\/)?techniques\\?\/(T\d{4})(?:(\\?\/)(\d{3}))?(?!\w)/i

/** The technique ids of a text, in order. */
export function findReferences(text: string): readonly Reference[] {
  if (!mayRefer(text)) return []
  return Array.from(text.matchAll(reference)).flatMap(({ 0: found, index }): readonly Reference[] => {
    if (!/^(?:https?:|attack\.mitre)/i.test(found)) {
      return [{ start: index, end: index + found.length, id: found.toUpperCase(), form: 'id' }]
    }
    const [whole, parent, slash = '', sub] = page.exec(found) ?? []
    if (whole === undefined || parent === undefined) return []
    const length = parent.length + (sub === undefined ? 0 : slash.length + sub.length)
    const end = index + whole.length
    const id = sub === undefined ? parent : `${parent}.${sub}`
    return [{ start: end - length, end, id: id.toUpperCase(), form: 'address' }]
  })
}

/** Whether a text may contain a technique id: a quick test, since most texts contain none. */
export function mayRefer(text: string): boolean {
  return /T\d{4}/i.test(text)
}

/** An id in the form of a reference that it replaces: in lower case, or as a part of an address. */
export function writeLike(written: string, id: string, form: Reference['form']): string {
  const slash = /\\?\//.exec(written)?.[0] ?? (written.includes('\\') ? String.raw`\/` : '/')
  const shaped = form === 'address' ? id.replace('.', slash) : id
  return written.startsWith('t') ? shaped.toLowerCase() : shaped
}

/** Names of properties and columns whose values are sentences. */
const proseKey = /comment|descri|\bdesc\b|note|rationale|remark|summar|justif|explan|\btext\b|title|reason|guidance|procedure|example/i
/** Names of properties and columns whose values are techniques. */
const techniqueKey = /techni|att.?ck|\bttps?\b|mitre|\btags?\b|\bids?$|_ids?$|external_?id/i

/** Words that accompany ids: "MITRE ATT&CK technique T1562.001". */
const companions = new Set([
  'mitre', 'att', 'ck', 'attack', 'technique', 'techniques', 'sub', 'subtechnique', 'enterprise', 'mobile', 'ics', 'id', 'ids', 'ttp', 'ttps',
  'tactic', 'and', 'or', 'misp', 'galaxy', 'pattern', 'amp', 'https', 'http', 'org', 'www', 'tags', 'tag',
])

/** Longer texts are sentences, or hostile. */
const longestList = 20_000
/** Names that are looked for in one text. */
const mostNames = 300
/** As many other words may be beside an id where the property or column is for techniques. */
const mostWords = 6

/**
 * Whether the ids of a text refer to techniques, rather than being mentioned in a sentence. `names`: the names of these techniques,
 * which may be beside them. `key`: the name of the property, or the title of the column.
 */
export function isReferenceText(text: string, key: string, names: readonly string[]): boolean {
  if (text.length > longestList) return false
  let rest = text.replaceAll(reference, ' ').toLowerCase()
  if (/\p{L}{2}/u.test(rest)) for (const name of new Set(names.slice(0, mostNames))) rest = rest.replaceAll(name.toLowerCase(), ' ')
  if (proseKey.test(key)) return !/\p{L}/u.test(rest)
  const words = (rest.match(/\p{L}{2,}/gu) ?? []).filter((word) => !companions.has(word))
  if (words.length === 0) return true
  return words.length <= mostWords && techniqueKey.test(key)
}
