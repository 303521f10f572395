/**
 * Whether something may be downloaded from an address, and redirected to it from another: https, or http on this machine itself,
 * never from https to http. Undefined when it may; else why not, as a sentence that follows the address.
 */
export function refuseAddress(address: URL, redirectedFrom?: URL): string | undefined {
  if (address.username !== '' || address.password !== '') return 'holds a user name or a password'
  if (address.protocol === 'https:') return undefined
  if (address.protocol !== 'http:' || !isLoopback(address.hostname)) {
    return 'is not https; http is only for this machine itself (localhost)'
  }
  return redirectedFrom?.protocol === 'https:' ? 'is not https, though it was asked for over https' : undefined
}

/**
 * Whether a host is this machine itself (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). IPv6 addresses may
 * stand in brackets, as in URLs; URL writes IPv4 addresses in their usual form.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/**
 * Whether a host, as `URL` writes it, can't be a name that a stranger registered and pointed to this machine: an address, a name of one
 * word, or one below what is kept for networks of one's own (RFC 6761, 6762, 8375; "internal" by ICANN).
 */
export function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return !name.includes('.') || /^[\d.]+$/.test(name) || /\.(?:localhost|local|internal|test|home\.arpa)$/.test(name)
}
