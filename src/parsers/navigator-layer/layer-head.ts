import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { Domain } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import { readField } from '../reading/read-field.js'
import { readStatedDomain } from '../reading/read-stated-domain.js'
import { readLines } from '../reading/tidy-text.js'
import { readPairs } from './read-pairs.js'

/** What a layer says of all its techniques. */
export interface LayerHead {
  readonly name: string
  readonly description?: string
  readonly domain?: Domain
  /** As the layer writes it, mostly a major: "16". */
  readonly attackVersion?: string
  /** Name and value of its metadata, in their order. */
  readonly metadata: readonly (readonly [name: string, value: string])[]
  /** What colours mean, by the colour in small letters. */
  readonly legend: ReadonlyMap<string, string>
}

/** The fields of formats 3.0 to 4.5; those that are about looks alone are known and not read. */
const known: ReadonlySet<string> = new Set([
  'name', 'version', 'versions', 'domain', 'description', 'customDataURL', 'filters', 'sorting', 'layout', 'viewMode',
  'hideDisabled', 'techniques', 'gradient', 'legendItems', 'showTacticRowBackground', 'tacticRowBackground',
  'selectTechniquesAcrossTactics',
  'selectSubtechniquesWithParent', 'selectVisibleTechniques', 'metadata', 'links',
])

/** Reads what stands above a layer's techniques. */
export function readHead(layer: TreeObject, pointer: string, reader: FileReader): LayerHead {
  for (const key of Object.keys(layer)) if (!known.has(key)) reader.count('parse/unknown-field', key, pointer)
  const versions = isObject(layer.versions) ? layer.versions : {}
  const domain = readField(layer, 'domain', pointer, '', reader)?.replace(/^mitre-(?!attack)/, '')
  // Navigator has written a number there.
  const attack = typeof versions.attack === 'number'
    ? String(versions.attack)
    : readField(versions, 'attack', `${pointer}/versions`, 'versions.', reader)
  return {
    name: readField(layer, 'name', pointer, '', reader) ?? 'Unnamed layer',
    ...stated({
      description: readLines(layer.description, 'description', `${pointer}/description`, reader),
      domain: readStatedDomain(domain, `${pointer}/domain`, reader),
      attackVersion: attack,
    }),
    metadata: readPairs(layer),
    legend: readLegend(layer),
  }
}

function readLegend({ legendItems }: TreeObject): ReadonlyMap<string, string> {
  const items = isList(legendItems) ? legendItems.filter(isObject) : []
  return new Map(items.flatMap(({ label, color }) => {
    const isTold = typeof label === 'string' && typeof color === 'string' && label.trim() !== ''
    return isTold ? [[color.toLowerCase(), label.trim()] as const] : []
  }))
}
