/** "Technique Scores", "technique_scores" and "related-to", "related_to" are one name each. */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The same words, whatever the white space between them. */
export function foldSpace(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
