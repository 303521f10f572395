/** The releases of a domain, oldest first, and the position of each. */
export interface ReleasePositions {
  readonly releases: readonly string[]
  readonly positions: ReadonlyMap<string, number>
}

/** Numbers releases; they must be sorted oldest first. */
export function createReleasePositions(releases: readonly string[]): ReleasePositions {
  return { releases, positions: new Map(releases.map((release, position) => [release, position])) }
}

/** Encodes one value for each release (undefined if the object does not exist there) as runs: "first;11.3=second;16.1=third". */
export function encodeRuns(values: readonly (string | undefined)[], releases: readonly string[]): string {
  let encoded: string | undefined
  let current: string | undefined
  for (const [position, value] of values.entries()) {
    if (value === undefined || value === current) continue
    encoded = encoded === undefined ? escapeValue(value) : `${encoded};${releases[position] ?? ''}=${escapeValue(value)}`
    current = value
  }
  return encoded ?? ''
}

/** Decodes the value in the release at `position`. */
export function decodeRun(field: string, position: number, { positions }: ReleasePositions): string {
  // Most values never change: the field has a single run.
  if (!field.includes(';')) return unescapeValue(field)
  // From the last run back: the newest releases are used most.
  let end = field.length
  for (let start = field.lastIndexOf(';'); start >= 0; start = start === 0 ? -1 : field.lastIndexOf(';', start - 1)) {
    const equals = field.indexOf('=', start)
    const from = positions.get(field.slice(start + 1, equals)) ?? Infinity
    if (from <= position) return unescapeValue(field.slice(equals + 1, end))
    end = start
  }
  return unescapeValue(field.slice(0, end))
}

/** All values of a field, oldest first. */
export function runValues(field: string): readonly string[] {
  const [first = '', ...later] = field.split(';')
  return [first, ...later.map((run) => run.slice(run.indexOf('=') + 1))].map(unescapeValue)
}

/** Encodes the releases that contain an object: "9.0" is 9.0 and later, "8.2-9.0,11.3" has a gap between 9.0 and 11.3. */
export function encodePresence(present: readonly boolean[], releases: readonly string[]): string {
  const ranges: string[] = []
  let first = -1
  for (let position = 0; position <= present.length; position += 1) {
    const exists = present[position] === true
    if (exists && first < 0) first = position
    if (exists || first < 0) continue
    const isOpen = position === present.length
    ranges.push(isOpen ? (releases[first] ?? '') : `${releases[first] ?? ''}-${releases[position - 1] ?? ''}`)
    first = -1
  }
  return ranges.join(',')
}

/** Whether the release at `position` contains the object. */
export function isPresent(presence: string, position: number, { positions }: ReleasePositions): boolean {
  // Most objects are never removed: the field has a single release.
  const from = positions.get(presence)
  if (from !== undefined) return from <= position
  return presence.split(',').some((range) => {
    const [first = '', last] = range.split('-')
    const end = last === undefined ? Infinity : (positions.get(last) ?? -1)
    return (positions.get(first) ?? Infinity) <= position && position <= end
  })
}

/** Percent-encodes the separators of fields and runs. */
function escapeValue(value: string): string {
  return value.replaceAll(/[%|;=]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function unescapeValue(value: string): string {
  if (!value.includes('%')) return value
  return value.replaceAll(/%(25|7C|3B|3D)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
