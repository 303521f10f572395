import type { Domain } from '../../model/mapping.js'
import { addToList, isRecord } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { type AttackTactic, type AttackTechnique, type ReleaseFacts, tacticIdForm, techniqueIdForm } from '../attack-index.js'
import {
  attackId, type BundleObjects, describePlatforms, isWithdrawn, objectsOf, sortObjects, type StixObject, textOf, textsOf,
} from './stix-object.js'

/** The release of a bundle, or why there is none: a predicate that completes "<file> …". */
type AttackBundleResult =
  /** `skipped`: STIX ids of techniques without an ATT&CK id, a name or a date. */
  | { readonly release: ReleaseFacts; readonly skipped: readonly string[] }
  | { readonly problem: string }

/** Reads an ATT&CK STIX bundle, 2.0 or 2.1, as published by MITRE. `value` is any parsed JSON. */
export function readAttackBundle(value: unknown, hints: ReleaseHints = {}): AttackBundleResult {
  const content = isRecord(value) && value['type'] === 'bundle' ? value['objects'] : undefined
  if (!Array.isArray(content)) return { problem: 'is not a STIX bundle' }
  const objects = sortObjects(content)
  const domain = readReleaseDomain(objects, hints)
  if (!domain) return { problem: 'does not state its ATT&CK domain' }
  const version = readReleaseVersion(objects, hints)
  if (version === undefined) return { problem: 'does not state its ATT&CK release' }
  const tactics = readTactics(objects)
  const { techniques, skipped } = readTechniques(objects, tactics)
  if (techniques.length === 0) return { problem: 'contains no ATT&CK techniques' }
  return { release: { domain, version, tactics, techniques }, skipped }
}

/** Hints about the release of a bundle: options given by the user, and the file name. */
export interface ReleaseHints {
  readonly domain?: Domain
  readonly version?: string
  readonly fileName?: string
}

/** Release of a bundle: from the hints, the `x-mitre-collection` (STIX 2.1 only), or the file name. */
export function readReleaseVersion({ collections }: BundleObjects, { version, fileName }: ReleaseHints): string | undefined {
  const [stated] = collections.flatMap((collection) => textOf(collection, 'x_mitre_version') ?? [])
  const text = version ?? stated ?? /(?:^|\D)(\d{1,3}\.\d{1,3})(?=\D|$)/.exec(fileName ?? '')?.[1]
  return /^v?(\d{1,3}\.\d{1,3})$/.exec(text?.trim() ?? '')?.[1]
}

/** Domain of a bundle: from the hints, or its collection, kill chains, matrices or file name, in this order. */
export function readReleaseDomain(objects: BundleObjects, { domain, fileName }: ReleaseHints): Domain | undefined {
  if (domain) return domain
  const phases = objects.techniques.flatMap((technique) => objectsOf(technique, 'kill_chain_phases'))
  const words = [
    ...objects.collections.map((collection) => textOf(collection, 'name')),
    ...phases.map((phase) => chainDomain(textOf(phase, 'kill_chain_name'))),
    ...objects.matrices.flatMap((matrix) => textsOf(matrix, 'x_mitre_domains')),
    ...objects.matrices.map((matrix) => textOf(matrix, 'name')),
    fileName,
  ]
  for (const word of words) {
    const found = /\b(enterprise|mobile|ics)\b/.exec(word?.toLowerCase() ?? '')?.[1]
    if (found === 'enterprise' || found === 'mobile' || found === 'ics') return found
  }
  return undefined
}

/** Domain named by a kill chain. Enterprise has plain "mitre-attack"; others are "mitre-mobile-attack", "mitre-ics-attack". */
function chainDomain(chain: string | undefined): string | undefined {
  return chain === 'mitre-attack' ? 'enterprise' : chain
}

interface ReadTechniques {
  readonly techniques: readonly AttackTechnique[]
  /** STIX ids of techniques without an ATT&CK id, a name or a date; a placeholder for those without a STIX id. */
  readonly skipped: readonly string[]
}

/**
 * Techniques of a bundle, one for each ATT&CK id, sorted by id. If several objects share an id, the active one wins, then the
 * deprecated one, then the one modified last: MITRE has reused ids of revoked objects.
 */
function readTechniques(objects: BundleObjects, tactics: readonly AttackTactic[]): ReadTechniques {
  const order = new Map(tactics.map(({ shortname }, position) => [shortname, position]))
  const ids = new Map(objects.techniques.map((object) => [object['id'], attackId(object, techniqueIdForm)]))
  const successors = readSuccessors(objects.revocations)
  const found = new Map<string, AttackTechnique>()
  const skipped: string[] = []
  for (const object of objects.techniques) {
    const technique = readTechnique(object, order, (successors.get(object['id']) ?? []).flatMap((target) => ids.get(target) ?? []))
    if (!technique) {
      skipped.push(textOf(object, 'id') ?? 'an attack-pattern without an id')
      continue
    }
    const other = found.get(technique.id)
    if (!other || preference(technique) > preference(other)) found.set(technique.id, technique)
  }
  return { techniques: [...found.values()].toSorted((left, right) => compareText(left.id, right.id)), skipped }
}

