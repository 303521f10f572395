import type { AttackIndex } from '../../src/attack/attack-index.js'
import { createPick, type Pick } from '../support/mutate-document.js'
import { encodings, type FuzzDocument, render, type Rendered } from './fuzz-document.js'
import { type Mutated, mutateBytes, mutateFrame, mutateUnits } from './mutations.js'
import { compareEncodings, compareNeighbours, compareRoundTrip, type Flaw, type FuzzReader, type FuzzReading, readSafely } from './oracle.js'
import { shrinkList, shrinkTree } from './shrink.js'

/** A flaw with the document that shows it, shrunk. */
interface Finding extends Small {
  readonly seed: number
  /** The number of the run below the seed: both together make the document again. */
  readonly run: number
  readonly source: string
  readonly steps: readonly string[]
}

export interface FuzzOptions {
  readonly seed: number
  readonly read: FuzzReader
  /** For round trips; absent if nothing is to be written. */
  readonly attack?: AttackIndex
  /** Whether to go on after so many runs. */
  readonly isDone: (runs: number) => boolean
  readonly onFinding?: (finding: Finding) => void
}

export interface FuzzResult {
  readonly runs: number
  /** The first of each key. */
  readonly findings: readonly Finding[]
  /** How often each key was found. */
  readonly counts: ReadonlyMap<string, number>
}

/** Mutates documents and reads them until it is done. The same seed gives the same documents in the same order. */
export async function fuzz(documents: readonly FuzzDocument[], options: FuzzOptions): Promise<FuzzResult> {
  const originals = new Map<FuzzDocument, FuzzReading | undefined>()
  const findings: Finding[] = []
  const counts = new Map<string, number>()
  let runs = 0
  for (; !options.isDone(runs); runs += 1) {
    const pick = createPick(Math.imul(options.seed, 0x9e3779b1) + runs)
    const source = documents[pick(documents.length)]
    if (!source) continue
    if (!originals.has(source)) originals.set(source, (await readSafely(render(source), source, options.read)).reading)
    const found = await runOnce(source, pick, originals.get(source), options)
    if (!found) continue
    counts.set(found.flaw.key, (counts.get(found.flaw.key) ?? 0) + 1)
    if ((counts.get(found.flaw.key) ?? 0) > 1) continue
    const finding = { ...await found.shrink(), seed: options.seed, run: runs, source: source.name, steps: found.steps }
    findings.push(finding)
    options.onFinding?.(finding)
  }
  return { runs, findings, counts }
}

/** A flaw and its document, made smaller. */
interface Small extends Flaw {
  readonly file: Rendered
  /** The document before the mistakes, where the two are compared. */
  readonly before?: Rendered
}

/** A flaw, and how its document is made smaller. */
interface Found {
  readonly flaw: Flaw
  readonly steps: readonly string[]
  readonly shrink: () => Promise<Small>
}

async function runOnce(source: FuzzDocument, pick: Pick, original: FuzzReading | undefined, options: FuzzOptions): Promise<Found | undefined> {
  const action = pick(10)
  if (action === 0) return damageBytes(source, pick, options)
  const mutated: Mutated = action === 1 ? mutateFrame(source, pick)
    : action === 2 ? { document: source, contained: true, steps: [] } : mutateUnits(source, pick)
  const encoding = pick(3) === 0 ? encodings[pick(encodings.length)] : undefined
  const emitter = pick(8) === 0 ? (['json', 'yaml', 'csv'] as const)[pick(3)] : undefined

  // A slip is sought where it was made: rows that neither document needs are left out of both.
  const check = async (before: FuzzDocument, after: FuzzDocument, wasRead: FuzzReading | undefined): Promise<Flaw | undefined> => {
    const { flaw, reading } = await readSafely(render(after), after, options.read)
    if (flaw || !reading) return flaw
    if (mutated.contained && wasRead) {
      const changed = compareNeighbours({ document: before, reading: wasRead }, { document: after, reading })
      if (changed) return changed
    }
    const differs = encoding && await compareEncodings(after, reading, encoding, options.read)
    if (differs) return differs
    return emitter && options.attack && compareRoundTrip(render(after), requestOf(after), emitter, options.attack)
  }
  const flaw = await check(source, mutated.document, original)
  if (!flaw) return undefined
  const isSame = async (before: FuzzDocument, after: FuzzDocument): Promise<boolean> => {
    const { reading } = await readSafely(render(before), before, options.read)
    return (await check(before, after, reading))?.key === flaw.key
  }
  return { flaw, steps: [...mutated.steps, ...(encoding ? [`write as ${encoding}`] : [])], shrink: () => shrinkDocument(source, mutated.document, flaw, isSame) }
}

