import { isList, isObject, type TreeObject } from '../../formats/decoded.js'
import type { Domain } from '../../model/mapping.js'
import { readDomain } from '../../model/vocabulary.js'
import type { FileReader } from '../reading/file-reader.js'
import { readField } from '../reading/read-text.js'

/** The ATT&CK domain of a layer: "enterprise-attack", "mitre-mobile", "ICS". Undefined if it states none, or another matrix. */
export function readLayerDomain(layer: TreeObject, pointer: string, reader: FileReader): Domain | undefined {
  const text = readField(layer, 'domain', pointer, '', reader)
  return text === undefined ? undefined : readDomain(usual(text))
}

/**
 * Reports a layer of another matrix: one whose domain is none of ATT&CK's (`atlas-atlas`, `pre-attack`, a domain of one's own), or whose
 * technique ids are all of MITRE ATLAS. Returns whether it is one, so that it is not read as a layer of Enterprise.
 */
export function reportOtherMatrix(layer: TreeObject, pointer: string, reader: FileReader): boolean {
  const domain = typeof layer.domain === 'string' ? layer.domain.trim() : ''
  const isNamed = domain !== '' && readDomain(usual(domain)) === undefined
  if (!isNamed && !listsAtlas(layer)) return false
  const rows = isList(layer.techniques) ? layer.techniques.length : 0
  reader.report('parse/other-matrix', isNamed ? `${pointer}/domain` : `${pointer}/techniques`, {
    message: `The layer is of ${isNamed ? describeMatrix(domain) : describeMatrix('atlas')}; its techniques were skipped`,
    found: isNamed ? domain : 'technique ids that begin with AML.',
    expected: 'enterprise-attack, mobile-attack or ics-attack',
    ...(rows > 0 && { count: rows }),
    ...(isNamed && !listsAtlas(layer) && { hint: "If its techniques are ATT&CK's, write one of the expected domains in the layer." }),
  })
  return true
}

function usual(domain: string): string {
  return domain.trim().toLowerCase().replaceAll('att&ck', 'attack').replace(/^mitre[ _-](?!attack)/, '').replace(/^attack[ _-]/, '')
}

function describeMatrix(domain: string): string {
  const name = usual(domain)
  if (name.includes('atlas')) return 'MITRE ATLAS, which is not a matrix of ATT&CK'
  if (/^pre(?:[ _-]?attack)?$/.test(name)) return 'PRE-ATT&CK, which ATT&CK replaced by tactics of Enterprise in release 8'
  return `the domain "${domain.slice(0, LONGEST_DOMAIN)}", which is not a domain of ATT&CK`
}

/** Characters of a domain in a message. */
const LONGEST_DOMAIN = 80

function listsAtlas({ techniques }: TreeObject): boolean {
  const ids = (isList(techniques) ? techniques : []).filter(isObject).flatMap(({ techniqueID }) => (typeof techniqueID === 'string' ? techniqueID : []))
  return ids.length > 0 && ids.every((id) => /^\s*AML\./i.test(id))
}
