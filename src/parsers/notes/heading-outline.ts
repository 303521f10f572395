/** The headings above the place that is being read. */
export interface HeadingOutline {
  /** Goes on under the headings that stand above one of this level. */
  leave(level: number): void
  /** Goes on under a heading. One that names no capability leaves it to the heading above. */
  enter(level: number, name: string | undefined, headsReferences: boolean): void
  /** What the nearest heading calls a capability. */
  nearest(): string | undefined
  inReferences(): boolean
}

/** Creates the outline of a document, before its first heading. */
export function createHeadingOutline(): HeadingOutline {
  const headings: { readonly level: number; readonly name: string | undefined; readonly references: boolean }[] = []
  return {
    leave(level) {
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop()
    },
    enter: (level, name, references) => void headings.push({ level, name, references }),
    nearest: () => headings.findLast(({ name }) => name !== undefined)?.name,
    inReferences: () => headings.some(({ references }) => references),
  }
}
