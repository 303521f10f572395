import { array, assert, boolean, constant, constantFrom, integer, nat, oneof, property, record, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCollections } from '../../src/taxii/server/build-collections.js'
import { type Collection, writeTimestamp } from '../../src/taxii/server/collection.js'
import { turnPage } from '../../src/taxii/server/respond.js'
import { bundleFile, numbered, type PlainObject } from '../support/taxii-files.js'

const fields = ['id', 'type', 'version', 'spec_version'] as const
const second = 1_000_000
const start = 1_700_000_000 * second

/** What happens in the life of a server, and what a poller does meanwhile. */
type Step =
  | { readonly kind: 'write'; readonly file: number; readonly objects: readonly number[]; readonly text: number; readonly pause: number }
  | { readonly kind: 'remove'; readonly file: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'poll'; readonly poller: number; readonly limit: number }

const step = oneof(
  { weight: 3, arbitrary: record({
    kind: constant('write' as const), file: nat(2), objects: uniqueArray(nat(9), { minLength: 1, maxLength: 8 }), text: nat(2),
    // Files that are written at once, and files that are not; in microseconds.
    pause: constantFrom(0, 1, 700, 30_000),
  }) },
  { weight: 1, arbitrary: record({ kind: constant('remove' as const), file: nat(2) }) },
  { weight: 1, arbitrary: constant({ kind: 'restart' as const }) },
  { weight: 6, arbitrary: record({ kind: constant('poll' as const), poller: nat(3), limit: integer({ min: 1, max: 5 }) }) },
)

/** A client with what it knows: how far it has come, and what it has got, by id. */
interface Poller {
  readonly usesNext: boolean
  /** Knows milliseconds only; asks for all that came after its last page in one page, since pages finer than that would make it go in circles. */
  readonly isCoarse: boolean
  addedAfter: string | undefined
  next: string | undefined
  readonly got: Map<string, string>
}

function poll(collection: Collection, poller: Poller, limit: number): boolean {
  const parameters = new URLSearchParams({ limit: String(poller.isCoarse ? 1000 : limit) })
  if (poller.addedAfter !== undefined) parameters.set('added_after', poller.addedAfter)
  if (poller.next !== undefined) parameters.set('next', poller.next)
  const turned = turnPage(collection, parameters, fields, { only: undefined, allVersions: false })
  if ('problem' in turned) throw new Error(turned.problem)
  for (const { object } of turned.page.entries) poller.got.set(object.id, new TextDecoder().decode(object.bytes))
  const last = turned.page.entries.at(-1)
  if (poller.usesNext && turned.page.next !== undefined) {
    poller.next = turned.page.next
    return true
  }
  poller.next = undefined
  if (last) poller.addedAfter = poller.isCoarse ? new Date(Math.floor(last.date / 1000)).toISOString() : writeTimestamp(last.date)
  return turned.page.next !== undefined
}

/** Polls until there is nothing more, twice: who was in the middle of an old state comes to the present one. */
function finish(collection: Collection | undefined, poller: Poller): void {
  if (!collection) return
  for (let turn = 0, more = true; more; turn += 1) {
    if (turn > 100) throw new Error('there is no end')
    more = poll(collection, poller, 3)
  }
  poll(collection, poller, 1000)
}

/** Runs steps, and lets every poller come to the end then. */
function live(steps: readonly Step[], choose: (collections: readonly Collection[]) => Collection | undefined, write: (object: number, text: number) => PlainObject) {
  const files = new Map<number, { readonly changedAt: number; readonly objects: readonly PlainObject[] }>()
  let now = start
  let folderChangedAt = start
  let collections = [...buildCollections([], start)]
  let isDirty = false
  const pollers: Poller[] = [[true, false], [false, false], [true, true], [false, true]].map(([usesNext = false, isCoarse = false]) =>
    ({ usesNext, isCoarse, addedAfter: undefined, next: undefined, got: new Map() }))
  // As the folder is kept: what is served has not changed for a second.
  const settle = (): Collection | undefined => {
    if (isDirty) {
      now += second
      const list = [...files].map(([name, { changedAt, objects }]) => bundleFile(`${name}`, changedAt, objects))
      collections = [...buildCollections(list, folderChangedAt, collections)]
      isDirty = false
    }
    return choose(collections)
  }
  for (const one of steps) {
    if (one.kind === 'write') {
      now += one.pause
      if (!files.has(one.file)) folderChangedAt = now
      files.set(one.file, { changedAt: now, objects: one.objects.map((number) => write(number, one.text)) })
      isDirty = true
    } else if (one.kind === 'remove') {
      if (!files.delete(one.file)) continue
      folderChangedAt = now
      isDirty = true
    } else if (one.kind === 'restart') {
      collections = []
      isDirty = true
    } else {
      const [collection, poller] = [settle(), pollers[one.poller]]
      if (poller && collection) poll(collection, poller, one.limit)
    }
  }
  const collection = settle()
  for (const poller of collection ? pollers : []) finish(collection, poller)
  return { pollers, entries: collection?.state.entries ?? [] }
}

describe('whoever polls', () => {
  const texts: readonly (readonly [string, (number: number, text: number) => PlainObject])[] = [
    ['with new versions', (number, text) => numbered(number, { modified: `202${text}-01-01T00:00:00.000Z` })],
    ['with other texts of the same version', (number, text) => numbered(number, { name: `${text}` })],
    ['with references to others', (number, text) => numbered(number, { name: `${text}`, x_ref: numbered(number % 3)['id'] })],
  ]
  it.each(['0', 'all'].flatMap((alias) => texts.map(([what, write]) => [alias, what, write] as const)))(
    'collection "%s" %s has every object as it is now in the end, whatever changed and restarted meanwhile', (alias, _what, write) => {
      assert(property(array(step, { maxLength: 40 }), (steps) => {
        const { pollers, entries } = live(steps, (all) => all.find((collection) => collection.alias === alias), write)
        const current = entries.filter(({ isLast }) => isLast).map(({ object }) => [object.id, new TextDecoder().decode(object.bytes)])
        for (const { got } of pollers) expect(current.map(([id = '']) => [id, got.get(id)])).toEqual(current)
      }), { numRuns: 300 })
    })

  it('gets each object once and in order, with any limit', () => {
    assert(property(nat(60), integer({ min: 1, max: 70 }), boolean(), (count, limit, usesNext) => {
      const [, single] = buildCollections([bundleFile('a', start, Array.from({ length: count }, (_, number) => numbered(number)))], start)
      if (!single) throw new Error('no collection')
      const poller: Poller = { usesNext, isCoarse: false, addedAfter: undefined, next: undefined, got: new Map() }
      const sizes: number[] = []
      let more = true
      while (more) {
        const before = poller.got.size
        more = poll(single, poller, limit)
        sizes.push(poller.got.size - before)
      }
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count)
      expect([...poller.got.keys()]).toEqual(single.state.entries.map(({ object }) => object.id))
      expect(sizes).toHaveLength(Math.max(1, Math.ceil(count / limit)))
    }))
  })
})
