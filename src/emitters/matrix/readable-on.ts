/** Text on light and on dark colours. */
const inks = ['#000000', '#ffffff'] as const

/**
 * Black or white, whichever can be read better on a colour ("#08306b"): of the two, one always has a contrast of 4.58 or more,
 * and WCAG 2.1 asks for 4.5 (success criterion 1.4.3).
 */
export function readableOn(colour: string): (typeof inks)[number] {
  return contrast(colour, inks[0]) >= contrast(colour, inks[1]) ? inks[0] : inks[1]
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [first, second] = [luminance(a), luminance(b)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** WCAG 2.1, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.039_28 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
