/** A number for people, rounded to so many digits after the point: 0.5 with three digits is "0.500". */
export function formatNumber(value: number, digits = 0): string {
  return value.toFixed(digits)
}
