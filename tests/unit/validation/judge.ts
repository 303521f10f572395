import { createMemoryWorld } from '../../../src/memory-world.js'
import { validate } from '../../../src/validate.js'

/** The kind of a file, and `code pointer` for each diagnostic. */
interface Judgement {
  readonly kind: string | undefined
  readonly found: readonly string[]
}

/** What validation says of a text. */
export async function judge(text: string, name = 'file.json'): Promise<Judgement> {
  const { files } = await validate({ inputs: [name] }, createMemoryWorld({ [name]: text }))
  const [verdict] = files
  return {
    kind: verdict?.kind,
    found: (verdict?.diagnostics ?? []).map(({ code, origin }) => {
      const place = origin?.place
      return place?.kind === 'pointer' ? `${code} ${place.pointer}` : code
    }),
  }
}

/** What validation says of a value, as JSON. */
export function judgeValue(value: unknown): Promise<Judgement> {
  return judge(JSON.stringify(value))
}
