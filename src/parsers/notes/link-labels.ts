import { findMentions, type Mention } from './find-mentions.js'
import type { NoteBlock } from './note-block.js'

/** Links whose addresses stand elsewhere: "[PowerShell][ps]", "[ps]: https://attack.mitre.org/techniques/T1059/001". */
export interface LinkLabels {
  /** The techniques whose pages a text links to by label. */
  find(text: string): readonly Mention[]
  /** Whether a label is used anywhere that was asked for. */
  isUsed(label: string): boolean
}

const use = /\[([^[\]]{1,200})\](?:\[([^[\]]{0,200})\])?/g

/** Collects the labels of a document's links to techniques. */
export function createLinkLabels(blocks: readonly NoteBlock[]): LinkLabels {
  const techniques = new Map<string, string>()
  for (const block of blocks) {
    if (block.kind !== 'aside' || block.label === undefined || block.label.startsWith('^')) continue
    // Behind "[", the label, "]" and ":" only the address counts, not the title that may follow.
    const [address = ''] = block.span.text.slice(block.label.length + 3).trim().split(' ', 1)
    const [technique] = findMentions(address).ids
    if (technique?.kind === 'technique' && !techniques.has(fold(block.label))) techniques.set(fold(block.label), technique.id)
  }
  const used = new Set<string>()
  return {
    isUsed: (label) => used.has(fold(label)),
    find(text) {
      if (techniques.size === 0) return []
      return Array.from(text.matchAll(use)).flatMap(({ 0: written, 1: words = '', 2: given, index }) => {
        const label = fold(given === undefined || given === '' ? words : given)
        const id = techniques.get(label)
        if (id === undefined || text.charAt(index + written.length) === '(') return []
        used.add(label)
        return [{ kind: 'technique' as const, id, written, start: index, end: index + written.length }]
      })
    },
  }
}

/** CommonMark 0.31, section 6.3: labels are compared without case and with single spaces. */
function fold(label: string): string {
  return label.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
