import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { checkXml } from '../../../support/check-xml.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readParts } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets } from './emit.js'

/** CT_Worksheet, ECMA-376 part 1, section 18.3.1.99: the sequence in which Excel wants the elements. */
const worksheet = [
  'sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData', 'sheetCalcPr', 'sheetProtection', 'protectedRanges',
  'scenarios', 'autoFilter', 'sortState', 'dataConsolidate', 'customSheetViews', 'mergeCells', 'phoneticPr', 'conditionalFormatting',
  'dataValidations', 'hyperlinks', 'printOptions', 'pageMargins', 'pageSetup', 'headerFooter', 'rowBreaks', 'colBreaks',
  'customProperties', 'cellWatches', 'ignoredErrors', 'smartTags', 'drawing', 'legacyDrawing', 'legacyDrawingHF', 'picture',
  'oleObjects', 'controls', 'webPublishItems', 'tableParts', 'extLst',
]

const attack = await loadAttackIndex()
const sample = sampleSet()
const samples: readonly (readonly [string, readonly ResolvedSet[]])[] = [
  ['the sample', [sample]],
  ['a set without rows', [{ ...sample, mappings: [], capabilities: new Map() }]],
  ['two domains', [sample, { ...sample, attack: { domain: 'mobile' }, framework: { id: 'gcp', name: 'GCP' } }]],
  ['hostile texts', [hostileSet(hostileTexts)]],
  ['texts that fit no cell', [hostileSet(unfitTexts)]],
]

describe.each(samples)('the package of %s', (_name, sets) => {
  it('is well-formed XML whose worksheets have their elements in the order of the schema', async () => {
    const parts = [...readParts((await emitSets(sets, emitContext(attack))).bytes)].filter(([path]) => /\.(?:xml|rels)$/.test(path))
    const checked = parts.map(([path, text]) => [path, checkXml(text)] as const)
    const sheets = checked.filter(([path]) => path.startsWith('xl/worksheets/sheet'))
    expect(sheets.length).toBeGreaterThanOrEqual(8)
    for (const [path, { name, children }] of sheets) {
      const places = children.map((child) => worksheet.indexOf(child.name))
      expect([path, name, places]).toEqual([path, 'worksheet', places.toSorted((a, b) => a - b)])
      expect(places).not.toContain(-1)
    }
    expect(checked.filter(([path]) => path.startsWith('xl/charts/chart')).map(([, { name }]) => name)).toContain('c:chartSpace')
  })
})

it('the check finds what is wrong', () => {
  for (const text of ['<a><b></a></b>', '<a>', '<a/><b/>', '<a x="1" x="2"/>', '<a>&</a>', '<a x=1/>', '<a><</a>', 'x<a/>', '']) {
    expect(() => checkXml(text), text).toThrow(/at \d|one element/)
  }
  expect(checkXml('<?xml version="1.0"?>\n<a x="&lt;1"><b:c/>&amp;</a>').children.map(({ name }) => name)).toEqual(['b:c'])
})
