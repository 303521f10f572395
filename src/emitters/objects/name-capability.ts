import type { StixShape } from '../../frameworks/framework.js'
import type { Capability } from '../../model/mapping-set.js'

/**
 * Name of a capability's object. Platforms merge objects of the same type and name, so the name identifies the framework unless
 * the id does: "AC-2 Account Management", "AWS: Amazon GuardDuty", "VERIS: action.hacking.variety.DoS", "CVE-2021-44228".
 */
export function nameCapability(type: StixShape['object'] | 'infrastructure', framework: string, { id, name }: Capability): string {
  if (type === 'vulnerability') return id
  if (type === 'attack-pattern') return `${framework}: ${id}`
  if (name === undefined || name === id) return isKey(id) ? `${framework}: ${id}` : id
  if (!isKey(id)) return `${id} ${name}`
  return name.startsWith(`${framework} `) ? name : `${framework}: ${name}`
}

/** Whether an id is a key without capitals and spaces ("amazon_guardduty"), which the name replaces. */
function isKey(id: string): boolean {
  return /^[a-z][^\p{Lu}\s]*$/u.test(id)
}

/**
 * Makes names unique within a kind, regardless of case: names that several items share get a detail in parentheses, unless they
 * contain it already. `details` are tried in order, for names that are still shared. If they do not suffice, names stay equal.
 */
export function distinguishNames<Item>(
  items: readonly Item[],
  names: readonly string[],
  kindOf: (item: Item) => string,
  details: readonly ((item: Item) => string | undefined)[],
): readonly string[] {
  return details.reduce((known, detailOf) => addDetail(items, known, kindOf, detailOf), names)
}

function addDetail<Item>(
  items: readonly Item[],
  names: readonly string[],
  kindOf: (item: Item) => string,
  detailOf: (item: Item) => string | undefined,
): readonly string[] {
  const keys = items.map((item, index) => `${kindOf(item)} ${(names[index] ?? '').toLowerCase()}`)
  const uses = new Map<string, number>()
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1)
  return items.map((item, index) => {
    const name = names[index] ?? ''
    const detail = detailOf(item)
    const isShared = (uses.get(keys[index] ?? '') ?? 0) > 1
    return isShared && detail !== undefined && !name.includes(detail) ? `${name} (${detail})` : name
  })
}
