/** A name for comparing: letter case, white space, kinds of quotes and dashes, and Unicode forms make no difference. */
export function normaliseName(name: string): string {
  return name
    .replaceAll(/[\u2018\u2019\u201A\u201B\u2032`\u00B4]/g, "'")
    .replaceAll(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?: ?/g, ': ')
    .trim()
    .toLowerCase()
}
