import { findLayerContradictions } from '../emitters/navigator/find-layer-contradictions.js'
import type { TreeValue } from '../formats/decoded.js'
import { checkLayerTechniques } from './check-layer-techniques.js'
import { reportSchemaError } from './report-schema-error.js'
import { fieldOf, itemsOf, textOf } from './tree-fields.js'
import { treeOf } from './tree-of.js'
import type { ValidationContext, Validator } from './validator.js'

/** The format that Navigator 5 writes; the only one that it reads without a warning. */
const currentFormat = '4.5'

/** ATT&CK Navigator layers, one or a list of them. */
export const navigatorLayerValidator: Validator = {
  id: 'navigator-layer',
  title: 'ATT&CK Navigator layer',
  recognises: (document) => {
    const value = treeOf(document)?.value
    const first: TreeValue | undefined = Array.isArray(value) ? value.at(0) : value
    return fieldOf(first, 'techniques') !== undefined && (fieldOf(first, 'versions') ?? fieldOf(first, 'domain')) !== undefined
  },
  async validate(document, context) {
    const value = treeOf(document)?.value ?? null
    const layers: readonly TreeValue[] = Array.isArray(value) ? value : [value]
    const pointers = layers.map((_, index) => (Array.isArray(value) ? `/${index}` : ''))
    if (layers.every((layer) => formatOf(layer) === currentFormat)) await reportSchemaError('navigator-layer', value, context)
    else for (const [index, layer] of layers.entries()) judgeOtherFormat(layer, pointers[index] ?? '', context)

    for (const { pointer, message } of findLayerContradictions(value)) context.reportAt(pointer, 'verify/doubtful', { message })
    for (const [index, layer] of layers.entries()) checkLayerTechniques(layer, pointers[index] ?? '', context)
    const techniques = layers.reduce<number>((sum, layer) => sum + itemsOf(layer, 'techniques').length, 0)
    return { layers: layers.length, techniques }
  },
}

/** Layers before format 4 say `version`, later ones `versions.layer`. */
function formatOf(layer: TreeValue): string | undefined {
  return textOf(fieldOf(layer, 'versions'), 'layer') ?? textOf(layer, 'version')
}

function judgeOtherFormat(layer: TreeValue, pointer: string, { reportAt }: ValidationContext): void {
  const format = formatOf(layer)
  if (format !== currentFormat) {
    const versions = fieldOf(layer, 'versions') === undefined ? '' : '/versions'
    reportAt(`${pointer}${versions}`, 'verify/doubtful', {
      message: 'Navigator warns of layers in another format than its own',
      found: format === undefined ? 'no version of the format' : `format ${format}`,
      expected: `format ${currentFormat}`,
    })
  }
  if (textOf(layer, 'name') === undefined) reportAt(pointer, 'verify/schema', { message: 'A layer has no name' })
  if (textOf(layer, 'domain') === undefined) reportAt(pointer, 'verify/schema', { message: 'A layer has no domain' })
  if (!Array.isArray(fieldOf(layer, 'techniques'))) {
    reportAt(`${pointer}/techniques`, 'verify/schema', { message: 'The techniques of a layer are a list' })
  }
}
