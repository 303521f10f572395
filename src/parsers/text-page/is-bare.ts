import type { SplitCapability } from './split-capability.js'

/** Whether the text is a known capability, name and all, and nothing else. */
export function isBare(found: SplitCapability): boolean {
  return found.by === 'known' && found.name !== undefined && found.name === found.capability.description
}
