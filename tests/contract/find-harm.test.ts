import { describe, expect, it } from 'vitest'
import { findHarm } from './find-harm.js'

const page = (body: string): string => `<!doctype html><script type="application/json">{}</script>${body}<script>1</script>`

const svg = '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg">'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('what harm is', () => {
  it.each([
    ['a.json', '{"a":["\\ud800"]}', 'half a surrogate pair'],
    ['a.json', '{"a":', 'cannot be read'],
    ['a.yaml', 'a: "\\uD800"', 'half a surrogate pair'],
    ['a.csv', 'a,b\r\nx,=1+1\r\n', 'a formula'],
    ['a.html', page('<script>alert(1)</script>'), '3 scripts'],
    ['a.html', page('<b onclick="x">b</b>'), 'an attribute onclick'],
    ['a.html', page('<a href="javascript:x">b</a>'), 'a link to javascript:x'],
    ['a.html', page('<iframe></iframe>'), 'an element iframe'],
    ['a.md', '<b>bold</b>\n', 'a live <'],
    ['a.md', '- ![x](data:text/html,x)\n', 'a link to data:'],
    ['a.md', '| a |\n| --- |\n| b | c |\n', 'cells wide'],
    ['a.svg', `${svg}<a href="x"/></svg>`, 'an element a'],
    ['a.svg', '<svg>', 'cannot be read'],
    ['a.png', 'text', 'cannot be read'],
  ])('%s: %s', (name, text, harm) => {
    expect(findHarm(name, encode(text)).join('\n')).toContain(harm)
  })

  it('is nothing where all is well', () => {
    expect(findHarm('a.html', encode(page('<a href="#x">x</a><a href="https://example.org">y</a>')))).toEqual([])
    expect(findHarm('a.md', encode('# a\n\n| a |\n| --- |\n| b |\n'))).toEqual([])
  })
})
