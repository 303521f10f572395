import { compareText } from '../../model/compare-text.js'
import type { Drafts } from './drafts.js'
import { extensionDefinition } from './extension-definition.js'
import type { Originals } from './find-originals.js'
import { crosswalkIdentity } from './identities.js'
import { mitreIdentityObject, mitreMarkingObject } from './mitre-objects.js'
import type { StixProfile } from './profiles.js'
import type { StixObject, TlpMarking } from './stix-object.js'

/** What the first objects of a bundle depend on, beside what is in it. */
interface PreambleSettings {
  readonly profile: StixProfile
  readonly marking: TlpMarking
  readonly originals: Originals
}

/** Identities and markings, each once and before what refers to it, and the definition of our extension. */
export function buildPreamble(drafts: Drafts, { profile, marking, originals }: PreambleSettings): readonly StixObject[] {
  const all = [
    marking,
    ...(profile.extension ? [crosswalkIdentity] : []),
    ...drafts.sets.map(({ identity }) => identity),
    ...listOwners(drafts, originals),
    ...(profile.extension ? [extensionDefinition] : []),
  ]
  const byId = new Map<string, StixObject>()
  for (const object of all) if (!byId.has(object.id)) byId.set(object.id, object)
  return [...byId.values()]
}

/** Whom the techniques belong to, as the user's own bundle has it before what we know: identities, then markings, by id. */
function listOwners({ techniques }: Drafts, { owners }: Originals): readonly StixObject[] {
  const isBuilt = Array.from(techniques.values()).some(({ created_by_ref: author }) => author === mitreIdentityObject.id)
  return [...owners.values(), ...(isBuilt ? [mitreIdentityObject, mitreMarkingObject] : [])]
    .toSorted((left, right) => compareText(left.type, right.type) || compareText(left.id, right.id))
}
