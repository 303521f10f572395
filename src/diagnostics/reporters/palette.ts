/** How a reporter paints: each function gets text that is already harmless and gives it back, coloured or not. */
export interface Palette {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly note: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

const unchanged = (text: string): string => text

/** No colours: for files, pipes and NO_COLOR. */
export const plainPalette: Palette = {
  error: unchanged,
  warning: unchanged,
  note: unchanged,
  strong: unchanged,
  faint: unchanged,
}
