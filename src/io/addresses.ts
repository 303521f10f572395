/** Redirects that a request follows at most. */
export const maxRedirects = 5
/** HTTP status codes of redirects that have a Location header (RFC 9110, section 15.4). */
export const redirectCodes: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Checks an address to request, or to be redirected to: https, or http to this machine, but no redirect from https to http.
 * Undefined if it is allowed; else why not, as a predicate that completes "<address> …".
 */
export function checkAddress(address: URL, redirectedFrom?: URL): string | undefined {
  if (address.username !== '' || address.password !== '') return 'contains a user name or a password'
  if (address.protocol === 'https:') return undefined
  if (address.protocol !== 'http:' || !isLoopback(address.hostname)) {
    return 'is not https; http is allowed only for this machine (localhost)'
  }
  return redirectedFrom?.protocol === 'https:' ? 'is not https, unlike the address that redirects to it' : undefined
}

/**
 * Whether a host is a loopback name or address (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). IPv6
 * addresses may be in brackets, as in URLs; IPv4 addresses must be in the dotted form, as `URL` normalises them.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/**
 * Whether a host, as `URL` normalises it, cannot be a public name that someone else has pointed at this machine (DNS rebinding): an
 * address, a name without dots, or a name in a domain reserved for private networks (RFC 6761, 6762, 8375; "internal" by ICANN).
 */
export function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return !name.includes('.') || /^[\d.]+$/.test(name) || /\.(?:localhost|local|internal|test|home\.arpa)$/.test(name)
}
