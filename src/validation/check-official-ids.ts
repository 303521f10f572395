import type { TreeValue } from '../formats/decoded.js'
import { itemsOf, textOf } from './tree-fields.js'
import type { ValidationContext } from './validator.js'

/**
 * Attack patterns that refer to a technique of ATT&CK under an id of their own: a platform that holds ATT&CK gets the
 * technique twice. Every release counts, since MITRE never changes the id of a technique.
 */
export function checkOfficialIds(objects: readonly TreeValue[], { attack, reportAt }: ValidationContext): void {
  for (const [index, object] of objects.entries()) {
    if (textOf(object, 'type') !== 'attack-pattern') continue
    const technique = itemsOf(object, 'external_references')
      .filter((reference) => (textOf(reference, 'source_name') ?? '').startsWith('mitre-'))
      .map((reference) => textOf(reference, 'external_id'))
      .find((id) => id !== undefined && /^T\d{4}(?:\.\d{3})?$/.test(id))
    if (technique === undefined) continue
    const official = new Set(attack.domainsOf(technique).flatMap((domain) => {
      const found = attack.release(domain).technique(technique)
      return found ? [found.stixId] : []
    }))
    const id = textOf(object, 'id')
    if (official.size === 0 || id === undefined || official.has(id)) continue
    reportAt(`/objects/${index}/id`, 'verify/doubtful', {
      message: `${technique} does not have its official id; platforms that hold ATT&CK get it twice`,
      found: id,
      expected: [...official].join(' or '),
    })
  }
}
