/** Text as it is compared when it is searched: capitals and small letters alike, without accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
