import { isObject } from '../../formats/decoded.js'
import { stated } from '../../model/stated.js'
import { describeValue } from '../reading/file-reader.js'
import { listOf, readField } from '../reading/read-text.js'
import { readRuleText, readTechniqueList, type Rule, type RuleSource } from './rule-rows.js'

/**
 * A file of Atomic Red Team: tests of one technique. Each test is a capability; without a GUID its id is the technique's with the number of
 * the test, as Atomic Red Team counts them ("T1003-2").
 */
export function readAtomic({ value, pointer, reader }: RuleSource): readonly Rule[] {
  const named = readTechniqueList(value.attack_technique, `${pointer}/attack_technique`, reader)
  const [only, ...others] = named
  const name = only && others.length === 0 ? readField(value, 'display_name', pointer, '', reader) : undefined
  const tests = listOf(value.atomic_tests, `${pointer}/atomic_tests`, 'a list of tests', reader)
  if (tests.length === 0) reader.count('parse/unreadable-row', 'a technique without tests', pointer)
  return tests.flatMap((test, index): readonly Rule[] => {
    const at = `${pointer}/atomic_tests/${index}`
    if (!isObject(test)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(test), expected: 'a test with a name' })
      return []
    }
    const text = readRuleText({ value: test, pointer: at, reader }, { id: 'auto_generated_guid', name: 'name' })
    const hasId = readField(test, 'auto_generated_guid', at, '', reader) !== undefined
    const id = hasId || !only ? text.id : `${only.id}-${index + 1}`
    const techniques = named.map((technique) => ({ ...technique, pointer: at, ...stated({ name }) }))
    return [{ ...text, ...stated({ id }), techniques }]
  })
}
