const techniqueId = /^(T\d{4})(?:\.(\d{3}))?$/
const tacticId = /^TA\d{4}$/

/** A technique's page at attack.mitre.org; none for an id that is not of ATT&CK's form. */
export function techniquePage(id: string): string | undefined {
  const match = techniqueId.exec(id)
  if (!match) return undefined
  const path = [match[1], match[2]].filter((part) => part !== undefined).join('/')
  return `https://attack.mitre.org/techniques/${path}/`
}

/** A tactic's page at attack.mitre.org; none for an id that is not of ATT&CK's form. */
export function tacticPage(id: string): string | undefined {
  return tacticId.test(id) ? `https://attack.mitre.org/tactics/${id}/` : undefined
}
