import type { CapabilityRef } from '../../model/mapping.js'

/** The length at which src/emitters/navigator/comment-technique.ts cuts what a capability is called. */
const LONGEST_LABEL = 60

/** The comments of a technique's text, by the id of the capability that each is about. */
export function readOwnComments(text: string, capabilities: readonly CapabilityRef[]): ReadonlyMap<string, readonly string[]> {
  const start = text.indexOf('\n\n')
  const lines = start < 0 ? [] : text.slice(start + 2).split('\n')
  if (/^and \d+ more comments?$/.test(lines.at(-1) ?? '')) lines.pop()
  const unique = new Map(capabilities.map((capability) => [capability.id, capability]))
  const comments: { readonly id: string; readonly lines: string[] }[] = []
  for (const line of lines) {
    const found = findLabel(line, unique.values())
    if (found) comments.push({ id: found.id, lines: [line.slice(found.length)] })
    else comments.at(-1)?.lines.push(line)
  }
  const byId = new Map<string, string[]>()
  for (const { id, lines: own } of comments) byId.set(id, [...(byId.get(id) ?? []), own.join('\n')])
  return byId
}

interface Label {
  readonly id: string
  readonly length: number
}

/** Whose comment a line begins, and how long the label with its colon is; the longest label that fits wins. */
function findLabel(line: string, capabilities: Iterable<CapabilityRef>): Label | undefined {
  let found: Label | undefined
  for (const capability of capabilities) {
    const length = labelLength(line, capability)
    if (length > (found?.length ?? 0)) found = { id: capability.id, length }
  }
  return found
}

/**
 * 0 where the line does not begin with the capability's label and a colon. Of a name that was cut, only the beginning is
 * known.
 */
function labelLength(line: string, { id, description }: CapabilityRef): number {
  const isCut = description?.endsWith('…') === true
  const name = isCut ? description.slice(0, -1) : description
  const isSame = name !== undefined && (isCut ? bare(id).startsWith(bare(name)) : bare(id) === bare(name))
  const label = name === undefined ? id : isSame ? name : `${id} ${name}`
  if (!isCut && label.length <= LONGEST_LABEL) return line.startsWith(`${label}: `) ? label.length + 2 : 0
  // A label that is cut ends in "…", before which white space is trimmed.
  const known = label.slice(0, LONGEST_LABEL - 1).trimEnd()
  const colon = line.startsWith(known) ? line.indexOf(': ', known.length) : -1
  return colon > 0 && colon <= LONGEST_LABEL ? colon + 2 : 0
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
