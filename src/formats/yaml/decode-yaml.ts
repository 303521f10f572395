import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeCharacters } from '../decode-characters.js'
import type { DocumentFile, TreeDocument } from '../decoded.js'
import { depthLimit } from '../depth-limit.js'
import { findDuplicates, placeFinder } from '../place-tree.js'
import { positionFinder } from '../position-finder.js'
import { reportDuplicates } from '../report-duplicates.js'
import { composeYaml } from './compose-yaml.js'

/**
 * Decodes a YAML document (YAML 1.2.2, core schema). Several documents in one file make a list. Undefined when it is not
 * well-formed, nests too deep or grows too large by its aliases, which is then reported with its place. Of names that
 * stand twice in one mapping the last counts, and that is reported. The package `yaml` is loaded when first needed.
 */
export async function decodeYaml(file: DocumentFile, report: Report): Promise<TreeDocument | undefined> {
  const text = decodeCharacters(file, report)
  const positionOf = positionFinder(text)
  const composed = composeYaml(await import('yaml'), text, depthLimit)
  if ('problem' in composed) {
    const { code, at, message, found, expected } = composed.problem
    report(code, {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(at) } },
      ...(message !== undefined && { message }),
      ...(found !== undefined && { found }),
      ...(expected !== undefined && { expected }),
    })
    return undefined
  }
  const { value, root } = composed
  reportDuplicates(findDuplicates(root), positionOf, file, report)
  const find = placeFinder(root)
  return {
    container: 'yaml',
    file,
    value,
    locate(pointer) {
      const offset = find(pointer)
      return offset === undefined ? undefined : positionOf(offset)
    },
  }
}
