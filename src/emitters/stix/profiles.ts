/** What a consumer of bundles needs that others do not. */
export interface StixProfile {
  /** `embedded`: the techniques stand in the bundle; `referenced`: only those that ATT&CK does not know. */
  readonly techniques: 'embedded' | 'referenced'
  /** `full`: objects that say all they can; `mapex`: those of CTID's own export, which say next to nothing. */
  readonly shape: 'full' | 'mapex'
  /** Our property extension and its definition, which make the bundle lossless. */
  readonly extension: boolean
  /** The rows' references also as external references of the relationship. */
  readonly externalReferences: boolean
}

/** The profiles, by the name that `--stix-profile` takes. See docs/stix.md. */
export const stixProfiles = {
  'tip': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: false },
  'opencti': { techniques: 'embedded', shape: 'full', extension: false, externalReferences: false },
  'spec': { techniques: 'embedded', shape: 'full', extension: true, externalReferences: true },
  'attack-present': { techniques: 'referenced', shape: 'full', extension: true, externalReferences: false },
  'mapex': { techniques: 'embedded', shape: 'mapex', extension: false, externalReferences: false },
} as const satisfies Record<string, StixProfile>
