/** Every emitter. A new format is one folder and one line here. */
export const emitters = [] as const

export type EmitterId = string
