import type { Framework } from './framework.js'
import { frameworks } from './frameworks.js'
import type { KnownCapabilities } from './known-capabilities.js'

/** The frameworks of a document's capabilities, as far as their ids show them. */
export interface Detection {
  /** The framework of an id; undefined if it is unknown. */
  readonly frameworkOf: (id: string) => string | undefined
  /** Each framework that was detected, with the number of ids that show it. */
  readonly guesses: readonly FrameworkGuess[]
  /** The framework that most ids could be of, where there were too few to assign any. */
  readonly refused?: FrameworkGuess
}

/** A framework, and how many of a document's different ids are ids of it. */
export interface FrameworkGuess {
  readonly framework: Framework
  readonly ids: number
  readonly of: number
}

/** The share of a document's ids that must be of one framework for the others to be taken for misspelt ids of the same. */
const MAJORITY = 0.9

/** The share of the ids of one form (two letters, hyphen, digits) that must be ids of a framework that has this form. */
const SHARE_OF_FORM = 0.8

/** The share of a document's ids that must be of any known framework. */
const SHARE_OF_ALL = 0.5

/** Ids without a digit are words ("firewalls", "conditional_access"): fewer of them do not identify a framework. */
const FEWEST_WORDS = 3

/**
 * Detects the frameworks of the capability ids of a document from known ids, and from forms of ids that only one framework has.
 * The form of a single word is no evidence: words, numbers, dates, UUIDs and sentences are ids of no framework.
 */
export function detectFrameworks(ids: ReadonlySet<string>, known: KnownCapabilities): Detection {
  const claims = new Map(Array.from(ids, (id) => [id, findClaims(id, known)]))
  const candidates = frameworks.map((framework) => weigh(framework, claims))
    .filter((candidate) => isLikely(candidate))
    .toSorted((a, b) => b.known - a.known || b.ids - a.ids)
  const owners = new Map<string, Framework>()
  for (const [id, { alike }] of claims) {
    const found = candidates.find(({ framework }) => alike.has(framework.id))
    if (found) owners.set(id, found.framework)
  }
  const owning = new Set(owners.values())
  const guesses = candidates.filter(({ framework }) => owning.has(framework))
    .map(({ framework, ids: count }) => ({ framework, ids: count, of: ids.size }))
  const [most] = guesses
  if (owners.size < ids.size * SHARE_OF_ALL) return { frameworkOf: () => undefined, guesses: [], ...(most && { refused: most }) }
  const main = guesses.find((guess) => guess.ids >= ids.size * MAJORITY)?.framework
  return { frameworkOf: (id) => (owners.get(id) ?? main)?.id, guesses }
}

/** The frameworks that an id can be of: those that know it, those that alone have its form, and those that have its form too. */
interface Claims {
  readonly known: ReadonlySet<string>
  readonly form: ReadonlySet<string>
  readonly alike: ReadonlySet<string>
}

function findClaims(id: string, known: KnownCapabilities): Claims {
  const prefix = known.longestPrefix(id)
  const owners = prefix?.length === id.length ? prefix.owners : []
  const knowing = new Set(owners.map(({ framework }) => framework))
  const withForm = frameworks.filter((framework) => hasForm(id, framework.distinctiveId, framework)).map((framework) => framework.id)
  const alike = frameworks.filter((framework) => hasForm(id, framework.capabilityId, framework)).map((framework) => framework.id)
  return { known: knowing, form: new Set(withForm), alike: new Set([...knowing, ...withForm, ...alike]) }
}

function hasForm(id: string, form: RegExp | undefined, { idsContainSpaces }: Framework): boolean {
  const [match] = form?.exec(id) ?? []
  return match !== undefined && (idsContainSpaces === true || match.length === id.length)
}

interface Candidate {
  readonly framework: Framework
  /** Ids that are known ids of it. */
  readonly known: number
  /** Ids that are known ids of it, or have a form that only it has. */
  readonly ids: number
  /** Known ids without a digit, and not of that form. */
  readonly words: number
  /** All ids that have the form of its ids. */
  readonly alike: number
}

function weigh(framework: Framework, claims: ReadonlyMap<string, Claims>): Candidate {
  let [known, ids, words, alike] = [0, 0, 0, 0]
  for (const [id, claim] of claims) {
    const isKnown = claim.known.has(framework.id)
    const isFormed = claim.form.has(framework.id)
    if (isKnown) known += 1
    if (isKnown || isFormed) ids += 1
    if (isKnown && !isFormed && !/\d/.test(id)) words += 1
    if (claim.alike.has(framework.id)) alike += 1
  }
  return { framework, known, ids, words, alike }
}

function isLikely({ ids, words, alike }: Candidate): boolean {
  return ids > 0 && ids >= alike * SHARE_OF_FORM && (words < ids || words >= FEWEST_WORDS)
}

/** Whether a text begins with an id of a form that only one framework has. */
export function beginsWithKnownForm(text: string): boolean {
  return frameworks.some(({ distinctiveId }) => distinctiveId?.test(text) === true)
}
