/** Orders release numbers by their parts as numbers: 8.2 before 10.0 before 10.1. */
export function compareVersions(left: string, right: string): number {
  const leftParts = left.split('.')
  const rightParts = right.split('.')
  const length = Math.max(leftParts.length, rightParts.length)
  for (let part = 0; part < length; part += 1) {
    const difference = Number(leftParts[part] ?? 0) - Number(rightParts[part] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
