import { createMemoryWorld } from '../../../src/memory-world.js'
import { validate } from '../../../src/validate.js'

/** What validation says of a text: its kind, and `code pointer` for each diagnostic. */
export async function judge(text: string, name = 'file.json'): Promise<{ readonly kind: string | undefined; readonly found: readonly string[] }> {
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
export function judgeValue(value: unknown): ReturnType<typeof judge> {
  return judge(JSON.stringify(value))
}
