import { stated } from '../../model/stated.js'

/** What the description of one of our capabilities says; src/emitters/stix builds it. */
export interface SplitDescription {
  readonly name?: string
  readonly description?: string
  /** "AWS 12/12/2024" */
  readonly release?: string
  /** What is said of rows that map the capability to nothing. */
  readonly rest?: string
}

/**
 * Takes a capability's description apart: name, longer text, "AC-2 of NIST 800-53 rev5, group Access Control", rows; with
 * blank lines between. All of it is a longer text where the line with the id is missing.
 */
export function splitDescription(text: string, id: string): SplitDescription {
  if (text === '') return {}
  const blocks = text.split('\n\n')
  const place = blocks.findIndex((block) => block.startsWith(`${id} of `))
  const line = blocks[place]
  if (line === undefined) return { description: text }
  const [release] = line.slice(id.length + ' of '.length).split(', group ', 1)
  const [name, ...longer] = blocks.slice(0, place)
  const rest = blocks.slice(place + 1)
  return stated({
    name,
    description: longer.length === 0 ? undefined : longer.join('\n\n'),
    release,
    rest: rest.length === 0 ? undefined : rest.join('\n\n'),
  })
}
