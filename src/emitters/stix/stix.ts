import { textOf, treeOf } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { defineEmitter, type OptionSpecs, type OptionValues } from '../emitter.js'

/** The options of the STIX emitter. */
export const stixOptions = {
  'stix-profile': {
    kind: 'choice',
    values: ['tip', 'opencti', 'spec', 'attack-present', 'mapex'],
    default: 'tip',
    description: 'the consumers that the bundle is written for; see docs/stix.md',
  },
  'stix-grouping': {
    kind: 'boolean',
    default: true,
    description: 'a grouping for each mapping set, with its metadata and references to its objects',
  },
  'tlp': {
    kind: 'choice',
    values: ['clear', 'white', 'green', 'amber', 'amber+strict', 'red'],
    default: 'clear',
    description: 'the Traffic Light Protocol (TLP) marking of the objects; white is the former name of clear',
  },
  'tlp-version': {
    kind: 'choice',
    values: ['1', '2'],
    default: '1',
    description: 'the TLP version: 1 as in the STIX specification, 2 as in its extension by OASIS',
  },
} as const satisfies OptionSpecs

export type StixOptions = OptionValues<typeof stixOptions>

/** STIX bundles of any origin. */
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

/** STIX 2.1 bundles for threat intelligence platforms. See docs/stix.md. */
export const stix = defineEmitter({
  id: 'stix',
  title: 'STIX 2.1 bundle',
  extension: '.stix.json',
  schema: 'stix-bundle',
  loses: 'Nothing, except with two profiles: opencti omits status, group, order, author, verdict and places of rows; mapex everything '
    + 'but capabilities, techniques and mapping types. Without groupings, the metadata of sets and techniques without a capability.',
  options: stixOptions,
  writes: [stixBundle],
  async emit(sets, context, options) {
    const { emitBundle } = await import('./emit-bundle.js')
    return emitBundle(sets, context, options)
  },
})
