import { readFileSync } from 'node:fs'
import { shared } from './shared.js'

/** A row of a published mapping file, as far as comparisons with older files need it. */
export interface UnifiedRow {
  readonly capability_id: string
  readonly capability_description: string
  readonly capability_group: string
  readonly attack_object_id: string | null
  readonly attack_object_name: string
  readonly score_category?: string
  readonly score_value?: string
  readonly related_score?: string
  readonly status?: string
  readonly comments: string
  readonly references: readonly string[]
}

/** The rows of a published mapping file, read without our parsers. Only to be called where `sharedFolder` is defined. */
export function readUnified(name: string): readonly UnifiedRow[] {
  const text = readFileSync(shared(`mappings/${name}`), 'utf8')
  const { mapping_objects: rows }: { mapping_objects: readonly UnifiedRow[] } = JSON.parse(text)
  return rows
}
