/** A value of JSON whose strings are fit for every reader, and how many were not before. */
export interface CleanValue<Value> {
  readonly value: Value
  readonly changed: number
}

/**
 * Replaces control characters (save tab and line feed) and halves of surrogate pairs by U+FFFD in every string of a JSON
 * value: they are no text, and readers choke on them. Keys are ours and stay.
 */
export function cleanStrings<Value extends object>(value: Value): CleanValue<Value> {
  let changed = 0
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'string') return item
    const clean = item.replace(/[\p{Cc}\p{Cs}]/gu, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    if (clean !== item) changed++
    return clean
  })
  return { value: changed === 0 ? value : JSON.parse(text), changed }
}
