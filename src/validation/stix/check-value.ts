import { isList, type TreeValue } from '../../formats/decoded.js'
import { isTreeObject } from '../../formats/tree-fields.js'
import { isStixTime } from './check-times.js'
import { showValue, type Site } from './fault-log.js'
import { checkReference } from './stix-ids.js'
import { isUri, textForm } from './text-forms.js'
import { isVocabulary, openVocabulary } from './vocabularies.js'

/** Looks at a value, and tells what is wrong with it. */
export type CheckValue = (value: TreeValue, site: Site) => void

/** Whether a value is of a kind; what the kind is called, for messages. */
interface Simple {
  readonly test: (value: TreeValue) => boolean
  readonly expected: string
}

const simple: Readonly<Record<string, Simple>> = {
  'text': { test: (value) => typeof value === 'string', expected: 'a text' },
  'flag': { test: (value) => typeof value === 'boolean', expected: 'true or false' },
  'number': { test: (value) => typeof value === 'number', expected: 'a number' },
  'integer': { test: Number.isInteger, expected: 'a whole number' },
  'time': {
    test: (value) => typeof value === 'string' && isStixTime(value),
    expected: 'a time in UTC such as 2024-12-31T23:59:59Z',
  },
  'exact time': {
    test: (value) => typeof value === 'string' && isStixTime(value) && /\.\d{3}/.test(value.slice(19, 23)),
    expected: 'a time in UTC with milliseconds, such as 2024-12-31T23:59:59.000Z',
  },
  'word': { test: (value) => typeof value === 'string' || Number.isInteger(value), expected: 'a text or a whole number' },
  'header': {
    test: (value) => typeof value === 'string'
      || (isList(value) && value.length > 0 && value.every((item) => typeof item === 'string')),
    expected: 'a text or a list of texts',
  },
  'hex': {
    test: (value) => typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(value),
    expected: 'pairs of hexadecimal digits',
  },
  'binary': {
    test: (value) => typeof value === 'string' && value !== '' && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
    expected: 'bytes in base64',
  },
}

/** The check of a kind that has no parts. `label` is what messages call the value. */
export function checkOf(kind: string, label: string): CheckValue {
  const found = simple[kind]
  if (found) return expectValue(label, found)
  if (kind === 'url') return doubtText(label, isUri, 'an address to the letter of RFC 3986')
  if (kind === 'email address') return doubtText(label, isEmail, 'an address of email such as a@example.org')
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
    default: throw new Error(`No kind of value is called ${kind}`)
  }
}

function expectValue(label: string, { test, expected }: Simple): CheckValue {
  const message = `${label} is not ${expected}`
  return (value, site) => {
    if (!test(value)) site.tell({ code: 'verify/schema', message, found: showValue(value) })
  }
}

function checkRange(word: string, range: string, label: string): CheckValue {
  const [least = 0, most = 0] = range.split('..').map(Number)
  const isWhole = word === 'integer'
  const test = (value: TreeValue): boolean =>
    typeof value === 'number' && value >= least && value <= most && (!isWhole || Number.isInteger(value))
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `between ${least} and ${most}`
  return expectValue(label, { test, expected: `a ${isWhole ? 'whole ' : ''}number ${upTo}` })
}

function doubtText(label: string, isSound: (text: string) => boolean, expected: string): CheckValue {
  return (value, site) => {
    if (typeof value !== 'string') site.tell({
      code: 'verify/schema', message: `${label} is not a text`, found: showValue(value),
    })
    else if (!isSound(value)) site.tell({
      code: 'verify/doubtful', message: `${label} is not ${expected}`, found: showValue(value),
    })
  }
}

function checkWord(name: string, label: string): CheckValue {
  if (!isVocabulary(name)) throw new Error(`No vocabulary is called ${name}`)
  const words = openVocabulary(name)
  return (value, site) => {
    if (typeof value !== 'string') site.tell({
      code: 'verify/schema', message: `${label} is not a text`, found: showValue(value),
    })
    else if (!words.has(value)) {
      site.tell({
        code: 'verify/vocabulary',
        message: `${label} is no word of the vocabulary ${name}-ov`,
        found: showValue(value),
        expected: words.size > 12
          ? `one of ${words.size} words, such as ${[...words].slice(0, 3).join(', ')}`
          : [...words].join(', '),
      })
    }
  }
}

/** A name, an at sign and a host, without what has to stand in quotes. */
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

/** Hashes by the name of their algorithm (STIX 2.1, section 2.7). */
function checkHashes(value: TreeValue, label: string, site: Site): void {
  if (!isTreeObject(value) || Object.keys(value).length === 0) {
    site.tell({ code: 'verify/schema', message: `${label} is not an object of hashes by algorithm`, found: showValue(value) })
    return
  }
  for (const [algorithm, hash] of Object.entries(value)) {
    site.steps.push(algorithm)
    if (!/^[a-zA-Z0-9_-]{3,250}$/.test(algorithm)) {
      site.tell({
        code: 'verify/schema', message: `${label} has a name that is none of an algorithm`, found: showValue(algorithm),
      })
    } else if (!algorithms.has(algorithm)) {
      site.tell({
        code: 'verify/vocabulary', message: `${label} has an algorithm that is no word of the vocabulary hash-algorithm-ov`,
        found: showValue(algorithm),
      })
    }
    if (typeof hash !== 'string' || forms.get(algorithm)?.test(hash) === false) {
      site.tell({
        code: 'verify/schema', message: `${label} has a value that is no hash of its algorithm`, found: showValue(hash),
      })
    }
    site.steps.pop()
  }
}
