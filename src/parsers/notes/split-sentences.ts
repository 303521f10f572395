/** A sentence's place in a text. */
export interface Sentence {
  readonly start: number
  readonly end: number
}

/** A mark that may end a sentence, with the quotes and brackets behind it. */
const ending = /[.!?…]["'”’)\]*_`]*(?=\s)/g

/** What a full stop behind it does not end. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|incl|approx|resp|fig|sec|no|nr|ca|al|viz|pp?|dept|inc|corp|ltd|mr|dr)$/i

/** Parts a paragraph into sentences: at marks behind which a space and no small letter stands. */
export function splitSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (const { 0: marks, index } of text.matchAll(ending)) {
    const end = index + marks.length
    const isEnd = marks.length > 1 || !abbreviation.test(text.slice(Math.max(0, index - 8), index))
    if (!isEnd || /^\s{1,3}\p{Ll}/u.test(text.slice(end, end + 5))) continue
    sentences.push({ start, end })
    start = end
  }
  if (start < text.length) sentences.push({ start, end: text.length })
  return sentences
}
