import { observableParts } from './observable-parts.js'
import type { TypeRules } from './type-rules.js'

/** Parts of objects (STIX 2.1, section 2), by the name that the tables of fields give them. */
const structs = {
  'external-reference': {
    fields: { source_name: 'text!', description: 'text', url: 'url', hashes: 'hashes', external_id: 'text' },
    oneGroupOf: [['description'], ['url'], ['external_id']],
  },
  'kill-chain-phase': { fields: { kill_chain_name: 'text!', phase_name: 'text!' } },
  'granular-marking': {
    fields: { lang: 'text', marking_ref: 'ref marking-definition', selectors: 'list form selector!' },
    exactlyOneOf: ['lang', 'marking_ref'],
  },
  ...observableParts,
} as const satisfies Record<string, TypeRules>

/** The rules of a part, by its name in the tables. */
export function structRules(name: string): TypeRules | undefined {
  const all: Readonly<Record<string, TypeRules>> = structs
  return Object.hasOwn(all, name) ? all[name] : undefined
}
