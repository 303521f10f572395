import { compareText } from '../model/text.js'
import type { KnownCapabilityData } from './known-capabilities.js'

/** The ids and names in one source. */
export interface CapabilitySource {
  readonly framework: string
  readonly capabilities: readonly { readonly id: string, readonly name?: string }[]
  readonly groups: readonly { readonly id: string, readonly name: string }[]
}

/** Frameworks whose "names" are sentences: only their ids are kept. */
const SENTENCES = new Set(['veris', 'cri_profile'])

/** Longer texts are sentences, not names. */
const LONGEST_NAME = 120

/**
 * Compiles ids and names from many sources: every id of a framework once (ids that differ only in case are one), with its most
 * frequent name. Sorted by code unit, so that the same sources result in the same data.
 */
export function compileKnownCapabilities(sources: readonly CapabilitySource[]): KnownCapabilityData {
  const frameworks = [...new Set(sources.map((source) => source.framework))].toSorted(compareText)
  return Object.fromEntries(frameworks.map((framework) => {
    const own = sources.filter((source) => source.framework === framework)
    return [framework, { capabilities: compileCapabilities(framework, own), groups: compileGroups(own) }]
  }))
}

function compileCapabilities(framework: string, sources: readonly CapabilitySource[]): Record<string, string | null> {
  const spellings = new Map<string, string>()
  const names = new Map<string, Map<string, number>>()
  for (const { id: raw, name: rawName } of sources.flatMap((source) => source.capabilities)) {
    const id = tidy(raw)
    if (id === '') continue
    const key = id.toLowerCase()
    const spelling = spellings.get(key)
    if (spelling === undefined || compareText(spelling, id) < 0) spellings.set(key, id)
    const name = tidy(rawName ?? '')
    if (name === '' || name.length > LONGEST_NAME || SENTENCES.has(framework)) continue
    const counts = names.get(key) ?? new Map<string, number>()
    names.set(key, counts.set(name, (counts.get(name) ?? 0) + 1))
  }
  return sortedRecord([...spellings].map(([key, id]) => [id, mostFrequent(names.get(key))]))
}

function compileGroups(sources: readonly CapabilitySource[]): Record<string, string> {
  const groups = new Map<string, string>()
  for (const { id, name } of sources.flatMap((source) => source.groups)) {
    if (tidy(id) !== '' && !groups.has(tidy(id))) groups.set(tidy(id), tidy(name))
  }
  return sortedRecord([...groups])
}

function mostFrequent(counts: ReadonlyMap<string, number> | undefined): string | null {
  const best = [...(counts ?? [])].toSorted(([a, countA], [b, countB]) => countB - countA || compareText(a, b))[0]
  return best?.[0] ?? null
}

function sortedRecord<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => compareText(a, b)))
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
