/**
 * Whether a host, as `URL` writes it, can't be a name that a stranger registered and pointed to this machine: an address, a name of one
 * word, or one below what is kept for networks of one's own (RFC 6761, 6762, 8375; "internal" by ICANN).
 */
export function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return !name.includes('.') || /^[\d.]+$/.test(name) || /\.(?:localhost|local|internal|test|home\.arpa)$/.test(name)
}
