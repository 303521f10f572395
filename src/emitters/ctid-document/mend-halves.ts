/**
 * The same value with halves of surrogate pairs, in names and texts, replaced by U+FFFD: they are no characters, and neither
 * UTF-8 nor most readers of JSON and YAML can hold them. Returns the value itself when it has none, as nearly always.
 */
export function mendHalves<Value>(value: Value): { readonly value: Value; readonly changed: number } {
  if (countHalves(value) === 0) return { value, changed: 0 }
  let changed = 0
  const text = JSON.stringify(value).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, (escape, offset: number, whole: string) => {
    // JSON.stringify escapes halves alone (ECMA-262, 25.5.2.3); an escaped backslash before it makes it plain text.
    if (!isEscape(whole, offset)) return escape
    changed += 1
    return '\uFFFD'
  })
  const mended: Value = JSON.parse(text)
  return { value: mended, changed }
}

/** Whether the backslash here is one that escapes: preceded by an even number of backslashes. */
function isEscape(text: string, offset: number): boolean {
  let start = offset
  while (text[start - 1] === '\\') start -= 1
  return (offset - start) % 2 === 0
}

function countHalves(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : 1
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  for (const [key, item] of Object.entries(value)) count += (key.isWellFormed() ? 0 : 1) + countHalves(item)
  return count
}
