const form = /^([a-z][a-z0-9-]+[a-z0-9])--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The type that an id names, where it is an id (STIX 2.1, section 2.9): a type, two hyphens, and a UUID of RFC 4122. */
export function typeInId(id: string): string | undefined {
  // An id is at most that long; a longer text need not be looked through.
  if (id.length > 300) return undefined
  const type = form.exec(id)?.[1]
  return type !== undefined && type === type.toLowerCase() ? type : undefined
}

/** The type that an id begins with, sound or not. */
export function typePrefix(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, end) : undefined
}
