import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { Artifact, Emitter } from '../../src/emitters/emitter.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'

/** What an emitter made of a set, and what it said. */
export interface Outcome {
  readonly artifacts: readonly Artifact[]
  readonly bytes: readonly Uint8Array[]
  readonly said: readonly Diagnostic[]
}

/** What is wrong with artifacts and diagnostics, whatever their format; nothing if all is well. */
export async function findFlaws(emitter: Emitter, { artifacts, said }: Outcome): Promise<readonly string[]> {
  const names = artifacts.map(({ name }) => name)
  const flaws = names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two artifacts are named ${name}`)
  for (const artifact of artifacts) flaws.push(...(await checkArtifact(emitter, artifact)))
  return [...flaws, ...said.flatMap(checkDiagnostic)]
}

async function checkArtifact(emitter: Emitter, { name, emitter: maker, schema, value, counts }: Artifact): Promise<readonly string[]> {
  const errors = await schemaErrors(schema, value)
  const isOfBaseName = /^aws-12\.12\.2024_attack-16\.1-enterprise[\w.-]*$/.test(name)
  return [
    ...errors.map(({ instancePath, message }) => `${name} is not valid: ${instancePath} ${message ?? ''}`),
    ...(maker === emitter.id ? [] : [`${name} says that ${maker} made it`]),
    ...(isOfBaseName && name.includes(emitter.extension) ? [] : [`${name} is not the base name with ${emitter.extension}`]),
    ...Object.entries(counts).filter(([, count]) => !Number.isSafeInteger(count) || count < 0).map(([what]) => `${name} miscounts ${what}`),
  ]
}

function checkDiagnostic({ code, message, count = 1 }: Diagnostic): readonly string[] {
  return code.startsWith('emit/') && message.trim() !== '' && count > 0 ? [] : [`${code} (${count}) is none of an emitter's: ${message}`]
}
