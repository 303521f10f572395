/** Whether a file begins as gzip does (RFC 1952, section 2.3.1), with the one compression method that exists. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}
