/** What MISP reads from `galaxies/`: the head of a galaxy. Draft "MISP galaxy format", section 3. */
export interface GalaxyFile {
  readonly description: string
  /** The name of an icon of Font Awesome, without "fa-". */
  readonly icon: string
  readonly name: string
  /** Under what MISP lists the galaxy. */
  readonly namespace: 'crosswalk'
  /** What ties galaxy and clusters together; also the name that both files have in MISP's folders. */
  readonly type: string
  readonly uuid: string
  readonly version: number
}

/** What MISP reads from `clusters/`: the values of a galaxy. Draft "MISP galaxy format", section 2. */
export interface ClusterFile {
  readonly authors: readonly string[]
  readonly category: string
  readonly description: string
  readonly name: string
  readonly source: string
  readonly type: string
  readonly uuid: string
  readonly values: readonly Cluster[]
  readonly version: number
}

/** A capability. */
export interface Cluster {
  readonly description: string
  readonly meta: ClusterMeta
  readonly related?: readonly ClusterRelation[]
  readonly uuid: string
  /** The name, unique in the galaxy regardless of case: it is a part of the tag that MISP attaches to events. */
  readonly value: string
}

/** Elements that MISP shows as pairs of key and value; of a list it makes one pair for each entry. */
export interface ClusterMeta {
  readonly 'attack'?: readonly string[]
  readonly 'citations'?: readonly string[]
  readonly 'comments'?: readonly string[]
  readonly 'external_id': string
  readonly 'framework': string
  readonly 'framework-version'?: string
  readonly 'groups'?: readonly string[]
  readonly 'mapping-types'?: readonly string[]
  readonly 'mappings'?: readonly string[]
  readonly 'refs'?: readonly string[]
  readonly 'scores'?: readonly string[]
  readonly 'status'?: 'non-mappable'
  readonly 'stix-id': string
  readonly 'synonyms'?: readonly string[]
}

/** All rows that relate a capability to one technique in the same way. */
export interface ClusterRelation {
  /** The technique's STIX id without its type: the uuid of its cluster in MISP's galaxy `mitre-attack-pattern`. */
  readonly 'dest-uuid': string
  readonly 'tags'?: readonly string[]
  readonly 'type': 'mitigates' | 'related-to'
}
