/** How many rows a page says that it shows, and how many there are. */
export interface RowsNotice {
  readonly shown: number
  readonly total: number
}

/** Reads "… we have only downloaded the first 550 of 4,191 mappings." Undefined where the line says nothing of the kind. */
export function readRowsNotice(text: string): RowsNotice | undefined {
  const found = text.length > 400 ? null : /\bfirst ([\d,]{1,12}) of ([\d,]{1,12}) mappings\b/.exec(text)
  const [shown, total] = [found?.[1], found?.[2]].map((digits) => Number(digits?.replaceAll(',', '')))
  return shown !== undefined && total !== undefined && total > shown ? { shown, total } : undefined
}
