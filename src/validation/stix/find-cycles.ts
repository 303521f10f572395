/**
 * The edges that close a circle, found by walking in depth: [from, to] where `to` led to `from`. One for each circle that the
 * walk closes. Without recursion, so that a chain of a million objects is no danger; every edge is looked at once.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly [from: string, to: string])[] {
  const found: (readonly [string, string])[] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of edges.keys()) {
    if (state.has(start)) continue
    const path = [{ id: start, next: 0 }]
    state.set(start, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = edges.get(top.id)?.[top.next]
      top.next += 1
      if (target === undefined) {
        state.set(top.id, 'done')
        path.pop()
      } else if (state.get(target) === 'open') found.push([top.id, target])
      else if (!state.has(target) && edges.has(target)) {
        state.set(target, 'open')
        path.push({ id: target, next: 0 })
      }
    }
  }
  return found
}
