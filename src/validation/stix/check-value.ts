import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import { isStixTime } from './check-times.js'
import { showValue, type Site } from './fault-log.js'
import { checkReference } from './check-ids.js'
import { isUri, isVocabulary, openVocabulary, textForm } from './value-forms.js'

/** Checks a value, and reports its faults at the site. */
export type CheckValue = (value: TreeValue, site: Site) => void

/** A kind without parts; `expected` names it in messages. */
interface Simple {
  readonly test: (value: TreeValue) => boolean
  readonly expected: string
}

const simple: Readonly<Record<string, Simple>> = {
  'text': { test: (value) => typeof value === 'string', expected: 'a string' },
  'flag': { test: (value) => typeof value === 'boolean', expected: 'true or false' },
  'number': { test: (value) => typeof value === 'number', expected: 'a number' },
  'integer': { test: Number.isInteger, expected: 'an integer' },
  'time': {
    test: (value) => typeof value === 'string' && isStixTime(value),
    expected: 'a UTC timestamp such as 2024-12-31T23:59:59Z',
  },
  'exact time': {
    test: (value) => typeof value === 'string' && isStixTime(value) && /\.\d{3}/.test(value.slice(19, 23)),
    expected: 'a UTC timestamp with milliseconds, such as 2024-12-31T23:59:59.000Z',
  },
  'word': { test: (value) => typeof value === 'string' || Number.isInteger(value), expected: 'a string or an integer' },
  'header': {
    test: (value) => typeof value === 'string'
      || (isList(value) && value.length > 0 && value.every((item) => typeof item === 'string')),
    expected: 'a string or a list of strings',
  },
  'hex': {
    test: (value) => typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(value),
    expected: 'pairs of hexadecimal digits',
  },
  'binary': {
    test: (value) => typeof value === 'string' && value !== '' && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
    expected: 'base64 data',
  },
}

/** The check of a kind that has no parts. `label` names the value in messages. Throws for an unknown kind. */
export function checkOf(kind: string, label: string): CheckValue {
  const found = simple[kind]
  if (found) return expectValue(label, found)
  if (kind === 'url') return doubtText(label, isUri, 'a URI (RFC 3986)')
  if (kind === 'email address') return doubtText(label, isEmail, 'an email address such as a@example.org')
  if (kind === 'hashes') return (value, site) => checkHashes(value, label, site)
  const end = kind.indexOf(' ')
  const [word, rest] = end < 0 ? [kind, ''] : [kind.slice(0, end), kind.slice(end + 1)]
  switch (word) {
    case 'integer':
    case 'number': return checkRange(word, rest, label)
    case 'ref': return (value, site) => checkReference(value, rest, label, site)
    case 'enum': {
      const words = new Set(rest.split('|'))
      const test = (value: TreeValue): boolean => typeof value === 'string' && words.has(value)
      return expectValue(label, { test, expected: [...words].join(' or ') })
    }
    case 'vocabulary': return checkWord(rest, label)
    case 'form': {
      const form = textForm(rest)
      const test = (value: TreeValue): boolean => typeof value === 'string' && form?.test(value) === true
      return expectValue(label, { test, expected: form?.like ?? rest })
    }
    default: throw new Error(`Unknown kind of value: ${kind}`)
  }
}

function expectValue(label: string, { test, expected }: Simple): CheckValue {
  const message = `${label} is not ${expected}`
  return (value, site) => {
    if (!test(value)) site.report({ code: 'verify/schema', message, found: showValue(value) })
  }
}

function checkRange(word: string, range: string, label: string): CheckValue {
  const [least = 0, most = 0] = range.split('..').map(Number)
  const isWhole = word === 'integer'
  const test = (value: TreeValue): boolean =>
    typeof value === 'number' && value >= least && value <= most && (!isWhole || Number.isInteger(value))
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `between ${least} and ${most}`
  return expectValue(label, { test, expected: `${isWhole ? 'an integer' : 'a number'} ${upTo}` })
}

function doubtText(label: string, test: (text: string) => boolean, expected: string): CheckValue {
  return (value, site) => {
    if (typeof value !== 'string') site.report({
      code: 'verify/schema', message: `${label} is not a string`, found: showValue(value),
    })
    else if (!test(value)) site.report({
      code: 'verify/doubtful', message: `${label} is not ${expected}`, found: showValue(value),
    })
  }
}

function checkWord(name: string, label: string): CheckValue {
  if (!isVocabulary(name)) throw new Error(`Unknown vocabulary: ${name}`)
  const words = openVocabulary(name)
  return (value, site) => {
    if (typeof value !== 'string') site.report({
      code: 'verify/schema', message: `${label} is not a string`, found: showValue(value),
    })
    else if (!words.has(value)) {
      site.report({
        code: 'verify/vocabulary',
        message: `${label} is not in the open vocabulary ${name}-ov`,
        found: showValue(value),
        expected: words.size > 12
          ? `one of ${words.size} values, such as ${[...words].slice(0, 3).join(', ')}`
          : [...words].join(', '),
      })
    }
  }
}

/** A local part, an at sign and a host; quoted local parts are not accepted. */
function isEmail(text: string): boolean {
  return text.length < 500 && /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\_]+$/.test(text)
}

const forms: ReadonlyMap<string, RegExp> = new Map([
  ['MD5', /^[a-fA-F0-9]{32}$/],
  ['SHA-1', /^[a-fA-F0-9]{40}$/],
  ['SHA-256', /^[a-fA-F0-9]{64}$/],
  ['SHA-512', /^[a-fA-F0-9]{128}$/],
  ['SHA3-256', /^[a-fA-F0-9]{64}$/],
  ['SHA3-512', /^[a-fA-F0-9]{128}$/],
  ['SSDEEP', /^[a-zA-Z0-9/+:.]{1,128}$/],
  ['TLSH', /^[a-zA-Z0-9]{70}$/],
])
const algorithms = openVocabulary('hash-algorithm')

/** Checks hashes by algorithm (STIX 2.1, section 2.7). */
function checkHashes(value: TreeValue, label: string, site: Site): void {
  if (!isObject(value) || Object.keys(value).length === 0) {
    site.report({ code: 'verify/schema', message: `${label} is not a non-empty object of hashes by algorithm`, found: showValue(value) })
    return
  }
  for (const [algorithm, hash] of Object.entries(value)) {
    site.steps.push(algorithm)
    if (!/^[a-zA-Z0-9_-]{3,250}$/.test(algorithm)) {
      site.report({
        code: 'verify/schema', message: `${label} has an invalid algorithm name`, found: showValue(algorithm),
      })
    } else if (!algorithms.has(algorithm)) {
      site.report({
        code: 'verify/vocabulary', message: `${label} has an algorithm that is not in the open vocabulary hash-algorithm-ov`,
        found: showValue(algorithm),
      })
    }
    if (typeof hash !== 'string' || forms.get(algorithm)?.test(hash) === false) {
      site.report({
        code: 'verify/schema', message: `${label} has a value that is not a hash of its algorithm`, found: showValue(hash),
      })
    }
    site.steps.pop()
  }
}
