import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/** The kinds of files of DeTT&CT, as `file_type` names them. */
export const dettectKinds = ['technique-administration', 'group-administration', 'data-source-administration'] as const

/**
 * DeTT&CT's administration files (versions 1.0 to 1.2): which product detects and sees which technique, and how well; and which group uses
 * which. docs/dettect.md specifies what is read.
 */
export const dettect: Parser<'dettect'> = {
  id: 'dettect',
  title: 'DeTT&CT administration of techniques or groups',
  extensions: ['yaml', 'yml', 'json'],
  containers: ['yaml', 'json'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'not YAML or JSON' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseDettect } = await import('./parse-dettect.js')
    return parseDettect(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  const file = isList(value) ? value[0] : value
  const type = isObject(file) ? file.file_type : undefined
  const kind = dettectKinds.find((one) => one === type)
  if (kind !== undefined) return { confidence: 0.99, reason: `states the file type ${kind}` }
  const isLike = typeof type === 'string' && type.endsWith('-administration')
  if (isLike) return { confidence: 0.7, reason: 'states a file type like those of DeTT&CT' }
  return { confidence: 0, reason: 'states no file type of DeTT&CT' }
}
