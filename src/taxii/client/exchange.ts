/** A request of the client. Headers (media types, credentials) are the affair of who sends it. */
export interface TaxiiRequest {
  readonly method: 'GET' | 'POST'
  readonly address: URL
  /** An envelope as JSON; POST only. */
  readonly body?: string
}

/** What a server answered. */
export interface TaxiiAnswer {
  readonly kind: 'answer'
  readonly status: number
  /** The header Content-Type; '' where there is none. */
  readonly mediaType: string
  /** The header Retry-After: seconds, or a date of HTTP. */
  readonly retryAfter?: string
  /** Whole, within the limit of who received it. */
  readonly body: Uint8Array
}

/** No answer, for reasons that may pass (the connection broke) or for good (a certificate). The problem follows "the server". */
export interface NoAnswer {
  readonly kind: 'broken' | 'refused'
  readonly problem: string
}

/** Sends one request once. Never rejects. The network is behind it: `createTaxiiExchange`, or a function of a test. */
export type Exchange = (request: TaxiiRequest) => Promise<TaxiiAnswer | NoAnswer>

/** The parts of the world that the client needs. */
export interface ClientSurroundings {
  readonly exchange: Exchange
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
}
