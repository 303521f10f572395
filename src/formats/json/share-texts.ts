/** A value of JSON as it was parsed, which nothing else refers to yet. */
export type ParsedValue = null | boolean | number | string | ParsedValue[] | { [key: string]: ParsedValue }

/**
 * Returns a function that gives equal texts of values one string: `JSON.parse` makes a new one for each, and half of the memory of a bundle is
 * ids, dates and names that all of its objects repeat. Changes the value in place. Recurses, so that it is for values of a depth that was checked.
 */
export function createTextSharer(): (value: ParsedValue) => ParsedValue {
  let known = new Map<string, string>()
  return share

  function share(value: ParsedValue): ParsedValue {
    if (typeof value === 'string') return shareText(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      for (let at = 0; at < value.length; at += 1) value[at] = share(value[at] ?? null)
      return value
    }
    for (const name of Object.keys(value)) {
      const member = value[name]
      // Numbers stay as they are: setting them would cost more than it saves. A member named __proto__ is an ordinary one, and is not set.
      if ((typeof member === 'string' || typeof member === 'object') && name !== '__proto__') value[name] = share(member)
    }
    return value
  }

  function shareText(text: string): string {
    // V8 has the shortest texts once already; long ones are not repeated.
    if (text.length < shortest || text.length > longest) return text
    const shared = known.get(text)
    if (shared !== undefined) return shared
    if (known.size === mostKnown) known = new Map()
    known.set(text, text)
    return text
  }
}

const [shortest, longest] = [2, 100]
/** Most texts that are remembered: ids that only one object has are forgotten with them. */
const mostKnown = 20_000
