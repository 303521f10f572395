import { frameworks } from '../../frameworks/frameworks.js'
import type { CapabilityRef } from '../../model/mapping.js'

const patterns = frameworks.flatMap(({ capabilityId, idsHoldSpaces }) => (capabilityId && !idsHoldSpaces ? [capabilityId] : []))

/**
 * The capabilities that a cell names where people write them as they like: "AC-2; AC-3", "AC-2 Account Management". Only
 * ids whose form is known are told apart; any other text is one id.
 */
export function splitCapabilities(text: string): readonly CapabilityRef[] {
  const parts = text.split(/[;,\n]/).map((part) => part.trim().replaceAll(/\s+/g, ' ')).filter((part) => part !== '')
  const pattern = patterns.find((candidate) => parts.every((part) => candidate.test(part)))
  if (!pattern) return [{ id: text.trim().replaceAll(/\s+/g, ' ') }]
  return parts.map((part) => {
    const id = pattern.exec(part)?.[0] ?? part
    const description = part.slice(id.length).replace(/^[\s:–—-]+/, '')
    return description === '' ? { id } : { id, description }
  })
}
