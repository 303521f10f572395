import type { NoAnswer } from '../taxii/client/exchange.js'

/**
 * What an error of `fetch` means: "fetch failed" says nothing, its cause does. Names that do not exist and certificates that are
 * not trusted stay so: asking again is of no use.
 */
export function describeNetworkError(error: unknown): NoAnswer {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause))
  if (code?.includes('CERT') === true || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return { kind: 'refused', problem: `has a certificate that is not trusted (${code}); NODE_EXTRA_CA_CERTS=FILE adds yours` }
  }
  if (code === 'ENOTFOUND') return { kind: 'refused', problem: 'is not known by its name (ENOTFOUND)' }
  return { kind: 'broken', problem: `could not be reached, or broke off (${reason})` }
}
