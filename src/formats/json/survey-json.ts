import { skipString } from './json-tokens.js'

/**
 * The depth of a JSON text and the number of its members (name and value), counted before any of it is understood: a quick pass
 * that shields the parsers from hostile depth, and tells whether objects hold a name twice. Exact for well-formed texts only.
 */
export function surveyJson(text: string): { readonly depth: number; readonly members: number } {
  let depth = 0
  let deepest = 0
  let members = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = skipString(text, at)
      if (at < 0) break
      continue
    }
    if (code === 0x3a) members += 1
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1))
    else if (code === 0x7d || code === 0x5d) depth -= 1
    at += 1
  }
  return { depth: deepest, members }
}
