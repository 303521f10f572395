const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Whether a text is an IPv6 address (RFC 4291, section 2.2), with or without the length of a prefix. */
export function isIpv6(text: string): boolean {
  if (text.length > 60) return false
  const [address = '', prefix, ...rest] = text.split('/')
  if (rest.length > 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= 128))) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const embedded = last !== undefined && ipv4.test(last) && last.split('.').every((part) => Number(part) < 256)
  if (embedded) groups.pop()
  const length = groups.length + (embedded ? 2 : 0)
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? length < 8 : length === 8)
}
