/** A row without the blank cells at its end. */
export function withoutBlankEnd(row: readonly string[]): readonly string[] {
  let length = row.length
  while (length > 0 && row[length - 1] === '') length -= 1
  return length === row.length ? row : row.slice(0, length)
}
