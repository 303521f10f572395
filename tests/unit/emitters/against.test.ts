import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import { navigator } from '../../../src/emitters/navigator/navigator.js'
import { xlsx } from '../../../src/emitters/xlsx/xlsx.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { AdversaryError, chooseAdversaries, reportOtherDomain } from '../../../src/pipeline/choose-adversaries.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { emitContext } from '../../support/emit-context.js'
import { readWorkbook } from '../../support/read-workbook.js'
import { sampleAgainst } from '../../support/sample-adversaries.js'
import { sampleSet } from '../../support/sample-sets.js'

const attack = await loadAttackIndex()
const context = { ...emitContext(attack), baseName: 'sample', against: sampleAgainst() }
const layerOptions = { 'layer-by': 'framework', 'layer-files': 'list', 'layer-score': 'count', 'layer-metadata-limit': 10, palette: 'blue' } as const

const sheetOptions = { palette: 'blue', 'matrix-score': 'count' } as const

describe('adversaries in artifacts', () => {
  it('have a layer each, beside that of the set', async () => {
    const layers = await navigator.emit([sampleSet()], context, layerOptions)
    expect(layers.map(({ name, emitter }) => [name, emitter])).toEqual([
      ['sample.layer.json', 'navigator'], ['sample.against-g9001.layer.json', 'navigator'], ['sample.against-s9001.layer.json', 'navigator'],
    ])
    const [, layer] = layers
    expect(await schemaErrors('navigator-layer', layer?.value)).toEqual([])
    const written = JSON.parse(new TextDecoder().decode(await layer?.render()))
    const comments = new Map(written.techniques.map(({ techniqueID, comment }: { techniqueID: string, comment?: string }) => [techniqueID, comment]))
    expect(comments.get('T1190')).toBe('Used: itself\nMapped: amazon_guardduty')
    expect(comments.get('T1059.001')).toBe('Used: itself; software Hammock (S9001)')
    expect(comments.has('T9999')).toBe(false)
    expect(written.legendItems.map(({ label }: { label: string }) => label.split(':')[0])).toEqual(['covered', 'not covered', 'not covered (software)'])
  })

  it('have a sheet each, which names what covers a technique, in a combined workbook too', async () => {
    const other: ResolvedSet = { ...sampleSet(), framework: { id: 'other', name: 'Other', version: '1' } }
    for (const [sets, capability] of [[[sampleSet()], 'amazon_guardduty'], [[sampleSet(), other], 'aws: amazon_guardduty; other: amazon_guardduty']] as const) {
      const [workbook] = await xlsx.emit(sets, context, sheetOptions)
      expect(await schemaErrors('workbook', workbook?.value)).toEqual([])
      const sheets = readWorkbook(await workbook?.render() ?? new Uint8Array())
      expect([...sheets.keys()]).toContain('Against Hammock (S9001)')
      const rows = sheets.get('Against Fancy <b>Sloth< (G9001)')?.slice(1).map((row) => row.map(({ value }) => value)) ?? []
      expect(rows.map(([word, id]) => [word, id])).toEqual([
        ['not covered', 'T1059.001'], ['not covered', 'T1583.001'], ['not in the release', 'T9999'], ['covered', 'T1190'], ['covered', 'T1553.002'],
        ['not covered (software)', 'T1110'],
      ])
      expect(rows.find(([, id]) => id === 'T1190')?.at(-1)).toBe(capability)
    }
  })

  it('are absent from sets of other domains, which is reported once', async () => {
    const mobile = sampleAgainst('mobile')
    expect(await navigator.emit([sampleSet()], { ...context, against: mobile }, layerOptions)).toHaveLength(1)
    const log = createDiagnosticLog()
    reportOtherDomain([{ folder: '', set: sampleSet() }], mobile, log.report)
    reportOtherDomain([{ folder: '', set: sampleSet() }], sampleAgainst(), log.report)
    reportOtherDomain([], mobile, log.report)
    expect(log.entries.map(({ code, message }) => [code, message])).toEqual([
      ['emit/against-other-domain', 'No mapping set is of Mobile ATT&CK, which the bundle with Fancy <b>Sloth</b>, Hammock is of'],
    ])
  })
})

describe('choosing adversaries', () => {
  it('needs a bundle, and says where they are', () => {
    expect(chooseAdversaries(attack, [])).toBeUndefined()
    expect(() => chooseAdversaries(attack, ['APT29'])).toThrow(AdversaryError)
    expect(() => chooseAdversaries(attack, ['APT29'])).toThrow('https://github.com/mitre-attack/attack-stix-data')
  })
})
