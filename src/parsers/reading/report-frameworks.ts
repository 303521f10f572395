import type { Report } from '../../diagnostics/diagnostic.js'
import type { Detection, FrameworkGuess } from '../../frameworks/detect-frameworks.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'

/** Reports each framework that was detected from capability ids, with the share of ids that shows it, at its first row. */
export function reportGuesses({ guesses }: Detection, originOf: (framework: string) => Origin | undefined, report: Report): void {
  for (const guess of guesses) {
    report('parse/guessed-framework', {
      message: `${describeShare(guess)}: the framework was taken from that`,
      ...stated({ origin: originOf(guess.framework.id) }),
      found: guess.framework.id,
      hint: 'If it is another framework, name it with --framework.',
    })
  }
}

/** Reports rows whose framework is unknown: once for a document, and where a few ids look like those of a framework, that too. */
export function reportUnknownFramework(
  count: number, { refused }: Partial<Detection>, origin: Origin | undefined, report: Report,
): void {
  report('parse/unknown-framework', {
    ...stated({ origin, found: refused && `${describeShare(refused)}: too few to be evidence` }),
    count,
    hint: 'Name the framework: --framework nist_800_53, or a name of your own. --framework applies to all rows that state none.',
  })
}

function describeShare({ framework, ids, of }: FrameworkGuess): string {
  return of === 1 ? `The only capability id is an id of ${framework.name}` : `${ids} of ${of} capability ids are ids of ${framework.name}`
}
