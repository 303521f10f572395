import type { BundleFile } from './bundle-file.js'
import { isSameObject } from './is-same-object.js'
import { orderByReferences, type PlacedObject } from './order-by-references.js'
import type { StoredObject } from './stored-object.js'

/**
 * The objects of files, each version once: in the order of the bundle, and, where there are several, so that what an
 * object refers to comes before it. Of two texts of one version the one in the file that changed last counts. Depends on
 * nothing but the files.
 */
export function chooseObjects(files: readonly BundleFile[]): readonly StoredObject[] {
  const chosen = new Map<string, PlacedObject>()
  for (const [file, { objects }] of files.toSorted(compareFiles).entries()) {
    for (const [index, object] of objects.entries()) {
      const key = versionKey(object)
      const other = chosen.get(key)
      if (other && isSameObject(other.object, object)) continue
      // Deleted first: a map keeps the place of a key that it knows.
      chosen.delete(key)
      chosen.set(key, { object, file, index })
    }
  }
  const placed = [...chosen.values()]
  return files.length > 1 ? orderByReferences(placed) : placed.map(({ object }) => object)
}

/** What a version of an object is known by. */
export function versionKey({ id, version }: StoredObject): string {
  return `${version} ${id}`
}

function compareFiles(a: BundleFile, b: BundleFile): number {
  return a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1)
}
