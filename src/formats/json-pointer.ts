/** The steps of a JSON pointer (RFC 6901), unescaped; undefined when it is none. */
export function pointerSteps(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A step as it stands in a JSON pointer, with its slash. */
export function pointerStep(step: string | number): string {
  return typeof step === 'number' ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
