/** What a file says once: that something of ATT&CK is something of VERIS. */
export interface Pair {
  /** Of a technique, or of a group in the files for these. */
  readonly attackId: string
  readonly name?: string
  /** A VERIS id; absent when an entry lists none. */
  readonly capability?: string
  readonly pointer: string
}

/** A pair with every place where the file says it. */
export interface JoinedPair {
  readonly pair: Pair
  readonly pointers: readonly string[]
}
