/** A range for people: "8.2 to 18.1", or what begins and ends it when that is one thing. */
export function describeRange(first = '', last = ''): string {
  return first === last ? first : `${first} to ${last}`
}
