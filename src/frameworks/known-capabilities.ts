/** A capability from a published mapping file. */
export interface KnownCapability {
  readonly framework: string
  readonly id: string
  readonly name?: string
}

/** A capability group from a published mapping file. */
interface KnownGroup {
  readonly id: string
  readonly name: string
}

/** A known id at the start of a text: its length, and the capabilities with this id. */
interface KnownPrefix {
  readonly length: number
  readonly owners: readonly KnownCapability[]
}

/** Lookups in the known capabilities. Ids are compared without case, which pages change. */
export interface KnownCapabilities {
  /**
   * The longest known id at the start of the text that ends at a word boundary. Several frameworks may have the same id. With
   * `framework`, ids of other frameworks are ignored. Linear in the length of the longest known id.
   */
  longestPrefix(text: string, framework?: string): KnownPrefix | undefined
  /** The group with this id or, if there is none, this name, as printed. */
  group(framework: string, idOrName: string): KnownGroup | undefined
}

/** No known capabilities. */
export const noKnownCapabilities: KnownCapabilities = { longestPrefix: () => undefined, group: () => undefined }

let loaded: Promise<KnownCapabilities> | undefined

/** Loads the compiled ids and names; later calls return the same value. */
export function loadKnownCapabilities(): Promise<KnownCapabilities> {
  loaded ??= import('./data/known-capabilities.json', { with: { type: 'json' } })
    .then(({ default: data }) => createKnownCapabilities(data))
  return loaded
}

/** Indexes compiled data for lookups. */
export function createKnownCapabilities(data: KnownCapabilityData): KnownCapabilities {
  const owners = new Map<string, KnownCapability[]>()
  const groups = new Map<string, KnownGroup>()
  let mostWords = 1
  for (const [framework, entry] of Object.entries(data)) {
    for (const [id, name] of Object.entries(entry.capabilities)) {
      const key = id.toLowerCase()
      const capability = { framework, id, ...(name !== null && { name }) }
      const others = owners.get(key)
      if (others) others.push(capability)
      else owners.set(key, [capability])
      if (id.includes(' ')) mostWords = Math.max(mostWords, id.split(' ').length)
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

/** The content of `data/known-capabilities.json`: ids and names by framework id. */
export type KnownCapabilityData = Readonly<Record<string, {
  /** Names by capability id; null if no name is kept. */
  readonly capabilities: Readonly<Record<string, string | null>>
  /** Names by group id. */
  readonly groups: Readonly<Record<string, string>>
}>>
