const longestName = 40

/**
 * The parts of file names that tell layers apart, one for each key, in their order: "AC-2", "action.hacking". What is not a letter or
 * digit of ASCII, dot or dash becomes an underscore, and names that differ in capitals alone get a number, for file systems that do not tell them
 * apart. A layer without a key is "none".
 */
export function nameLayerFiles(keys: readonly (string | undefined)[]): readonly string[] {
  const taken = new Set<string>()
  return keys.map((key = 'none') => {
    const name = key.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replace(/^[._]+/, '').slice(0, longestName).replace(/\.+$/, '') || '_'
    let unique = name
    for (let nth = 2; taken.has(unique.toLowerCase()); nth++) unique = `${name}-${nth}`
    taken.add(unique.toLowerCase())
    return unique
  })
}
