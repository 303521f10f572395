import { textOf, treeOf } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'

/** The options of the STIX emitter. */
export const stixOptions = {
  'stix-profile': {
    kind: 'choice',
    values: ['tip', 'opencti', 'spec', 'attack-present', 'mapex'],
    default: 'tip',
    description: 'whom the bundle is for; see docs/stix.md',
  },
  'stix-grouping': {
    kind: 'boolean',
    default: true,
    description: 'a grouping that stands for the mapping set and carries what belongs to it as a whole',
  },
  'tlp': {
    kind: 'choice',
    values: ['clear', 'white', 'green', 'amber', 'amber+strict', 'red'],
    default: 'clear',
    description: 'marking of the Traffic Light Protocol (white is the old name of clear)',
  },
  'tlp-version': {
    kind: 'choice',
    values: ['1', '2'],
    default: '1',
    description: 'version of the Traffic Light Protocol: 1 as in the STIX specification, 2 as in its extension',
  },
} as const satisfies OptionSpecs

export type StixOptions = OptionValues<typeof stixOptions>

/** STIX bundles of any author. */
export const stixBundle: FileKind = {
  id: 'stix-bundle',
  title: 'STIX bundle',
  recognise(document) {
    const value = treeOf(document)?.value
    return textOf(value, 'type') === 'bundle' || (textOf(value, 'id') ?? '').startsWith('bundle--')
  },
  async validate(document, context) {
    const { validateBundle } = await import('./validate-bundle.js')
    return validateBundle(document, context)
  },
}

/** STIX 2.1 bundles that threat intelligence platforms keep. See docs/stix.md. */
export const stix = defineEmitter({
  id: 'stix',
  title: 'STIX 2.1 bundle',
  extension: '.stix.json',
  schema: 'stix-bundle',
  loses: 'Nothing, but for two profiles: opencti leaves out status, group, order, author, verdict and places of rows; '
    + 'mapex all but capabilities, techniques and mapping types. Without the grouping, what belongs to the set as a whole.',
  options: stixOptions,
  writes: [stixBundle],
  async emit(sets, context, options) {
    const { emitBundle } = await import('./emit-bundle.js')
    return emitBundle(sets, context, options)
  },
})
