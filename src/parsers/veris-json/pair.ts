/** What a file says once: that something of ATT&CK is something of VERIS. Either side may be missing in a broken file, never both. */
export interface Pair {
  /** Of a technique, or of a group in the files for these. */
  readonly attackId: string
  readonly name?: string
  /** Absent when an entry lists nothing of VERIS. */
  readonly capability?: string
  readonly pointer: string
}

/** A pair with every place where the file says it. */
export interface JoinedPair extends Pair {
  readonly pointers: readonly string[]
}
