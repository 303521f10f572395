import type { OptionSpec } from '../emitters/emitter.js'
import { create } from '../emitters/html/browser/elements.js'
import type { Choices, Format, Registry } from './messages.js'

/** The forms of formats and settings, and what is chosen in them. */
export interface ChoicesForm {
  readonly formats: HTMLElement
  readonly settings: HTMLElement
  readonly read: () => Choices
}

/** The formats that the command line writes by default. */
const usual: ReadonlySet<string> = new Set(['stix', 'navigator', 'csv', 'xlsx', 'html'])

/** An input or a choice with its value: undefined if it is left as it is. */
interface Field<Value> {
  readonly element: HTMLElement
  readonly value: () => Value | undefined
}

/** Builds the forms from the registries. `change` is called when the set of formats changes. */
export function createChoicesForm(registry: Registry, change: () => void): ChoicesForm {
  const formats = registry.formats.map((format) => createFormat(format, change))
  const statements = createStatements(registry)
  const boxes = create('ul', { class: 'formats' }, ...formats.map(({ box }) => create('li', {}, box)))
  const options = formats.flatMap((format) => format.options)
  const settings = create('div', { class: 'settings' },
    create('fieldset', {}, create('legend', {}, 'What the documents do not say'), ...statements.elements),
    ...options)
  return {
    formats: boxes,
    settings,
    read: () => ({
      ...statements.read(),
      emitters: Object.fromEntries(formats.filter(({ isChosen }) => isChosen()).map(({ id, values }) => [id, values()])),
    }),
  }
}

function createFormat({ id, title, extension, loses, options }: Format, change: () => void) {
  const input = create('input', { type: 'checkbox', change, ...(usual.has(id) && { checked: '' }) })
  const box = create('label', { title: `${extension}. Not in it: ${loses}` }, input, create('span', {}, title))
  const fields = options.map((option) => [option.name, createOption(option)] as const)
  const about = create('p', { class: 'about' }, `${extension}. Not in it: ${loses}`)
  const group = [create('fieldset', {}, create('legend', {}, title), about, ...fields.map(([, { element }]) => element))]
  return {
    id, box, options: group,
    isChosen: () => input.checked,
    values: () => Object.fromEntries(fields.flatMap(([name, { value }]) => {
      const chosen = value()
      return chosen === undefined ? [] : [[name, chosen] as const]
    })),
  }
}

function createOption({ name, ...spec }: Format['options'][number]): Field<string | number | boolean> {
  const label = (input: HTMLElement): HTMLElement =>
    create('label', {}, create('span', { class: 'name' }, name), input, create('span', { class: 'about' }, spec.description))
  return createInput(spec, label)
}

function createInput(spec: OptionSpec, label: (input: HTMLElement) => HTMLElement): Field<string | number | boolean> {
  if (spec.kind === 'choice') {
    const select = create('select', {}, ...spec.values.map((value) => create('option', { value, ...(value === spec.default && { selected: '' }) }, value)))
    return { element: label(select), value: () => (select.value === spec.default ? undefined : select.value) }
  }
  if (spec.kind === 'boolean') {
    const input = create('input', { type: 'checkbox', ...(spec.default && { checked: '' }) })
    return { element: label(input), value: () => (input.checked === spec.default ? undefined : input.checked) }
  }
  const input = create('input', {
    type: 'number', value: String(spec.default),
    ...(spec.min !== undefined && { min: String(spec.min) }), ...(spec.max !== undefined && { max: String(spec.max) }),
  })
  return { element: label(input), value: () => (input.value === '' || input.valueAsNumber === spec.default ? undefined : input.valueAsNumber) }
}

function textField(name: string, label: string, about: string, type = 'text'): Field<string> {
  const input = create('input', { type, name, autocomplete: 'off', spellcheck: 'false' })
  return { element: describe(label, input, about), value: () => (input.value.trim() === '' ? undefined : input.value.trim()) }
}

function choiceField(name: string, label: string, values: readonly (readonly [value: string, text: string])[], about: string): Field<string> {
  const options = values.map(([value, text]) => create('option', { value }, text))
  const select = create('select', { name }, create('option', { value: '' }, 'as detected'), ...options)
  return { element: describe(label, select, about), value: () => (select.value === '' ? undefined : select.value) }
}

function flagField(label: string, about: string, checked: boolean): Field<boolean> {
  const input = create('input', { type: 'checkbox', ...(checked && { checked: '' }) })
  return { element: describe(label, input, about), value: () => input.checked }
}

/** The fields of statements: what the user knows and the documents do not state. */
function createStatements({ parsers, releases }: Registry) {
  const versions = [...new Set(releases.map(({ version }) => version))].toReversed()
  const framework = textField('framework', 'Framework', 'the id of what is mapped: aws, nist_800_53')
  const frameworkVersion = textField('framework-version', 'Framework version', 'such as rev5')
  const attackVersion = choiceField('attack-version', 'ATT&CK release', versions.map((one) => [one, one]), 'which the technique ids are of')
  const domain = choiceField('domain', 'Domain', [['enterprise', 'Enterprise'], ['mobile', 'Mobile'], ['ics', 'ICS']], 'the matrix of ATT&CK')
  const created = textField('created', 'Date', 'of sets whose documents state none', 'date')
  const from = choiceField('from', 'Read as', parsers.map(({ id, title }) => [id, title]), 'the format of all documents')
  const fillDown = flagField('A blank cell means "as above"', 'in tables', false)
  const limits = textField('limits', 'Limits', 'other than usual, as an error names them: rows=200000')
  const combine = flagField('Also all sets together', 'one report, workbook… of all documents', true)
  return {
    elements: [framework, frameworkVersion, attackVersion, domain, created, from, fillDown, combine, limits].map(({ element }) => element),
    read: (): Omit<Choices, 'emitters'> => {
      const [date, parser, most] = [created.value(), from.value(), limits.value()]
      const stated = {
        framework: framework.value(), frameworkVersion: frameworkVersion.value(), attackVersion: attackVersion.value(), domain: domain.value(),
      }
      return {
        statements: { ...withoutBlanks(stated), ...(fillDown.value() === true && { fillDown: true }) },
        combine: combine.value() === true,
        ...(date !== undefined && { created: date }), ...(parser !== undefined && { from: parser }), ...(most !== undefined && { limits: most }),
      }
    },
  }
}

function describe(label: string, input: HTMLElement, about: string): HTMLElement {
  return create('label', {}, create('span', { class: 'name' }, label), input, create('span', { class: 'about' }, about))
}

function withoutBlanks(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}
