import type { MappingSetDraft } from '../../model/create-mapping-set.js'

/** What is read of a layer. */
export type LayerDraft = Omit<MappingSetDraft, 'sources'>
