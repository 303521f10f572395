/** A capability that a published mapping file names. */
export interface KnownCapability {
  readonly framework: string
  readonly id: string
  readonly name?: string
}

/** A capability group that a published mapping file names. */
interface KnownGroup {
  readonly id: string
  readonly name: string
}

/** A known id that a text begins with: how long it is, and whose it is. */
interface KnownPrefix {
  readonly length: number
  readonly owners: readonly KnownCapability[]
}

/** Look-ups in the capabilities that are known. Ids are compared without case: pages vary it. */
export interface KnownCapabilities {
  /**
   * The longest known id that the text begins with, ending at a word's end. One id may belong to several frameworks. With a
   * framework, ids of others are passed over. Linear in the longest known id.
   */
  longestPrefix(text: string, framework?: string): KnownPrefix | undefined
  /** A group by its id or, failing that, its name, as printed. */
  group(framework: string, idOrName: string): KnownGroup | undefined
}

/** No capabilities: for frameworks and tests that must do without. */
export const noKnownCapabilities: KnownCapabilities = { longestPrefix: () => undefined, group: () => undefined }

let loaded: Promise<KnownCapabilities> | undefined

/** Loads the compiled ids and names, once. */
export function loadKnownCapabilities(): Promise<KnownCapabilities> {
  loaded ??= import('./data/known-capabilities.json', { with: { type: 'json' } })
    .then(({ default: data }) => createKnownCapabilities(data))
  return loaded
}

/** Indexes compiled data for look-up. */
export function createKnownCapabilities(data: KnownCapabilityData): KnownCapabilities {
  const owners = new Map<string, KnownCapability[]>()
  const groups = new Map<string, KnownGroup>()
  let mostWords = 0
  for (const [framework, entry] of Object.entries(data)) {
    for (const [id, name] of Object.entries(entry.capabilities)) {
      const key = id.toLowerCase()
      const capability = { framework, id, ...(name !== null && { name }) }
      owners.set(key, [...(owners.get(key) ?? []), capability])
      mostWords = Math.max(mostWords, id.split(' ').length)
    }
    for (const [id, name] of Object.entries(entry.groups)) {
      const group = { id, name }
      groups.set(`${framework}/${id}`, group)
      if (!groups.has(`${framework}/${name}`)) groups.set(`${framework}/${name}`, group)
    }
  }
  return {
    longestPrefix: (text, framework) => findLongestPrefix(owners, mostWords, text, framework),
    group: (framework, idOrName) => groups.get(`${framework}/${idOrName}`),
  }
}

function findLongestPrefix(
  ids: ReadonlyMap<string, readonly KnownCapability[]>, mostWords: number, text: string, framework: string | undefined,
): KnownPrefix | undefined {
  let longest: KnownPrefix | undefined
  let end = 0
  for (let words = 0; words < mostWords && end < text.length; words += 1) {
    const space = text.indexOf(' ', end + 1)
    end = space < 0 ? text.length : space
    const found = ids.get(text.slice(0, end).toLowerCase())
    const owners = framework === undefined ? found : found?.filter((owner) => owner.framework === framework)
    if (owners && owners.length > 0) longest = { length: end, owners }
  }
  return longest
}

/** What the compiled file `data/known-capabilities.json` holds: facts (ids and names) by framework id. */
export type KnownCapabilityData = Readonly<Record<string, {
  /** Capability ids, each with its name; null where none is kept. */
  readonly capabilities: Readonly<Record<string, string | null>>
  /** Group ids, each with its name. */
  readonly groups: Readonly<Record<string, string>>
}>>
