import type { OriginalObjects } from '../../attack/original-objects.js'
import { schemaErrors } from '../../schemas.js'
import { stixId } from './stix-id.js'
import type { AttackPattern, Identity, StatementMarking, StixId } from './stix-object.js'

/** An object of MITRE's, with properties of MITRE's own beside those that its type tells. */
export type Original = AttackPattern | Identity | StatementMarking

/** An object of an ATT&CK bundle, where our schema of bundles accepts it as it is: STIX 2.1, with MITRE's own properties. */
export async function loadOriginal(originals: OriginalObjects, id: StixId): Promise<Original | undefined> {
  const object: unknown = originals.object(id)
  const errors = await schemaErrors('stix-bundle', { type: 'bundle', id: stixId('bundle'), objects: [object] })
  return errors.length === 0 && isOriginal(object) ? object : undefined
}

/** Which of the three it is; the schema has judged the rest. */
function isOriginal(object: unknown): object is Original {
  if (typeof object !== 'object' || object === null || !('type' in object)) return false
  if (object.type === 'marking-definition') return 'definition_type' in object && object.definition_type === 'statement'
  return object.type === 'attack-pattern' || object.type === 'identity'
}
