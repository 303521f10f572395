/** Whether a smaller case shows the same. */
export type Shows<Item> = (items: readonly Item[]) => Promise<boolean>

/** How many cases are tried at most. */
const MOST_TRIES = 200

/**
 * A smaller list of which something is still true: parts of it are left out, halves first, then quarters, to single items (Zeller and
 * Hildebrandt, delta debugging). The list itself if nothing can be left out.
 */
export async function shrinkList<Item>(items: readonly Item[], shows: Shows<Item>, most = MOST_TRIES): Promise<readonly Item[]> {
  let kept = items
  let tries = 0
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && tries < most;) {
      const without = kept.toSpliced(from, size)
      tries += 1
      if (await shows(without)) kept = without
      else from += size
    }
  }
  return kept
}

/** A smaller tree of which something is still true: members and items are left out, from the top downwards. */
export async function shrinkTree(value: unknown, shows: (value: unknown) => Promise<boolean>, most = MOST_TRIES): Promise<unknown> {
  let whole = value
  let tries = 0
  await visit([])
  return whole

  async function visit(path: readonly string[]): Promise<void> {
    for (const name of namesAt(whole, path).toReversed()) {
      if (tries >= most) return
      tries += 1
      const without = leaveOut(whole, [...path, name])
      if (await shows(without)) whole = without
      else await visit([...path, name])
    }
  }
}

function namesAt(value: unknown, path: readonly string[]): readonly string[] {
  const [name, ...rest] = path
  if (typeof value !== 'object' || value === null) return []
  if (name === undefined) return Object.keys(value)
  return namesAt(Object.entries(value).find(([own]) => own === name)?.[1], rest)
}

function leaveOut(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([own, item]: [string, unknown]): readonly [string, unknown][] => (
    own !== name ? [[own, item]] : rest.length === 0 ? [] : [[own, leaveOut(item, rest)]]
  ))
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries)
}
