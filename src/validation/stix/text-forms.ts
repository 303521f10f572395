const dottedQuad = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Whether a text is an IPv6 address (RFC 4291, section 2.2), with or without a prefix length. */
function isIpv6(text: string): boolean {
  if (text.length > 60) return false
  const [address = '', prefix, ...rest] = text.split('/')
  if (rest.length > 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= 128))) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const embedded = last !== undefined && dottedQuad.test(last) && last.split('.').every((part) => Number(part) < 256)
  if (embedded) groups.pop()
  const length = groups.length + (embedded ? 2 : 0)
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? length < 8 : length === 8)
}

const ipv4 = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}(?:\/(?:3[0-2]|[12]\d|\d))?$/

/** Forms of strings: a test, and a description with an example for messages. */
const forms = {
  'relationship type': {
    test: (text: string) => /^[a-z0-9-]+$/.test(text),
    like: 'lower-case letters, digits and hyphens, such as mitigates',
  },
  'selector': { test: isSelector, like: 'a path such as description or labels.[0]' },
  'mime type': {
    test: (text: string) => /^(?:application|audio|font|image|message|model|multipart|text|video)\/[a-zA-Z0-9.+_-]/.test(text),
    like: 'a media type such as text/plain',
  },
  'encoding': {
    test: (text: string) => /^[a-zA-Z0-9/.+_:-]{2,250}$/.test(text),
    like: 'a character encoding such as windows-1252',
  },
  'IPv4 address': { test: (text: string) => ipv4.test(text), like: 'an address or network such as 198.51.100.0/24' },
  'IPv6 address': { test: isIpv6, like: 'an address or network such as 2001:db8::/96' },
  'MAC address': {
    test: (text: string) => /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/.test(text),
    like: 'six lower-case hexadecimal pairs such as d2:fb:49:24:37:18',
  },
  'CPE': {
    test: (text: string) => text.startsWith('cpe:2.3:') && text.length < 2000,
    like: 'a CPE 2.3 name, which starts with cpe:2.3:',
  },
  'language': { test: (text: string) => /^[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*$/.test(text), like: 'a language code such as en' },
} as const

export type TextForm = keyof typeof forms

/** A form by its name; undefined for an unknown one. */
export function textForm(name: string): { readonly test: (text: string) => boolean; readonly like: string } | undefined {
  const all: Readonly<Record<string, { readonly test: (text: string) => boolean; readonly like: string }>> = forms
  return Object.hasOwn(all, name) ? all[name] : undefined
}

/** Tests selector syntax (STIX 2.1, section 7.2.3.1) step by step: a single expression would be slow on hostile texts. */
function isSelector(text: string): boolean {
  const [first = '', ...steps] = text.split('.')
  return (first === 'id' || /^[a-z0-9_-]{3,249}$/.test(first))
    && steps.every((step) => /^(?:\[\d+\]|[a-zA-Z0-9_-]{1,250})$/.test(step))
}

/** Whether a text is a URI (RFC 3986): it has a scheme, and no characters that must be escaped. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[\w\-.~:/?#@!$&'()*+,;=%[\]]*$/i.test(text)
    && !/%(?![0-9a-f]{2})/i.test(text)
    && text.indexOf('#') === text.lastIndexOf('#')
}
