import type { AttackIndex, AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { foreignDomains, missingParent } from '../../attack/find-techniques.js'
import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import { type DecodedDocument, fieldOf, itemsOf, textOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'

/** The format that Navigator 5 writes; the only one that it reads without a warning. */
const currentFormat = '4.5'

/** Validates ATT&CK Navigator layers, one or a list: their form, and techniques and tactics against the ATT&CK release of the layer. */
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

/** Layers before format 4 say `version`, later ones `versions.layer`. */
function formatOf(layer: TreeValue): string | undefined {
  return textOf(fieldOf(layer, 'versions'), 'layer') ?? textOf(layer, 'version')
}

function checkOtherFormat(layer: TreeValue, pointer: string, { reportAt }: ValidationContext): void {
  const format = formatOf(layer)
  if (format !== currentFormat) {
    const versions = fieldOf(layer, 'versions') === undefined ? '' : '/versions'
    reportAt(`${pointer}${versions}`, 'verify/doubtful', {
      message: 'Navigator warns of layers in another format than its own',
      found: format === undefined ? 'no version of the format' : `format ${format}`,
      expected: `format ${currentFormat}`,
    })
  }
  if (textOf(layer, 'name') === undefined) reportAt(pointer, 'verify/schema', { message: 'A layer has no name' })
  if (textOf(layer, 'domain') === undefined) reportAt(pointer, 'verify/schema', { message: 'A layer has no domain' })
  if (!Array.isArray(fieldOf(layer, 'techniques'))) {
    reportAt(`${pointer}/techniques`, 'verify/schema', { message: 'The techniques of a layer are a list' })
  }
}

type ReportAt = ValidationContext['reportAt']

/** What Navigator skips in silence: techniques that are not active in the layer's ATT&CK release, and wrong tactics. */
function checkLayerTechniques(layer: TreeValue, pointer: string, { attack, reportAt }: ValidationContext): void {
  const stated = textOf(layer, 'domain')?.replace(/^mitre-/, '').replace(/-attack$/, '')
  const domain = attackDomains.find((name) => name === stated)
  if (domain === undefined) return
  const asked = textOf(fieldOf(layer, 'versions'), 'attack')
  const release = attack.release(domain, asked)
  if (release.match === 'newest') {
    const trouble = asked === undefined ? 'is not stated' : `${asked} is not at hand`
    reportAt(`${pointer}/versions`, 'check/release-assumed', {
      message: `The layer's ATT&CK release ${trouble}; ${release.version} was used for lookups`,
    })
  }
  for (const [index, entry] of itemsOf(layer, 'techniques').entries()) {
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
    reportAt(pointer, 'verify/meaning', { message: 'An entry names no technique; Navigator shows nothing for it', found })
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
      ...(technique.successor !== undefined && { hint: `ATT&CK replaced it by ${technique.successor}` }),
    })
  }
}

/** The same distinctions as those of the rules for rows. */
function explainAbsence(id: string, release: AttackReleaseView, attack: AttackIndex): readonly [Code, DiagnosticDetails] {
  const where = `ATT&CK ${release.version} ${release.domain}`
  const reference = { id, release }
  const foreign = foreignDomains(reference, attack)
  if (foreign.length > 0) {
    return ['check/wrong-domain', { message: `${id} is a technique of the domain ${foreign.join(' and ')}; Navigator skips it`, found: id }]
  }
  const parent = missingParent(reference, attack)
  if (parent !== undefined) {
    const message = `${id} is no sub-technique: ${where} has no ${parent}; Navigator skips it`
    return ['check/parent-unknown', { message, found: id }]
  }
  return ['check/unknown-technique', { message: `${where} has no ${id}; Navigator skips it`, found: id }]
}

function checkTactic(entry: TreeValue, pointer: string, technique: AttackTechnique, reportAt: ReportAt): void {
  const tactic = textOf(entry, 'tactic')
  if (tactic === undefined || technique.tactics.includes(tactic)) return
  reportAt(`${pointer}/tactic`, 'verify/doubtful', {
    message: `${technique.id} does not stand under the tactic ${tactic}; Navigator shows nothing`,
    found: tactic,
    expected: technique.tactics.join(' or '),
  })
}

/** Where a layer says what Navigator will not take as meant, as a JSON pointer, and why. */
interface LayerContradiction {
  readonly pointer: string
  readonly message: string
}

/**
 * What a schema cannot say of a layer or a list of layers: that a gradient rises, and that no technique stands twice for a
 * tactic (Navigator takes the last). To be asked about values that satisfy `navigator-layer`; of others it says little.
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
  return [{ pointer, message: `minValue ${minValue} is not below maxValue ${maxValue}: every cell takes the last colour` }]
}

function checkTechniques(techniques: unknown, pointer: string): readonly LayerContradiction[] {
  if (!Array.isArray(techniques)) return []
  const firsts = new Map<string, number>()
  return techniques.flatMap((technique: unknown, index) => {
    const key = JSON.stringify([field(technique, 'techniqueID'), field(technique, 'tactic')])
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, index)
    return first === undefined
      ? []
      : [{ pointer: `${pointer}/${index}`, message: `the technique already stands at ${pointer}/${first}; Navigator shows only the last` }]
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
