import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject } from '../tree-fields.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'
import { openVocabulary } from './vocabularies.js'

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
export function checkHashes(value: TreeValue, label: string, site: Site): void {
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
