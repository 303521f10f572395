/** A count with its thousands parted, the same in every locale: "5,312". */
export function writeCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** A part of a whole in per cent: "12%". Never 0% of something nor 100% of less than all. */
export function writeShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = Math.round((part / whole) * 100)
  return `${part === 0 || part === whole ? percent : Math.min(99, Math.max(1, percent))}%`
}
