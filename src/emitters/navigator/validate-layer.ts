import {
  type AttackIndex, type AttackReleaseView, type AttackTechnique, explainMatch, isBeforeStated, isRequested, techniqueIdForm,
} from '../../attack/attack-index.js'
import { foreignDomains, missingParent } from '../../attack/find-techniques.js'
import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import { type DecodedDocument, fieldOf, itemsOf, textOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'

/** The format that Navigator 5 writes, and the only one that it opens without a warning. */
const currentFormat = '4.5'

/** Validates ATT&CK Navigator layers, one or a list: their structure, and techniques and tactics by the layer's ATT&CK release. */
export async function validateLayers(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const value = treeOf(document)?.value ?? null
  const layers: readonly TreeValue[] = Array.isArray(value) ? value : [value]
  const pointers = layers.map((_, index) => (Array.isArray(value) ? `/${index}` : ''))
  if (layers.every((layer) => formatOf(layer) === currentFormat)) await reportSchemaError('navigator-layer', value, context)
  else for (const [index, layer] of layers.entries()) checkOtherFormat(layer, pointers[index] ?? '', context)

  for (const { pointer, message } of findLayerContradictions(value)) context.reportAt(pointer, 'verify/doubtful', { message })
  for (const [index, layer] of layers.entries()) checkLayerTechniques(layer, pointers[index] ?? '', context)
  const techniques = layers.reduce<number>((sum, layer) => sum + itemsOf(layer, 'techniques').length, 0)
  return { layers: layers.length, techniques }
}

/** Format version: `version` before format 4, else `versions.layer`. */
function formatOf(layer: TreeValue): string | undefined {
  return textOf(fieldOf(layer, 'versions'), 'layer') ?? textOf(layer, 'version')
}

function checkOtherFormat(layer: TreeValue, pointer: string, { reportAt }: ValidationContext): void {
  const format = formatOf(layer)
  if (format !== currentFormat) {
    const versions = fieldOf(layer, 'versions') === undefined ? '' : '/versions'
    reportAt(`${pointer}${versions}`, 'verify/doubtful', {
      message: 'Navigator shows a warning when it opens a layer in another format than its own',
      found: format === undefined ? 'no format version' : `format ${format}`,
      expected: `format ${currentFormat}`,
    })
  }
  if (textOf(layer, 'name') === undefined) reportAt(pointer, 'verify/schema', { message: 'The layer has no name' })
  if (textOf(layer, 'domain') === undefined) reportAt(pointer, 'verify/schema', { message: 'The layer has no domain' })
  if (!Array.isArray(fieldOf(layer, 'techniques'))) {
    reportAt(`${pointer}/techniques`, 'verify/schema', { message: 'The techniques of a layer must be a list' })
  }
}

type ReportAt = ValidationContext['reportAt']

/** Reports entries that Navigator silently skips: techniques that are not active in the layer's ATT&CK release, and wrong tactics. */
function checkLayerTechniques(layer: TreeValue, pointer: string, { attack, reportAt }: ValidationContext): void {
  const domainName = textOf(layer, 'domain')?.replace(/^mitre-/, '').replace(/-attack$/, '')
  const domain = attackDomains.find((name) => name === domainName)
  if (domain === undefined) return
  const stated = textOf(fieldOf(layer, 'versions'), 'attack')
  const release = attack.release(domain, stated)
  if (!isRequested(release)) {
    const reason = stated === undefined ? 'The layer states no ATT&CK version' : `ATT&CK ${stated} of the layer ${explainMatch(release)}`
    reportAt(`${pointer}/versions`, release.match === 'newer' ? 'check/newer-release' : 'check/release-assumed', {
      message: `${reason}; techniques were looked up in ${release.version}`,
    })
  }
  for (const [index, entry] of itemsOf(layer, 'techniques').entries()) {
    // A release that is older than the layer's says nothing of its techniques.
    if (isBeforeStated(release) && techniqueIdForm.test(textOf(entry, 'techniqueID') ?? '')) continue
    checkTechnique(entry, `${pointer}/techniques/${index}`, release, attack, reportAt)
  }
}

function checkTechnique(
  entry: TreeValue,
  pointer: string,
  release: AttackReleaseView,
  attack: AttackIndex,
  reportAt: ReportAt,
): void {
  const id = textOf(entry, 'techniqueID')
  if (id === undefined) {
    const found = JSON.stringify(fieldOf(entry, 'techniqueID')) ?? 'none'
    reportAt(pointer, 'verify/meaning', { message: 'An entry has no technique id; Navigator skips it', found })
    return
  }
  const technique = release.technique(id)
  const where = `ATT&CK ${release.version} ${release.domain}`
  if (!technique) {
    reportAt(`${pointer}/techniqueID`, ...explainAbsence(id, release, attack))
  } else if (technique.status === 'active') checkTactic(entry, pointer, technique, reportAt)
  else {
    reportAt(`${pointer}/techniqueID`, `check/${technique.status}-technique`, {
      message: `${id} is ${technique.status} in ${where}; Navigator skips it`,
      found: id,
      ...(technique.successor !== undefined && { hint: `ATT&CK replaced it by ${technique.successor}.` }),
    })
  }
}

/** Explains why a release does not have a technique, with the same codes as the rules for rows. */
function explainAbsence(id: string, release: AttackReleaseView, attack: AttackIndex): readonly [Code, DiagnosticDetails] {
  const where = `ATT&CK ${release.version} ${release.domain}`
  const reference = { id, release }
  const foreign = foreignDomains(reference, attack)
  if (foreign.length > 0) {
    return ['check/wrong-domain', { message: `${id} is a technique of the domain ${foreign.join(' and ')}; Navigator skips it`, found: id }]
  }
  const parent = missingParent(reference, attack)
  if (parent !== undefined) {
    const message = `${where} has no ${parent}, the parent of ${id}; Navigator skips it`
    return ['check/parent-unknown', { message, found: id }]
  }
  return ['check/unknown-technique', { message: `${where} has no ${id}; Navigator skips it`, found: id }]
}

function checkTactic(entry: TreeValue, pointer: string, technique: AttackTechnique, reportAt: ReportAt): void {
  const tactic = textOf(entry, 'tactic')
  if (tactic === undefined || technique.tactics.includes(tactic)) return
  reportAt(`${pointer}/tactic`, 'verify/doubtful', {
    message: `${technique.id} does not belong to the tactic ${tactic}; Navigator skips it`,
    found: tactic,
    expected: technique.tactics.join(' or '),
  })
}

/** A value, by its JSON pointer, that Navigator does not interpret as intended, and why. */
interface LayerContradiction {
  readonly pointer: string
  readonly message: string
}

/**
 * Checks a layer, or a list of layers, for what a schema cannot express: gradients must rise, and a technique may be listed only
 * once per tactic. Values of unexpected types are skipped, to be reported by the schema `navigator-layer`.
 */
export function findLayerContradictions(value: unknown): readonly LayerContradiction[] {
  if (!Array.isArray(value)) return checkLayer(value, '')
  return value.flatMap((layer: unknown, index) => checkLayer(layer, `/${index}`))
}

function checkLayer(layer: unknown, pointer: string): readonly LayerContradiction[] {
  return [
    ...checkGradient(field(layer, 'gradient'), `${pointer}/gradient`),
    ...checkTechniques(field(layer, 'techniques'), `${pointer}/techniques`),
  ]
}

function checkGradient(gradient: unknown, pointer: string): readonly LayerContradiction[] {
  const minValue = field(gradient, 'minValue')
  const maxValue = field(gradient, 'maxValue')
  if (typeof minValue !== 'number' || typeof maxValue !== 'number' || minValue < maxValue) return []
  return [{ pointer, message: `minValue ${minValue} is not less than maxValue ${maxValue}; every cell gets the last colour` }]
}

function checkTechniques(techniques: unknown, pointer: string): readonly LayerContradiction[] {
  if (!Array.isArray(techniques)) return []
  const firsts = new Map<string, number>()
  return techniques.flatMap((technique: unknown, index) => {
    const key = JSON.stringify([field(technique, 'techniqueID'), field(technique, 'tactic')])
    const first = firsts.get(key)
    if (first === undefined) {
      firsts.set(key, index)
      return []
    }
    const message = `The technique is already listed at ${pointer}/${first}; Navigator shows only the last entry`
    return [{ pointer: `${pointer}/${index}`, message }]
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
