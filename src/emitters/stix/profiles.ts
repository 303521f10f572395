/** What a consumer of bundles needs that others do not. */
export interface StixProfile {
  /** `embedded`: the techniques stand in the bundle; `referenced`: only those that ATT&CK does not know. */
  readonly techniques: 'embedded' | 'referenced'
  /** Our property extension and its definition, which make the bundle lossless. */
  readonly extension: boolean
  /** The rows' references also as external references of the relationship. */
  readonly externalReferences: boolean
}

/** The profiles, by the name that `--stix-profile` takes. See docs/stix.md. */
export const stixProfiles = {
  'tip': { techniques: 'embedded', extension: true, externalReferences: false },
  'opencti': { techniques: 'embedded', extension: false, externalReferences: false },
  'spec': { techniques: 'embedded', extension: true, externalReferences: true },
  'attack-present': { techniques: 'referenced', extension: true, externalReferences: false },
} as const satisfies Record<string, StixProfile>
