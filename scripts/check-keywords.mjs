// Keywords of the checks that only say yes or no: they accept what Ajv's own do, in less time. They say less about what is invalid.
import { _, stringify } from 'ajv'
import ajvAdditionalPropertiesModule from 'ajv/dist/vocabularies/applicator/additionalProperties.js'
import { usePattern } from 'ajv/dist/vocabularies/code.js'
import ajvFormatModule from 'ajv/dist/vocabularies/format/format.js'
import ajvUniqueItemsModule from 'ajv/dist/vocabularies/validation/uniqueItems.js'

const ajvAdditionalProperties = ajvAdditionalPropertiesModule.default
const ajvFormat = ajvFormatModule.default
const ajvUniqueItems = ajvUniqueItemsModule.default

/** Texts are counted in a Set: as names of an object's properties, which is Ajv's way, V8 keeps a copy of each until it collects old objects. */
const uniqueItems = {
  ...ajvUniqueItems,
  code(context) {
    const { data, schema, parentSchema } = context
    if (schema !== true || parentSchema.items?.type !== 'string') return ajvUniqueItems.code(context)
    // A check does not say which two are equal.
    context.setParams({ i: _`0`, j: _`0` })
    context.fail(_`new Set(${data}).size < ${data}.length`)
  },
}

/** Each place of a pattern remembers the last text that matched: most rows and objects repeat those of the one before. */
const pattern = {
  keyword: 'pattern',
  type: 'string',
  schemaType: 'string',
  code(context) {
    const { gen, data, schema } = context
    // The generator takes a name for constants only if it begins like one of its own.
    const last = gen.scopeValue('keyword', { key: {}, ref: { text: undefined }, code: _`{text:undefined}` })
    context.fail(_`${data} !== ${last}.text && !(${usePattern(context, schema)}.test(${data}) && ((${last}.text = ${data}), true))`)
  },
}

/** What all URIs of a usual document are like. The pattern of all URIs has IP addresses of version 6, and takes milliseconds to compile. */
const usualUri = '^https://[a-z0-9.-]+(?:/[A-Za-z0-9_.~-]*)*$'

const format = {
  ...ajvFormat,
  code(context, type) {
    const { gen, data, schema, it } = context
    if (schema !== 'uri') return ajvFormat.code(context, type)
    const isUri = gen.scopeValue('formats', { key: schema, ref: it.self.formats[schema], code: _`${it.opts.code.formats}[${schema}]` })
    context.fail(_`!${usePattern(context, usualUri)}.test(${data}) && !${isUri}(${data})`)
  },
}

/**
 * Looking a name up takes a fraction of Ajv's way, which asks an object of all properties whether it has its own; and most objects have theirs in
 * the schema's order, so that mostly the name after the last one is enough.
 */
const additionalProperties = {
  ...ajvAdditionalProperties,
  code(context) {
    const { gen, data, schema, parentSchema, errsCount, it } = context
    const { properties, patternProperties } = parentSchema
    if (schema !== false || properties === undefined || patternProperties) return ajvAdditionalProperties.code(context)
    const names = Object.keys(properties)
    it.props = true
    // After the last name is none.
    const list = gen.scopeValue('keyword', { key: properties, ref: [...names, null], code: stringify([...names, null]) })
    const after = names.map((name, index) => [name, index + 1])
    const nextOf = gen.scopeValue('keyword', { key: names, ref: new Map(after), code: _`new Map(${stringify(after)})` })
    const next = gen.let('next', 0)
    gen.forIn('key', data, (key) => gen.if(_`${key} === ${list}[${next}]`, _`${next}++`, () => {
      gen.assign(next, _`${nextOf}.get(${key})`)
      gen.if(_`${next} === undefined`, () => {
        context.setParams({ additionalProperty: key })
        context.error()
        gen.break()
      })
    }))
    context.ok(_`${errsCount} === errors`)
  },
}

/**
 * Replaces the keywords of an Ajv that compiles checks. Errors are empty objects: V8 optimises the code that makes them too, though none is ever
 * made, which is most of the time that it takes for a check.
 */
export function useCheckKeywords(ajv) {
  for (const definition of [uniqueItems, pattern, format, additionalProperties]) ajv.removeKeyword(definition.keyword).addKeyword(definition)
  for (const { definition } of Object.values(ajv.RULES.all).filter((rule) => rule.definition?.code)) {
    const { code } = definition
    definition.code = (context, type) => {
      context.it.createErrors = false
      code(context, type)
    }
  }
}
