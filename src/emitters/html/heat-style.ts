import { colourAt } from '../matrix/paint-scores.js'
import type { PaletteName } from '../matrix/matrix-options.js'
import { palettes } from '../matrix/palettes.js'
import { heatSteps } from './view/view-cell.js'

/** The colours of cells. On dark pages the palette is turned round, so that what is best stands out there too. */
export function heatStyle(palette: PaletteName): string {
  const colors = palettes[palette]
  const light = listSteps(colors)
  const dark = listSteps(colors.toReversed())
  return light.map((colour, step) => {
    const other = dark[step] ?? colour
    return `.heat-${step}{background:light-dark(${colour},${other});color:light-dark(${inkOn(colour)},${inkOn(other)})}`
  }).join('')
}

function listSteps(colors: readonly string[]): readonly string[] {
  const gradient = { colors, minValue: 0, maxValue: heatSteps - 1 }
  return Array.from({ length: heatSteps }, (_, step) => colourAt(gradient, step))
}

/** Black or white, whichever is easier to read: one of them has a contrast of 4.5 with any colour (WCAG 2.1, 1.4.3). */
function inkOn(colour: string): string {
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map(linear)
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? '#fff' : '#000'
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
