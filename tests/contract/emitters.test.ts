import { describe } from 'vitest'
import type { Emitter, OptionValue } from '../../src/emitters/emitter.js'
import { emitters } from '../../src/emitters/registry.js'
import { emitterContract } from './emitter-contract.js'

const all: readonly Emitter[] = emitters

const options: Readonly<Record<string, Readonly<Record<string, OptionValue>>>> = {
  // As small as it may be: a large picture takes a second.
  png: { 'png-width': 320 },
}

describe.each(all.map((emitter) => [emitter.id, emitter] as const))('%s', (_id, emitter) => {
  emitterContract(emitter, options[emitter.id])
})
