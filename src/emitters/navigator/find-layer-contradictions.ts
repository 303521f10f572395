/** Where a layer says what Navigator will not take as meant, as a JSON pointer, and why. */
export interface LayerContradiction {
  readonly pointer: string
  readonly message: string
}

/**
 * What a schema cannot say of a layer or a list of layers: that a gradient rises, and that no technique stands twice for a
 * tactic (Navigator takes the last). To be asked about values that satisfy `navigator-layer`; of others it says little.
 */
export function findLayerContradictions(value: unknown): readonly LayerContradiction[] {
  if (!Array.isArray(value)) return checkLayer(value, '')
  return value.flatMap((layer: unknown, index) => checkLayer(layer, `/${index}`))
}

function checkLayer(layer: unknown, pointer: string): readonly LayerContradiction[] {
  return [
    ...checkGradient(field(layer, 'gradient'), `${pointer}/gradient`),
    ...checkTechniques(field(layer, 'techniques'), `${pointer}/techniques`),
  ]
}

function checkGradient(gradient: unknown, pointer: string): readonly LayerContradiction[] {
  const minValue = field(gradient, 'minValue')
  const maxValue = field(gradient, 'maxValue')
  if (typeof minValue !== 'number' || typeof maxValue !== 'number' || minValue < maxValue) return []
  return [{ pointer, message: `minValue ${minValue} is not below maxValue ${maxValue}: every cell takes the last colour` }]
}

function checkTechniques(techniques: unknown, pointer: string): readonly LayerContradiction[] {
  if (!Array.isArray(techniques)) return []
  const firsts = new Map<string, number>()
  return techniques.flatMap((technique: unknown, index) => {
    const key = JSON.stringify([field(technique, 'techniqueID'), field(technique, 'tactic')])
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, index)
    return first === undefined
      ? []
      : [{ pointer: `${pointer}/${index}`, message: `the technique already stands at ${pointer}/${first}; Navigator shows only the last` }]
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