/** Targets of the `revoked-by` of each source; that of the relationship modified last comes first. */
function readSuccessors(revocations: readonly StixObject[]): ReadonlyMap<unknown, readonly string[]> {
  const successors = new Map<unknown, string[]>()
  for (const relationship of revocations.toSorted((left, right) => compareText(sortKey(right), sortKey(left)))) {
    const target = textOf(relationship, 'target_ref')
    if (target !== undefined) addToList(successors, relationship['source_ref'], target)
  }
  return successors
}

function sortKey(relationship: StixObject): string {
  return `${textOf(relationship, 'modified') ?? ''} ${textOf(relationship, 'target_ref') ?? ''}`
}

function readTechnique(
  object: StixObject,
  order: ReadonlyMap<string, number>,
  successors: readonly string[],
): AttackTechnique | undefined {
  const id = attackId(object, techniqueIdForm)
  const stixId = textOf(object, 'id')
  const name = textOf(object, 'name')
  const created = textOf(object, 'created')
  const modified = textOf(object, 'modified')
  if (id === undefined || stixId === undefined || name === undefined) return undefined
  if (created === undefined || modified === undefined) return undefined
  const [successor, ...otherSuccessors] = [...new Set(successors)].filter((other) => other !== id)
  const status = object['revoked'] === true ? 'revoked' : object['x_mitre_deprecated'] === true ? 'deprecated' : 'active'
  return {
    id,
    stixId,
    name,
    tactics: readTacticNames(object, order),
    status,
    ...(status === 'revoked' && successor !== undefined && { successor, ...(otherSuccessors.length > 0 && { otherSuccessors }) }),
    ...describePlatforms(textsOf(object, 'x_mitre_platforms')),
    created,
    modified,
  }
}

/** Tactic shortnames in matrix order; unknown ones last, in document order. */
function readTacticNames(object: StixObject, order: ReadonlyMap<string, number>): readonly string[] {
  const names = objectsOf(object, 'kill_chain_phases')
    .filter((phase) => textOf(phase, 'kill_chain_name')?.startsWith('mitre-'))
    .flatMap((phase) => textOf(phase, 'phase_name') ?? [])
    .filter((name) => !name.includes(','))
  const position = (name: string): number => order.get(name) ?? order.size
  return [...new Set(names)].toSorted((left, right) => position(left) - position(right))
}

/** Sort key: the greater text is the better technique. */
function preference({ status, modified, stixId }: AttackTechnique): string {
  return `${{ active: 2, deprecated: 1, revoked: 0 }[status]} ${modified} ${stixId}`
}

/** Tactics in the order of the bundle's matrices: active matrices first, then by name; tactics outside any matrix last. */
function readTactics({ matrices, tactics }: BundleObjects): readonly AttackTactic[] {
  const active = new Set(matrices.filter((matrix) => !isWithdrawn(matrix)).flatMap((matrix) => textsOf(matrix, 'tactic_refs')))
  const ordered = matrices.toSorted(compareMatrices)
  const found = new Map<string, AttackTactic>()
  for (const tactic of tactics) {
    const read = readTactic(tactic, active)
    if (read) found.set(read.stixId, read)
  }
  const rest = [...found.values()].toSorted((left, right) => compareText(left.id, right.id)).map(({ stixId }) => stixId)
  const order = new Set([...ordered.flatMap((matrix) => textsOf(matrix, 'tactic_refs')), ...rest])
  return [...order].flatMap((stixId) => found.get(stixId) ?? [])
}

function readTactic(object: StixObject, active: ReadonlySet<string>): AttackTactic | undefined {
  const stixId = textOf(object, 'id')
  const id = attackId(object, tacticIdForm)
  const shortname = textOf(object, 'x_mitre_shortname')
  const name = textOf(object, 'name')
  if (stixId === undefined || id === undefined || shortname === undefined || name === undefined) return undefined
  return { id, stixId, shortname, name, ...((isWithdrawn(object) || !active.has(stixId)) && { deprecated: true }) }
}

function compareMatrices(left: StixObject, right: StixObject): number {
  const withdrawnLast = Number(isWithdrawn(left)) - Number(isWithdrawn(right))
  return withdrawnLast || compareText(textOf(left, 'name') ?? '', textOf(right, 'name') ?? '')
}
