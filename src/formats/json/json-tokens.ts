/** The offset of the next character that is not JSON's white space (RFC 8259, section 2). */
export function skipSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at += 1
  }
}

/** The offset behind the string that starts here; `~offset` of the character that may not stand there when it is broken. */
export function skipString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code === 0x5c) {
      const length = escapeLength(text, at)
      if (length === 0) return ~(at + 1)
      at += length
    } else if (code >= 0x20) {
      at += 1
    } else {
      // A control character, or NaN: the end of the text.
      return ~at
    }
  }
}

const hexadecimal = /^[0-9a-fA-F]{4}$/

function escapeLength(text: string, at: number): number {
  const next = text[at + 1]
  if (next === undefined) return 0
  if (next === 'u') return hexadecimal.test(text.slice(at + 2, at + 6)) ? 6 : 0
  return '"\\/bfnrt'.includes(next) ? 2 : 0
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

/** The offset behind the number that starts here, if one does. */
export function skipNumber(text: string, start: number): number | undefined {
  number.lastIndex = start
  return number.test(text) ? number.lastIndex : undefined
}

/** The offset behind `true`, `false` or `null`, if one of them starts here. */
export function skipWord(text: string, start: number): number | undefined {
  const word = ['true', 'false', 'null'].find((candidate) => text.startsWith(candidate, start))
  return word === undefined ? undefined : start + word.length
}
