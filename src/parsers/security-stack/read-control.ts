import type { DocumentFile, TreeValue } from '../../formats/decoded.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { Statements } from '../parser.js'
import { countUnknown } from '../reading/count-unknown.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { listOf } from '../reading/list-of.js'
import { readReferences } from '../reading/read-references.js'
import { readLines } from '../reading/tidy-text.js'
import { readHead } from './read-head.js'
import type { Control } from './read-scores.js'
import { readTags } from './read-tags.js'
import { readTechnique } from './read-technique.js'
import { readUnmapped } from './read-unmapped.js'
import { tellFramework } from './tell-framework.js'

const known = new Set([
  'version', 'ATT&CK version', 'creation date', 'last update', 'id', 'name', 'author', 'contact', 'organization', 'platform',
  'tags', 'description', 'techniques', 'comments', 'references',
])

/**
 * One control, at a pointer of its document, as a set. One that is only described has no rows: it completes others. Undefined
 * when nothing can be told.
 */
export function readControl(
  value: TreeValue, pointer: string, file: DocumentFile, statements: Statements, reader: FileReader,
): MappingSet | undefined {
  if (!isObject(value)) return refuse(pointer, describeValue(value), 'an object with name, platform and techniques', reader)
  countUnknown(value, known, '', pointer, reader)
  const { capability, attack, about } = readHead(value, pointer, reader)
  if (!capability) return refuse(pointer, 'a control without a name', 'name: the name of the control', reader)

  const references = readReferences(value.references, pointer, reader)
  const control: Control = { capability, ...(references && { references }) }
  const comments = readLines(value.comments, 'comments', `${pointer}/comments`, reader)
  const tags = readTags(value.tags, `${pointer}/tags`, reader)
  const techniques = listOf(value.techniques, `${pointer}/techniques`, 'a list of techniques', reader)
  const rows = techniques.flatMap((item, index) => readTechnique(item, `${pointer}/techniques/${index}`, control, reader))
  const unmapped = techniques.length > 0 ? undefined : readUnmapped(value, pointer, control, { comments, tags }, reader)
  const mappings = unmapped ? [unmapped] : rows
  const description = describeControl(value, pointer, unmapped ? undefined : comments, reader)

  const framework = tellFramework(value)
  if (!framework && mappings.length === 0) return undefined
  if (!framework && statements.framework === undefined) {
    reader.report('parse/unknown-framework', pointer, { expected: 'platform: AWS, Azure, GCP or M365' })
  }
  return createMappingSet({
    framework: { id: framework?.id ?? unknownFramework, name: framework?.name ?? 'Unknown' },
    attack,
    about,
    relations: rows.length > 0 ? [{ id: 'technique_scores', name: 'Technique Scores' }] : [],
    groups: tags.map((tag) => ({ id: tag, name: tag })),
    capabilities: [{ id: capability.id, name: capability.description, ...stated({ description }), groups: tags }],
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser: 'security-stack', rows: mappings.length }],
  })
}

/** What is said of the control itself: its description, then the remarks on its mapping as a whole, which no row can carry. */
function describeControl(
  control: TreeObject, pointer: string, comments: string | undefined, reader: FileReader,
): string | undefined {
  const description = readLines(control.description, 'description', `${pointer}/description`, reader)
  return [description, comments].filter((text) => text !== undefined).join('\n\n') || undefined
}

function refuse(pointer: string, found: string, expected: string, reader: FileReader): undefined {
  reader.report('parse/invalid-document', pointer, { found, expected })
}
