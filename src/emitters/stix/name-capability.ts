import type { Capability } from '../../model/mapping-set.js'
import type { CapabilityObject } from './stix-object.js'

/**
 * The name of a capability's object. Platforms take two objects of one type and name for the same one, so it says which
 * framework's capability it is: "AC-2 Account Management", "AWS: Amazon GuardDuty", "VERIS: action.hacking.variety.DoS",
 * "CVE-2021-44228".
 */
export function nameCapability(type: CapabilityObject['type'], framework: string, { id, name }: Capability): string {
  if (type === 'vulnerability') return id
  if (type === 'attack-pattern') return `${framework}: ${id}`
  if (name === undefined || name === id) return isKey(id) ? `${framework}: ${id}` : id
  if (!isKey(id)) return `${id} ${name}`
  return name.startsWith(`${framework} `) ? name : `${framework}: ${name}`
}

/** Whether an id is a key for machines, without capitals and spaces ("amazon_guardduty"): the name says it better. */
function isKey(id: string): boolean {
  return /^[a-z][^\p{Lu}\s]*$/u.test(id)
}
