/** A cell's text; undefined where the cell is empty or prints "None", as early pages do for what is not there. */
export function cellText(text: string): string | undefined {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'None' ? undefined : trimmed
}
