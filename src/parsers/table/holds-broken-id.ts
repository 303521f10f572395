const whole = /^T\d{4}(?:[./]\d{3})?[./]{0,2}$/i
const candidates = /(?<![\p{L}\p{N}])T\d{3}[\d./]*/giu

/** Whether a text holds what was meant for a technique's id and is none: "T1059.1", "T105", "T1059.001/002". */
export function holdsBrokenId(text: string): boolean {
  return Array.from(text.matchAll(candidates)).some(([candidate]) => !whole.test(candidate))
}
