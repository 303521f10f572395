import type { Collection } from './collection.js'

/** A collection's resource (TAXII 2.1, section 5.2.1). */
export function describeCollection({ id, title, description, alias, mediaTypes }: Collection) {
  return {
    id, title,
    ...(description !== undefined && { description }),
    alias,
    can_read: true,
    can_write: false,
    ...(mediaTypes.length > 0 && { media_types: mediaTypes }),
  }
}
