/** No excerpt of a page in a message is longer. */
const longest = 160

/** A line of a page, cut where it is too long for a message. */
export function shortenExcerpt(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
