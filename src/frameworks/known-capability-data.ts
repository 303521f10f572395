/** What the compiled file `data/known-capabilities.json` holds: facts (ids and names) by framework id. */
export type KnownCapabilityData = Readonly<Record<string, {
  /** Capability ids, each with its name; null where none is kept. */
  readonly capabilities: Readonly<Record<string, string | null>>
  /** Group ids, each with its name. */
  readonly groups: Readonly<Record<string, string>>
}>>
