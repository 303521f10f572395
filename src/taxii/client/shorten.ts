const most = 300

/** What a server says, no longer than a person reads. */
export function shorten(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`
}
