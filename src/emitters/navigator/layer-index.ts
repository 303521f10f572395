/** A file of a set of layers. */
export interface IndexedLayer {
  /** What tells it from the others: the name of the group, the capability, …; "everything" for that of the whole set. */
  readonly title: string
  readonly file: string
  readonly capabilities: number
  readonly techniques: number
  readonly rows: number
}

/** What the index of a set of layers says: what schemas/layer-index.schema.json judges. */
export interface LayerIndex {
  readonly title: string
  /** What the layers were split by, as `--layer-by` names it. */
  readonly by: string
  /** What scores and colours mean, the same in all parts. */
  readonly scores: string
  readonly legend: readonly string[]
  readonly layers: readonly IndexedLayer[]
}
