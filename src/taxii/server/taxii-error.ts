import { taxiiMediaType } from '../taxii-media-type.js'

/** What went wrong (TAXII 2.1, section 3.6.1). */
export interface TaxiiError {
  readonly status: 400 | 401 | 403 | 404 | 405 | 406 | 413 | 421 | 500
  readonly title: string
  readonly description: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The answer that says so. */
export function respondError({ status, title, description, headers = {} }: TaxiiError): Response {
  const body = JSON.stringify({ title, description, http_status: String(status) })
  return new Response(body, { status, headers: { 'Content-Type': taxiiMediaType, ...headers } })
}
