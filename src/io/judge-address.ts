import { isLoopback } from './is-loopback.js'

/**
 * Whether something may be downloaded from an address, and redirected to it from another: https, or http on this machine itself,
 * never from https to http. Undefined when it may; else why not, as a sentence that follows the address.
 */
export function judgeAddress(address: URL, redirectedFrom?: URL): string | undefined {
  if (address.username !== '' || address.password !== '') return 'holds a user name or a password'
  if (address.protocol === 'https:') return undefined
  if (address.protocol !== 'http:' || !isLoopback(address.hostname)) {
    return 'is not https; http is only for this machine itself (localhost)'
  }
  return redirectedFrom?.protocol === 'https:' ? 'is not https, though it was asked for over https' : undefined
}
