import type { PaletteName } from './matrix-options.js'

/**
 * From low to high, each colour darker than the one before, so that lightness alone tells the order: safe for every kind of
 * colour blindness and for grey print. None is near white, which is what cells without a score look like. Blue and orange are
 * ColorBrewer's, viridis and cividis matplotlib's, turned round.
 */
export const palettes: Readonly<Record<PaletteName, readonly string[]>> = {
  blue: ['#c6dbef', '#6baed6', '#2171b5', '#08306b'],
  orange: ['#fdd0a2', '#fd8d3c', '#d94801', '#7f2704'],
  viridis: ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'],
  cividis: ['#fde737', '#bbaf71', '#7d7c78', '#434e6c', '#00224e'],
}
