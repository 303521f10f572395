import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { FileReader } from '../reading/file-reader.js'
import type { LayerDraft } from './layer-draft.js'
import type { LayerHead } from './layer-head.js'
import type { LayerEntry } from './read-entries.js'

/**
 * A layer that anyone made: the layer itself is the capability, since it is what its author says to bear on the techniques.
 * The score stays a number; metadata and the legend's word for the colour follow the comment.
 */
export function readPlainLayer(head: LayerHead, entries: readonly LayerEntry[], reader: FileReader): LayerDraft {
  const id = describeFramework(head.name).id
  const mappings = entries.flatMap((entry): readonly Mapping[] => {
    if (entry.techniqueId === undefined) {
      entry.origins.forEach(() => reader.count('parse/unreadable-row', 'a techniqueID that is null or absent', entry.pointer))
      return []
    }
    const comments = writeComments(head, entry)
    return [{
      kind: 'mapped',
      origins: entry.origins,
      capability: { id, description: head.name },
      technique: { id: entry.techniqueId },
      ...stated({
        score: entry.score === undefined ? undefined : { value: String(entry.score) },
        comments: comments === '' ? undefined : comments,
        references: entry.links.length === 0 ? undefined : entry.links,
      }),
    }]
  })
  return {
    framework: { id: unknownFramework, name: 'Unknown' },
    attack: stated({ domain: head.domain, version: head.attackVersion }),
    capabilities: [{ id, name: head.name, ...stated({ description: head.description }) }],
    mappings,
  }
}

function writeComments({ legend }: LayerHead, { comment, color, metadata }: LayerEntry): string {
  const meaning = color === undefined ? undefined : legend.get(color)
  const texts = metadata.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
  const facts = meaning === undefined ? texts : [...texts, `Legend: ${meaning}`]
  return [comment, facts.join('\n')].filter((block) => block !== undefined && block !== '').join('\n\n')
}
