/** Freezes a value with all that it holds, so that a write throws; maps throw when they are changed. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map) {
    for (const item of value.values()) freezeDeep(item)
    for (const method of ['set', 'delete', 'clear']) Object.defineProperty(value, method, { value: refuse, enumerable: false })
    return value
  }
  for (const item of Object.values(value)) freezeDeep(item)
  return Object.freeze(value)
}

function refuse(): never {
  throw new TypeError('The set was changed')
}
