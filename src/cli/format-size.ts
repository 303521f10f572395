/** A size in bytes for people: "812 B", "1.2 kB", "34 MB" (powers of 1000). */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let size = bytes
  for (const unit of ['kB', 'MB', 'GB']) {
    size /= 1000
    if (size < 999.5 || unit === 'GB') return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`
  }
  return `${bytes} B`
}
