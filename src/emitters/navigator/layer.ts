import type { Gradient, LegendItem } from '../matrix/paint-scores.js'

/** A name and a value, both with text in them, or a line between entries. Layer format 4.5, "Metadata" and "Divider". */
export type MetadataItem = { readonly name: string; readonly value: string } | { readonly divider: true }

/** A labelled http(s) address, or a line between entries. Layer format 4.5, "Link". */
export type LinkItem = { readonly label: string; readonly url: string } | { readonly divider: true }

/** What is said of a technique, in every tactic it belongs to. Only `techniqueID` is there for a parent that is just opened. */
export interface LayerTechnique {
  readonly techniqueID: string
  readonly score?: number
  /** Instead of a score's colour. */
  readonly color?: string
  readonly comment?: string
  readonly metadata?: readonly MetadataItem[]
  readonly links?: readonly LinkItem[]
  readonly showSubtechniques?: true
}

/** An ATT&CK Navigator layer of format 4.5, as far as we write it. What is not stated is absent: Navigator hangs on nulls. */
export interface Layer {
  readonly name: string
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: '4.5' }
  readonly domain: `${'enterprise' | 'mobile' | 'ics'}-attack`
  readonly description: string
  readonly sorting: 3
  readonly layout: {
    readonly layout: 'side'
    readonly showID: boolean
    readonly showName: boolean
    readonly expandedSubtechniques: 'annotated'
  }
  readonly techniques: readonly LayerTechnique[]
  readonly gradient: Gradient
  readonly legendItems: readonly LegendItem[]
  readonly metadata: readonly MetadataItem[]
  readonly links: readonly LinkItem[]
}
