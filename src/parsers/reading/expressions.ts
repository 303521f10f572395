/** Most ids that one expression may stand for: further ones are a mistake, or an attack. */
const MOST_RESULTS = 400
const MOST_CHARACTERS = 400
const MOST_DEPTH = 12

/**
 * The texts that a regular expression of a finite kind matches, in order: alternatives, groups, `?`, classes, escapes, repetition by
 * a number. In the results `#` is any digit and `*` any text, for `\d`, `.*` and their like. An unescaped dot is a dot, as people
 * mean it. Undefined for other expressions and texts. Linear in the text and its results.
 */
export function expandExpression(text: string): readonly string[] | undefined {
  if (text.length > MOST_CHARACTERS) return undefined
  const source = text.replaceAll(/\s{0,4}([|()])\s{0,4}/g, '$1')
  const state: State = { source, at: 0, depth: 0 }
  const results = readAlternatives(state)
  return results === undefined || state.at < source.length ? undefined : [...new Set(results.map(collapseDots))]
}

/** Whether a text may be an expression rather than plain text: it has alternatives in brackets, classes, escapes or anchors. */
export function looksLikeExpression(text: string): boolean {
  return /\\[.d()-]|\(\?:|\)\?|\]\?|[([][^()[\]]{0,300}\||[\d.-]\[\d{0,3}-?\d{1,3}\]|^\^|\$$/.test(text)
}

const plainId = /^[A-Za-z][A-Za-z0-9_.&:/-]{0,60}\d[A-Za-z0-9_.-]{0,20}(?: ?\(\d{1,2}\))?$/

/**
 * The ids of capabilities that a cell with expressions stands for: `AC-(2|4)`, `(AC-(2|4)|IA-5)`, `AC-2, CM-(2|6)`. Undefined if the
 * cell has no expression, or anything but ids. `IA-5(1)` is no expression but the id of an enhancement; `AC-2(1|3)`, which may mean
 * enhancements or AC-21 and AC-23, is not written out.
 */
export function expandIds(text: string): readonly string[] | undefined {
  const trimmed = text.trim()
  if (trimmed.length > MOST_CHARACTERS || !looksLikeExpression(trimmed)) return undefined
  const enhanced = trimmed.replaceAll(/(\d) ?\((\d{1,2})\)(?!\?)/g, String.raw`$1\($2\)`)
  if (/\d\((?:\?:)?\d/.test(enhanced)) return undefined
  const all = splitOutside(enhanced).map((part) => (plainId.test(part) ? [part] : expandExpression(part)))
  const ids = all.flatMap((part) => part ?? [''])
  return ids.every((id) => plainId.test(id)) ? [...new Set(ids)] : undefined
}

/** The parts between commas, semicolons and line ends outside brackets. */
function splitOutside(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at)
    if ('(['.includes(character) && character !== '') depth += 1
    else if (')]'.includes(character) && character !== '') depth -= 1
    else if (at === text.length || (depth === 0 && /[,;\n]/.test(character))) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return parts.filter((part) => part !== '')
}

/** `T1110(\.(001|.003))`, a slip of CTID's, means one dot. */
function collapseDots(text: string): string {
  return text.replaceAll(/\.{2,}/g, '.')
}

interface State {
  readonly source: string
  at: number
  depth: number
}

type Results = readonly string[] | undefined

function readAlternatives(state: State): Results {
  const all: string[] = []
  for (;;) {
    const sequence = readSequence(state)
    if (!sequence || all.length + sequence.length > MOST_RESULTS) return undefined
    all.push(...sequence)
    if (state.source[state.at] !== '|') return all
    state.at += 1
  }
}

function readSequence(state: State): Results {
  let results: readonly string[] = ['']
  while (state.at < state.source.length && !'|)'.includes(state.source.charAt(state.at))) {
    const atom = readAtom(state)
    const repeated = atom && readQuantifier(state, atom)
    if (!repeated || results.length * repeated.length > MOST_RESULTS) return undefined
    results = results.flatMap((start) => repeated.map((end) => start + end))
  }
  return results
}

function readAtom(state: State): Results {
  const character = state.source.charAt(state.at)
  state.at += 1
  if (character === '^' || character === '$') return ['']
  if (character === '(') return readGroup(state)
  if (character === '[') return readClass(state)
  if (character === '\\') return readEscape(state)
  return /[A-Za-z0-9_.&:/-]/.test(character) ? [character] : undefined
}

function readGroup(state: State): Results {
  const opening = /\?(?::|P?<[A-Za-z]\w{0,30}>)/y
  opening.lastIndex = state.at
  state.at += opening.exec(state.source)?.[0].length ?? 0
  if ((state.depth += 1) > MOST_DEPTH) return undefined
  const inside = readAlternatives(state)
  state.depth -= 1
  if (!inside || state.source[state.at] !== ')') return undefined
  state.at += 1
  return inside
}

function readEscape(state: State): Results {
  const character = state.source.charAt(state.at)
  state.at += 1
  if (character === 'd') return ['#']
  if ('bAZz'.includes(character)) return ['']
  return /[.\-()/_ &:[\]]/.test(character) ? [character] : undefined
}

/** `[1-3]`, `[135]`, `[.]`; `[0-9]` is any digit. */
function readClass(state: State): Results {
  const end = state.source.indexOf(']', state.at)
  const inside = end < 0 ? '' : state.source.slice(state.at, end)
  if (inside === '' || inside.length > 30) return undefined
  state.at = end + 1
  if (inside === '0-9' || inside === '\\d') return ['#']
  if (inside === '.' || inside === '\\.') return ['.']
  if (!/^(?:\d-\d|\d)+$/.test(inside)) return undefined
  const digits = Array.from(inside.matchAll(/(\d)(?:-(\d))?/g)).flatMap(([, first = '', last = first]) => (
    Array.from({ length: Math.max(Number(last) - Number(first) + 1, 0) }, (_, step) => String(Number(first) + step))
  ))
  return digits.length === 0 ? undefined : [...new Set(digits)]
}

/** `?`, `{3}`, and `*` or `+` after a dot or `\d`: any text. */
function readQuantifier(state: State, atom: readonly string[]): Results {
  const sticky = /(\?)|([*+])\??|\{(\d)\}/y
  sticky.lastIndex = state.at
  const match = sticky.exec(state.source)
  if (!match) return atom
  state.at += match[0].length
  const [, optional, any, count] = match
  if (optional !== undefined) return atom.includes('') ? atom : ['', ...atom]
  const [only] = atom
  if (atom.length !== 1 || (only !== '.' && only !== '#')) return repeatDigits(atom, count)
  if (any !== undefined) return only === '.' ? ['.*'] : ['*']
  return [(only === '.' ? '.' : '') + '#'.repeat(Number(count))]
}

function repeatDigits(atom: readonly string[], count: string | undefined): Results {
  const [only = ''] = atom
  return atom.length === 1 && count !== undefined ? [only.repeat(Number(count))] : undefined
}
