import { describe, expect, it } from 'vitest'
import { emitPng } from '../../../../src/emitters/picture/emit-pictures.js'
import type { PngOptions } from '../../../../src/emitters/picture/pictures.js'
import { openRasteriser } from '../../../../src/io/open-rasteriser.js'
import { emitContext } from '../../../support/emit-context.js'
import { readPng } from '../../../support/read-png.js'
import { sampleSet } from '../../../support/sample-sets.js'

function optionsWith(width: number, size: PngOptions['picture-size'] = 'screen'): PngOptions {
  return {
    'picture-size': size, 'picture-techniques': 'all', 'picture-sub-techniques': 'annotated', 'matrix-score': 'count', 'palette': 'blue',
    'png-width': width,
  }
}

async function draw(width: number, size?: PngOptions['picture-size']): Promise<ReturnType<typeof readPng>> {
  const [artifact] = await emitPng([sampleSet()], emitContext(), optionsWith(width, size))
  return readPng(await artifact?.render() ?? new Uint8Array())
}

describe('a PNG picture', () => {
  it('is as wide as asked for, as high as the page says, and within bounds', async () => {
    expect(await draw(640)).toMatchObject({ width: 640, height: 360 })
    expect(await draw(500, 'a4')).toMatchObject({ width: 500, height: Math.round((500 * 210) / 297) })
    expect((await draw(-1)).width).toBe(320)
    expect((await draw(Number.NaN)).width).toBe(320)
    // The upper bound without drawing so much.
    const widths: number[] = []
    const context = { ...emitContext(), openRasteriser: async () => (_: string, width: number) => new Uint8Array([widths.push(width)]) }
    const [artifact] = await emitPng([sampleSet()], context, optionsWith(1e9))
    await artifact?.render()
    expect(widths).toEqual([8192])
  })

  it('is the same each time', async () => {
    const [one, other] = [await draw(640), await draw(640)]
    expect(Buffer.compare(one.rows, other.rows)).toBe(0)
  })

  it('is not made where nothing can draw it, and that is said', async () => {
    const { openRasteriser: none, ...bare } = emitContext()
    expect(none).toBeTypeOf('function')
    for (const context of [{ ...bare, openRasteriser: async () => undefined }, bare]) {
      expect(await emitPng([sampleSet()], context, optionsWith(640))).toEqual([])
    }
    expect(bare.log.entries.map(({ code, severity }) => [code, severity])).toEqual([['emit/no-rasteriser', 'error'], ['emit/no-rasteriser', 'error']])
  })
})

describe('the rasteriser', () => {
  it('draws text in DejaVu Sans, regular and bold, and nothing where there is none', async () => {
    const rasterise = await openRasteriser()
    const draws = (content: string): number => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" viewBox="0 0 100 40" font-family="'DejaVu Sans'">${content}</svg>`
      return readPng(rasterise?.(svg, 100) ?? new Uint8Array()).rows.reduce((sum, byte) => sum + Math.min(byte, 1), 0)
    }
    const blank = draws('')
    const regular = draws('<text x="5" y="25" font-size="16">Access</text>')
    const bold = draws('<text x="5" y="25" font-size="16" font-weight="700">Access</text>')
    expect(regular).toBeGreaterThan(blank + 100)
    expect(bold).toBeGreaterThan(regular)
  })
})
