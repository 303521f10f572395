import { createMemoryHost } from '../../../src/pipeline/host.js'
import { validate } from '../../../src/pipeline/validate.js'

/** The kind of a file, and `code pointer` for each diagnostic. */
interface Findings {
  readonly kind: string | undefined
  readonly found: readonly string[]
}

/** What validation says of a text. */
export async function validateFile(text: string, name = 'file.json'): Promise<Findings> {
  const { files } = await validate({ inputs: [name] }, createMemoryHost({ [name]: text }))
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
export function validateValue(value: unknown): Promise<Findings> {
  return validateFile(JSON.stringify(value))
}
