/** Whether a mapping type says that there is no mapping. */
export function isNonMappable(relation: string | undefined): boolean {
  return relation !== undefined && /^non[-_ ]?mappable$/i.test(relation)
}
