/** Whether a text is a URI (RFC 3986): a scheme, and none of the characters that have to be escaped. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[\w\-.~:/?#@!$&'()*+,;=%[\]]*$/i.test(text)
    && !/%(?![0-9a-f]{2})/i.test(text)
    && text.indexOf('#') === text.lastIndexOf('#')
}
