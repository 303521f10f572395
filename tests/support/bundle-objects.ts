import type { Bundle, Relationship, StixObject } from '../../src/emitters/stix/stix-object.js'

/** The objects of a type, in the order of the bundle. */
export function objectsOf<Type extends StixObject['type']>(
  bundle: Bundle,
  type: Type,
): readonly (StixObject & { readonly type: Type })[] {
  return bundle.objects.filter((object): object is StixObject & { readonly type: Type } => object.type === type)
}

/** How many mapping rows a relationship carries. */
export function rowCount({ extensions }: Relationship): number {
  return Object.values(extensions ?? {}).reduce((sum, extension) => sum + ('rows' in extension ? extension.rows.length : 0), 0)
}

/** The type that an id tells. */
export function typeOf(id: string): string {
  return id.slice(0, id.indexOf('--'))
}