async function shrinkDocument(
  source: FuzzDocument, mutated: FuzzDocument, flaw: Flaw, isSame: (before: FuzzDocument, after: FuzzDocument) => Promise<boolean>,
): Promise<Small> {
  const ids = [...new Set([...source.units, ...mutated.units].map(({ id }) => id))]
  const kept = new Set(await shrinkList(ids, (some) => isSame(restrict(new Set(some), source), restrict(new Set(some), mutated))))
  let small = { before: restrict(kept, source), after: restrict(kept, mutated) }
  if (mutated.kind === 'tree') {
    const parts = await shrinkTree(partsOf(small), async (value) => {
      const { before, after } = withParts(small, value) ?? {}
      return before !== undefined && after !== undefined && isSame(before, after)
    })
    small = withParts(small, parts) ?? small
  }
  return { ...flaw, file: render(small.after), ...(flaw.kind === 'neighbour' && { before: render(small.before) }) }
}

/** A document before and after the mistakes. */
interface Pair {
  readonly before: FuzzDocument
  readonly after: FuzzDocument
}

/** What can be left out of a pair: what both have is there once, so that it is left out of both. */
function partsOf({ before, after }: Pair): unknown {
  const untouched = before.units.flatMap(({ id, value }) => (after.units.some((unit) => unit.id === id && !unit.touched) ? [[id, value]] : []))
  const values = (document: FuzzDocument) => Object.fromEntries(document.units.flatMap(({ value, touched, id }, index) => (
    touched || (document === before && !untouched.some(([own]) => own === id)) ? [[index, value]] : []
  )))
  return { untouched: Object.fromEntries(untouched), before: values(before), after: values(after) }
}

/** The pair with smaller values; undefined if a row is missing there. */
function withParts({ before, after }: Pair, parts: unknown): Pair | undefined {
  const untouched = membersOf(membersOf(parts)['untouched'])
  const restore = (document: FuzzDocument, name: string): FuzzDocument | undefined => {
    const own = membersOf(membersOf(parts)[name])
    const units = document.units.flatMap((unit, index) => {
      const [values, key] = String(index) in own ? [own, index] : [untouched, unit.id]
      return key in values && !(values === untouched && unit.touched) ? [{ ...unit, value: values[key] }] : []
    })
    return units.length === document.units.length ? { ...document, units } : undefined
  }
  const [left, right] = [restore(before, 'before'), restore(after, 'after')]
  return left && right && { before: left, after: right }
}

/** A document with some of its rows. */
function restrict(ids: ReadonlySet<number>, document: FuzzDocument): FuzzDocument {
  return { ...document, units: document.units.filter(({ id }) => ids.has(id)) }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

async function damageBytes(source: FuzzDocument, pick: Pick, { read }: FuzzOptions): Promise<Found | undefined> {
  const rendered = render(source, pick(4) === 0 ? encodings[pick(encodings.length)] : 'pretty')
  const file = { ...rendered, bytes: mutateBytes(rendered.bytes, pick) }
  const { flaw } = await readSafely(file, requestOf(source), read)
  if (!flaw) return undefined
  const join = (lines: readonly string[]): Rendered => ({ ...file, bytes: new Uint8Array(Buffer.from(lines.join(''), 'latin1')) })
  const shows = async (lines: readonly string[]): Promise<boolean> => (await readSafely(join(lines), requestOf(source), read)).flaw?.key === flaw.key
  return {
    flaw, steps: ['damage bytes'],
    shrink: async () => ({ ...flaw, file: join(await shrinkList(Buffer.from(file.bytes).toString('latin1').split(/(?<=\n)/), shows)) }),
  }
}

function requestOf({ from, statements }: FuzzDocument) {
  return { ...(from !== undefined && { from }), ...(statements && { statements }) }
}
