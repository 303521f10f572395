// Compiles the mutants of a module into it, each behind a switch: `is(7) ? a <= b : a < b`. Types are left as they are: whoever loads the
// result strips them.
import { parseSync } from 'rolldown/utils'

/** Texts for people: tests need not assert them to the letter. */
const proseKeys = new Set(['message', 'hint', 'expected', 'found', 'reason', 'title', 'description'])

const swapped = {
  __proto__: null,
  '===': ['!=='], '!==': ['==='], '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'],
  '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'],
  '&&': ['||'], '||': ['&&'], '??': ['&&'], '+=': ['-='], '-=': ['+='],
}
const swappedMethods = {
  __proto__: null,
  some: 'every', every: 'some', startsWith: 'endsWith', endsWith: 'startsWith', min: 'max', max: 'min', toLowerCase: 'toUpperCase', toUpperCase: 'toLowerCase',
}
const droppedMethods = new Set(['filter', 'slice', 'toSorted', 'toReversed', 'trim', 'trimEnd', 'trimStart', 'replace', 'replaceAll'])

/** The module with its mutants, numbered from `first`; each has its place and what it changes. Only code in functions is mutated. */
export function instrument(source, file, first) {
  const { program } = parseSync(file, source)
  const mutants = []
  const root = { children: [] }
  visit(program, root, { inFunction: false })
  const code = `const { is: __is, tick: __tick } = globalThis.__mutants;${print(0, source.length, root.children)}`
  return { code, mutants }

  function visit(node, parent, context) {
    if (!node || typeof node.type !== 'string') return
    if (node.type.startsWith('TS')) {
      if (node.expression && /^TS(?:As|Satisfies|NonNull)/.test(node.type)) visit(node.expression, parent, context)
      return
    }
    if (/^(?:Import|Export(?:All|Named))/.test(node.type) && node.source) return
    const wrap = context.inFunction ? mutate(node, context) : undefined
    let into = parent
    if (wrap) {
      into = { ...wrap, start: node.start, end: node.end, children: [] }
      parent.children.push(into)
    }
    for (const [key, child] of Object.entries(node)) {
      for (const one of Array.isArray(child) ? child : [child]) {
        if (!one || typeof one.type !== 'string' || (key === 'key' && !node.computed)) continue
        const below = { inFunction: context.inFunction, prose: context.prose && node.type !== 'CallExpression' }
        if (/Function/.test(node.type)) below.inFunction = key === 'body'
        if (node.type === 'Property') below.prose = proseKeys.has(node.key.name)
        if (node.type === 'NewExpression') below.prose = true
        // What is optional ends the whole chain: its links cannot be put in brackets.
        if (node.type === 'ChainExpression') below.link = true
        if (context.link && (key === 'object' || key === 'callee')) below.link = true
        if (node.type === 'CallExpression' && key === 'callee') below.isCallee = true
        if (key === 'test' && /^(?:If|While|DoWhile|For)Statement$|^ConditionalExpression$/.test(node.type)) below.isTest = node.type
        if (/^(?:Assignment|Update)/.test(node.type) && (key === 'left' || key === 'argument')) continue
        // A template with a tag is no text of its own: the tag must stay before it.
        if (key === 'quasi') below.isTagged = true
        if (node.type === 'SwitchCase' && key === 'test') continue
        let target = into
        if (key === 'body' && /^(?:For|While|DoWhile)/.test(node.type) && one.type !== 'BlockStatement') {
          target = { start: one.start, end: one.end, children: [], print: (inner) => `{ __tick(); ${inner} }` }
          into.children.push(target)
        }
        visit(one, target, below)
      }
    }
    // A mutant may loop without end: each round and each call may stop it.
    const isLoop = /^(?:For|While|DoWhile)/.test(node.type)
    if (node.body?.type === 'BlockStatement' && (isLoop || (context.inFunction && /Function/.test(node.type)))) {
      into.children.push({ start: node.body.start, end: node.body.start + 1, children: [], print: () => '{ __tick();' })
      into.children.sort((a, b) => a.start - b.start)
    }
  }

  /** How a node is printed with its mutants; undefined if it has none. */
  function mutate(node, context) {
    const text = source.slice(node.start, node.end)
    const part = (child) => source.slice(child.start, child.end)
    if (node.type === 'ExpressionStatement') {
      const id = add(node, 'statement', text, '')
      return { print: (inner) => `{ if (!__is(${id})) { ${inner} } }` }
    }
    const changes = []
    if (context.isTest) {
      changes.push(['condition', 'false'])
      if (context.isTest === 'IfStatement' || context.isTest === 'ConditionalExpression') changes.push(['condition', 'true'])
    }
    switch (node.type) {
      case 'BinaryExpression': case 'LogicalExpression': case 'AssignmentExpression': {
        const isText = node.operator === '+' && [node.left, node.right].some((side) => /Template|Literal/.test(side.type) && typeof side.value !== 'number')
        if (isText) break
        for (const operator of swapped[node.operator] ?? []) {
          const isAssignment = node.type === 'AssignmentExpression'
          changes.push([node.operator, isAssignment ? `${part(node.left)} ${operator} ${part(node.right)}` : `(${part(node.left)}) ${operator} (${part(node.right)})`])
        }
        break
      }
      case 'UnaryExpression':
        if (node.operator === '!' || node.operator === '-') changes.push([node.operator, part(node.argument)])
        break
      case 'Literal':
        if (typeof node.value === 'boolean') changes.push(['boolean', String(!node.value)])
        else if (typeof node.value === 'string' && !context.prose) changes.push(['string', node.value === '' ? "'mutant'" : "''"])
        break
      case 'TemplateLiteral':
        if (!context.prose && !context.isTagged) changes.push(['template', '``'])
        break
      case 'ArrayExpression':
        if (node.elements.length > 0) changes.push(['list', '[]'])
        break
      case 'ChainExpression': {
        const optional = findOptional(node.expression)
        if (optional !== undefined) changes.push(['?.', source.slice(node.start, optional) + source.slice(optional).slice(0, node.end - optional).replace(/^\?\.(?=[[(])|^\?(?=\.)/, '')])
        break
      }
      case 'CallExpression': {
        const { callee } = node
        if (context.link || callee.type !== 'MemberExpression' || callee.computed || callee.object.type === 'Super') break
        const name = callee.property.name
        if (swappedMethods[name]) changes.push([name, part(callee.object) + source.slice(callee.object.end, callee.property.start) + swappedMethods[name] + source.slice(callee.property.end, node.end)])
        if (droppedMethods.has(name)) changes.push([name, part(callee.object)])
        break
      }
      case 'ArrowFunctionExpression':
        if (node.expression && !node.async && node.body.type !== 'Literal') return undefined
        break
      default:
    }
    if (changes.length === 0) return undefined
    const switches = changes.map(([kind, to]) => `__is(${add(node, kind, text, to)}) ? (${to}) : `)
    return { print: (inner) => `(${switches.join('')}${inner})` }
  }

  function add(node, kind, from, to) {
    const id = first + mutants.length
    const line = source.slice(0, node.start).split('\n').length
    mutants.push({ id, file, line, offset: node.start, kind, from, to })
    return id
  }

  function print(start, end, children) {
    let text = ''
    let at = start
    for (const child of children) {
      text += source.slice(at, child.start) + child.print(print(child.start, child.end, child.children))
      at = child.end
    }
    return text + source.slice(at, end)
  }
}

/** Where the last `?.` of a chain is. */
function findOptional(node) {
  if (node.optional) return node.object ? node.object.end : node.callee.end
  const next = node.object ?? node.callee
  return next && /^(?:Member|Call)/.test(next.type) ? findOptional(next) : undefined
}
