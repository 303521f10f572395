/** What became of the objects of one bundle. */
export interface PushedFile {
  /** As the user typed it. */
  readonly path: string
  readonly objects: number
  /** In requests that the server accepted. */
  readonly sent: number
  readonly added: number
  /** In the collection before, or sent with an earlier bundle of this run. */
  readonly already: number
  readonly failed: number
  /** It is not known what becomes of them. */
  readonly pending: number
}
